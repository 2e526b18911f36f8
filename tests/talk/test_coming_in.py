"""Registering: three taps at most, in the newcomer's language, whatever they send in between."""

import pytest

from tests.talk.neighbourhood import Neighbourhood


@pytest.mark.parametrize(
    ("code", "agree", "building", "hello", "verbs"),
    [
        ("zh-hans", "同意", "3号楼", "登记好了", [
            "🆘 紧急", "📞 请给我打电话", "求助", "帮忙", "提议", "我的求助", "通知", "设置",
        ]),
        ("en", "Agree", "Building 3", "You are in", [
            "🆘 Emergency", "📞 Please ring me", "Ask for help", "Lend a hand",
            "Propose", "My requests", "Notices", "Settings",
        ]),
    ],
)  # fmt: skip
async def test_two_taps_and_one_is_in(
    street: Neighbourhood, code: str, agree: str, building: str, hello: str, verbs: list[str]
) -> None:
    anna = street.newcomer("Anna", code)
    await anna.start()
    assert "2026-11" in anna.last
    await anna.tap(agree)
    assert building in anna.buttons
    await anna.tap(building)
    assert hello in anna.last
    assert "Anna" in anna.last
    assert anna.keyboard == verbs
    assert "settings" in anna.commands
    assert "roles" not in anna.commands


async def test_a_poster_at_the_door_leaves_one_tap(street: Neighbourhood) -> None:
    anna = street.newcomer("Anna", "en")
    await anna.start("b-b4")
    assert "Building 4" in anna.last
    await anna.tap("Agree")
    assert "You are in" in anna.last
    assert "Building 4" in anna.last


async def test_the_language_is_changed_on_the_consent_screen(street: Neighbourhood) -> None:
    anna = street.newcomer("Anna", "en")
    await anna.start()
    await anna.tap("简体中文")
    assert "欢迎来到邻里" in anna.last
    await anna.tap("同意")
    assert "您住哪一栋" in anna.last
    await anna.write("三号楼")
    assert "登记好了" in anna.last
    assert "求助" in anna.keyboard


async def test_a_building_is_typed_after_things_that_are_none(street: Neighbourhood) -> None:
    anna = street.newcomer("Anna", "en")
    await anna.start()
    await anna.tap("Agree")
    await anna.sticker()
    assert "does not fit" in anna.last
    await anna.write("Buckingham Palace")
    assert "I do not know" in anna.last
    await anna.write("🙂" * 2000)
    assert "80" in anna.last
    await anna.write("/settings")
    assert "Which building" in anna.last
    await anna.write("Settings")
    assert "Which building" in anna.last
    await anna.press("set:p")
    assert "Which building" in anna.last
    await anna.write("building ４")
    assert "You are in" in anna.last


async def test_whoever_has_not_registered_is_welcomed(street: Neighbourhood) -> None:
    anna = street.newcomer("Anna", "en")
    for text in ("hello", "/settings", "/mine", "/roles", "Settings", "/admin X", "/help"):
        await anna.write(text)
        assert "please agree" in anna.last
    assert len(anna.said) == 7


async def test_a_button_of_somebody_unknown_is_answered_and_leaks_nothing(
    street: Neighbourhood,
) -> None:
    anna = street.newcomer("Anna", "en")
    await anna.start()
    for data in ("go:home", "rl:0", "rw:1", "set:s", "po::0", "f:abc", "\U0001f642", "pa:99999"):
        await anna.press(data)
        assert "please agree" in anna.said[-1] or "Which building" in anna.said[-1]
        assert not any("秀英" in said for said in anna.said)


async def test_agreeing_twice_and_coming_back_change_nothing(street: Neighbourhood) -> None:
    anna = street.newcomer("Anna", "en")
    await anna.start("b-b1")
    await anna.tap("Agree")
    await anna.tap("Agree")
    assert "Hello, Anna" in anna.last
    await anna.start("b-b2")
    assert "Hello, Anna" in anna.last


async def test_a_name_full_of_tricks_is_shown_plainly(street: Neighbourhood) -> None:
    mallory = street.newcomer("<b>\u202eEvil\u202c</b>\u200b*x*", "en")
    await mallory.start("b-b1")
    await mallory.tap("Agree")
    assert "You are in, <b>Evil</b>*x*." in mallory.last


async def test_cancel_always_says_something(street: Neighbourhood) -> None:
    anna = street.newcomer("Anna", "en")
    await anna.write("/cancel")
    assert "please agree" in anna.last
    await anna.tap("Agree")
    await anna.write("/cancel")
    assert "please agree" in anna.last
    wang = await street.phone(1001).write("/cancel")
    assert "没有要取消的" in wang.last


async def test_start_sets_the_menu_of_whoever_is_registered(street: Neighbourhood) -> None:
    zhao = street.phone(1005)
    assert "desk" not in zhao.commands
    await zhao.start()
    assert "desk" in zhao.commands

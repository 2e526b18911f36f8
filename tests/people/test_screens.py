"""Every screen of people, settings, roles and places, in both languages and at its limits."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup

from handlers.callbacks import DATA_BYTES
from handlers.i18n import LANGUAGES, speaking
from handlers.people import screens
from handlers.people.commands import (
    ENTRIES,
    NAMES,
    commands_for,
    default_commands,
    entries_for,
    said,
)
from handlers.places.screens import tree as place_screens
from handlers.roles import screens as role_screens
from handlers.screen import TEXT_LIMIT, Screen
from handlers.settings import screens as setting_screens
from models.people.rules import NAME_LENGTH, CodeUse, Field, Granting, Leaving, Role
from models.people.views import Card, Grant, Look, Person
from models.places.rules import NAME_LENGTH as PLACE_LENGTH
from models.places.rules import PlaceKind, Planting
from models.places.views import Added, Place, PlaceStep, PlaceWithAbove

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
BIG = 2**53 - 1
"""The largest number a button carries."""
LONG = "楼" * PLACE_LENGTH


def place(number: int, *, leaf: bool = False) -> Place:
    path = f"/{BIG}/{number}/"
    return Place(number, BIG, PlaceKind.COMMUNITY, LONG, LONG, "x" * 32, path, leaf)


LINE = PlaceWithAbove(tuple(place(BIG - step) for step in range(6)))
STEP = PlaceStep(LINE, tuple(place(BIG - step, leaf=bool(step % 2)) for step in range(40)))
ADMIN = Person(
    BIG,
    BIG,
    "王" * NAME_LENGTH,
    "zh_Hans",
    BIG,
    "/1/",
    registered=True,
    grants=((Role.ADMIN, "/1/"),),
    volunteer=True,
)
RESIDENT = Person(BIG, BIG, "E" * NAME_LENGTH, "en", registered=True)
CARD = Card(BIG, "王" * NAME_LENGTH, BIG)
GRANTS = [
    Grant(BIG - step, BIG, "王" * NAME_LENGTH, role, LINE.place.id, "/1/")
    for step, role in enumerate(list(Role) * 5)
]
PLACES = {LINE.place.id: LINE}
LOOKS = [
    Look(NOON - timedelta(days=day), "王" * NAME_LENGTH, tuple(Field), "help", BIG)
    for day in range(20)
]


def every_screen() -> list[Screen]:
    """Make each screen at its fullest, in the language being spoken."""
    personal = {Field.PHONE: "+" + "1" * 15, Field.DOOR: "门" * 40}
    return [
        screens.welcome(),
        screens.welcome(LINE),
        screens.choose_language(),
        screens.home(ADMIN),
        screens.home(RESIDENT),
        screens.joined(ADMIN, LINE),
        screens.guide(ADMIN, said(entries_for(ADMIN))),
        screens.half_filled(ADMIN, LONG),
        screens.nothing_to_cancel(ADMIN),
        screens.language_set(ADMIN),
        screens.unknown_command(ADMIN),
        screens.not_understood(ADMIN),
        screens.not_usable(ADMIN),
        screens.way_in("linli_demo_bot"),
        *(screens.granted(role, LINE) for role in Role),
        *(screens.revoked(role, LINE) for role in Role),
        setting_screens.overview(ADMIN, LINE, personal),
        setting_screens.overview(RESIDENT, None, {}),
        setting_screens.choose_language(),
        setting_screens.looks(LOOKS, NOON, {BIG: BIG}),
        setting_screens.looks([], NOON, {}),
        setting_screens.ask_to_leave(),
        setting_screens.left(),
        setting_screens.cannot_leave(Leaving.OPEN_DUTIES),
        setting_screens.cannot_leave(Leaving.LAST_ADMIN),
        role_screens.overview(GRANTS, PLACES, 1),
        role_screens.overview([], {}, 0),
        role_screens.who(CARD, GRANTS[:4], PLACES, list(Role)),
        *(role_screens.where(CARD, role, STEP, 1) for role in Role),
        *(role_screens.sure(CARD, role, LINE) for role in Role),
        role_screens.sure_to_take(GRANTS[0], LINE),
        *(role_screens.outcome(granting) for granting in Granting),
        *(role_screens.code_used(ADMIN, use) for use in CodeUse),
        role_screens.code_needed(ADMIN),
        role_screens.not_yours(RESIDENT),
        place_screens.tree(
            STEP,
            1,
            "linli_demo_bot",
            place_screens.added(
                Added((), there=("楼" * 80,) * 60, unread=("长" * 3000,), beyond=7)
            ),
        ),
        place_screens.tree(PlaceStep(None, STEP.options), 0, "linli_demo_bot"),
        place_screens.not_yours(RESIDENT),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_one_that_telegram_takes(language: str) -> None:
    with speaking(language):
        shown = every_screen()
    for screen in shown:
        text = screen.as_kwargs()["text"]
        assert 0 < len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
        assert not re.search(r"\{\w*\}", text), text
        if isinstance(screen.keyboard, InlineKeyboardMarkup):
            _check_buttons(screen.keyboard)


def _check_buttons(keyboard: InlineKeyboardMarkup) -> None:
    keys = [key for row in keyboard.inline_keyboard for key in row]
    assert len(keys) <= 100
    assert all(len(row) <= 8 for row in keyboard.inline_keyboard)
    for key in keys:
        assert key.text.strip()
        assert key.url or 0 < len((key.callback_data or "").encode()) <= DATA_BYTES


def test_no_screen_says_the_same_in_both_languages() -> None:
    shown = {}
    for language in LANGUAGES:
        with speaking(language):
            shown[language] = every_screen()
    for chinese, english in zip(*shown.values(), strict=True):
        assert chinese.text != english.text


def test_every_outcome_has_its_words() -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert len({role_screens.outcome_words(each) for each in Granting}) == len(Granting)
            assert len({place_screens.problem(each) for each in Planting}) == len(Planting)


def test_home_shows_the_desk_to_staff_alone_and_no_dead_button() -> None:
    def labels(person: Person) -> list[str]:
        keyboard = screens.home(person).keyboard
        assert isinstance(keyboard, ReplyKeyboardMarkup)
        return [key.text for row in keyboard.keyboard for key in row]

    with speaking("zh_Hans"):
        assert labels(ADMIN) == [
            "🆘 紧急",
            "📞 请给我打电话",
            "求助",
            "帮忙",
            "提议",
            "我的求助",
            "通知",
            "设置",
            "工作台",
        ]
        assert labels(RESIDENT) == [
            "🆘 紧急",
            "📞 请给我打电话",
            "求助",
            "帮忙",
            "提议",
            "我的求助",
            "通知",
            "设置",
        ]


def test_the_consent_text_says_what_it_must() -> None:
    with speaking("en"):
        text = screens.welcome().full_text()
    for word in ("2026-11", "abroad", "encrypted", "leave at any time", "Telegram number"):
        assert word in text


@pytest.mark.parametrize("person", [ADMIN, RESIDENT])
def test_menus_keep_telegrams_limits_and_fit_the_person(person: Person) -> None:
    commands = commands_for(person)
    names = [command.command for command in commands]
    assert len(names) == len(set(names)) <= 100
    assert set(names) <= NAMES
    for command in commands:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command.command)
        assert 1 <= len(command.description) <= 256
    assert ("desk" in names, "roles" in names, "tasks" in names) == (person is ADMIN,) * 3
    chinese = any("一" <= char <= "鿿" for char in commands[0].description)
    assert chinese == (person.language == "zh_Hans")


def test_before_registering_everybody_sees_commands_in_a_language_of_ours() -> None:
    calls = default_commands()
    assert {call.language_code for call in calls} == {None, "zh", "en"}
    assert len({(call.scope.type, call.language_code) for call in calls if call.scope}) == 6
    assert all(call.commands for call in calls)
    assert len(ENTRIES) == len({entry.name for entry in ENTRIES})

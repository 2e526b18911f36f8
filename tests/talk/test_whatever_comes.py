"""Whatever people send at whatever moment gets a sensible answer, in their language."""

from typing import Any

from sqlalchemy import select

from models.database import transaction
from models.people.tables import PersonRow
from sandbox import messages
from tests.talk.neighbourhood import Neighbourhood


async def test_words_stickers_and_places_that_nobody_waits_for(street: Neighbourhood) -> None:
    wang = street.phone(1001)
    await wang.write("?")
    assert "没听明白" in wang.last
    await wang.write("🙂" * 2000)
    assert "没听明白" in wang.last
    await wang.sticker()
    assert "用不上" in wang.last
    assert wang.keyboard == [
        "🆘 紧急",
        "📞 请给我打电话",
        "求助",
        "帮忙",
        "提议",
        "我的求助",
        "通知",
        "设置",
    ]
    emma = await street.phone(1002).write("/whatever")
    assert "do not know that command" in emma.last


UNHEARD_OF = {"hologram": {"shape": ["cube"]}}
"""A kind of message that no table here knows."""
LIVE = {
    "live_photo": {"file_id": "l", "file_unique_id": "v", "photo": [{"file_id": "f"}]},
    "photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}],
    "caption": "水管爆了，快来！",
}
RICH = {
    "rich_message": {"blocks": [{"type": "paragraph", "text": {"type": "bold", "text": "停水了"}}]}
}


async def sends(street: Neighbourhood, person_id: int, content: dict[str, Any]) -> str:
    """Send a message of a kind that the page cannot; return the last answer."""
    phone = street.phone(person_id)
    author, chat = phone.person.phone.user(), phone.person.chat
    made = messages.compose(street.world, chat, author, content)
    messages.store(street.world, chat, made)
    chat.started = True
    street.world.bot.queue.push("message", made, chat.id)
    await street.settled()
    return phone.last


async def test_kinds_that_are_new_are_answered_too(street: Neighbourhood) -> None:
    assert "用不上" in await sends(street, 1001, UNHEARD_OF)
    assert "请邻居来帮忙" in await sends(street, 1001, LIVE)
    assert "请邻居来帮忙" in await sends(street, 1001, RICH)
    for content in (UNHEARD_OF, LIVE, RICH):
        stranger = street.newcomer("Li", "zh-hans")
        assert await sends(street, stranger.person.id, content)


FORGED = ("x", "go:nowhere", "rw:0", f"rw:{'9' * 20}", "rl:-1", "set:?", "🙂", "a" * 64)


async def test_a_forged_button_is_answered_and_home_is_shown(street: Neighbourhood) -> None:
    emma = await street.phone(1002).start()
    for data in FORGED:
        assert await emma.press(data) == "This button is no longer in use."
        assert "Hello, Emma Clarke" in emma.last


async def test_help_lists_what_one_can_do_oneself(street: Neighbourhood) -> None:
    zhou = await street.phone(1006).write("/help")
    assert "/roles" in zhou.last
    assert "/desk" in zhou.last
    emma = await street.phone(1002).write("/help")
    assert "/roles" not in emma.last
    assert "/settings" in emma.last


async def test_the_language_changes_everything_at_once(street: Neighbourhood) -> None:
    wang = await street.phone(1001).write("/language")
    await wang.tap("English")
    assert "I'll write to you in English from now on." in wang.last
    assert "Ask for help" in wang.keyboard
    await wang.write("Settings")
    assert "Language: English" in wang.last


async def test_a_group_is_only_shown_the_way_to_the_private_chat(street: Neighbourhood) -> None:
    wang = street.phone(1001)
    group = street.world.add_group("邻里群", [1001, 1002])

    def said_there() -> list[str]:
        return [m["text"] for m in group.messages.values() if m["from"]["is_bot"]]

    await wang.write("王奶奶需要帮忙", chat=group)
    await wang.write("/weather", chat=group)
    await wang.write("@somebody_else 你好", chat=group)
    await wang.write("/settings@another_bot", chat=group)
    assert said_there() == []
    for directed in ("/settings", "@linli_demo_bot 你好", "/help@linli_demo_bot"):
        await wang.write(directed, chat=group)
    assert len(said_there()) == 3
    assert all("单独聊：点下面的按钮" in text for text in said_there())
    answer = [m for m in group.messages.values() if m["from"]["is_bot"]][-1]
    (key,) = answer["reply_markup"]["inline_keyboard"][0]
    assert key["url"] == "https://t.me/linli_demo_bot?start=group"
    wang.person.press(answer["message_id"], "set:s", chat=group)
    await street.settled()
    assert "私聊" in wang.toast
    assert len(said_there()) == 3


async def test_a_group_is_answered_before_our_name_is_known(street: Neighbourhood) -> None:
    street.house.turn.bot_username = None
    wang, group = street.phone(1001), street.world.add_group("邻里群", [1001, 1002])
    for words in ("@linli_demo_bot 你好", "/settings"):
        await wang.write(words, chat=group)
    (answer,) = (m for m in group.messages.values() if m["from"]["is_bot"])
    assert "私聊" in answer["text"]
    assert "reply_markup" not in answer


async def test_blocking_is_kept_and_writing_again_ends_it(street: Neighbourhood) -> None:
    async def unreachable() -> bool:
        async with transaction(street.sessions) as session:
            found = select(PersonRow.unreachable_at).where(PersonRow.telegram_id == 1001)
            return await session.scalar(found) is not None

    wang = await street.phone(1001).write("/start")
    wang.person.block()
    await street.settled()
    assert await unreachable()
    await wang.start()
    assert not await unreachable()


async def test_edited_messages_are_let_be(street: Neighbourhood) -> None:
    wang = await street.phone(1001).write("今天")
    message = next(m for m in wang.person.messages if not m["from"]["is_bot"])
    count = len(wang.said)
    wang.person.edit_text(message["message_id"], "明天")
    await street.settled()
    assert len(wang.said) == count

"""Somebody cries for help in a group without calling the bot: numbers, and the way to it."""

from datetime import timedelta

from sandbox.chats import Chat
from tests.conversations.script import Json, Someone, Story


def said_in(story: Story, group: Chat) -> list[Json]:
    calls = story.world.calls.since(0, "sendMessage")
    return [one.params for one in calls if int(one.params["chat_id"]) == group.id]


async def test_a_clear_cry_is_answered_once_in_ten_minutes(
    story: Story, wang: Someone, li: Someone
) -> None:
    group = story.world.add_group("五号楼", [wang.person.id, li.person.id])
    group.admins.add(story.world.bot.id)
    li.person.send_text("今天晚饭吃什么", chat=group)
    wang.person.send_text("救命，我摔倒了", chat=group)
    await story.until(lambda: said_in(story, group), lambda: "silence in the group")
    li.person.send_text("快来人啊", chat=group)
    await li.says("谢谢")
    await li.sees("不客气")
    (first,) = said_in(story, group)
    assert "120" in first["text"]
    assert "王秀英" not in first["text"]
    story.world.clock.advance(timedelta(minutes=11))
    li.person.send_text("快来人啊", chat=group)
    await story.until(lambda: len(said_in(story, group)) == 2, lambda: "silence later")

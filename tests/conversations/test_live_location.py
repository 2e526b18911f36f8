"""Somebody goes on sending where they are: the point moves, and nobody is told each time."""

from sandbox import messages
from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone


async def sends_where_they_are(someone: Someone, latitude: float, longitude: float) -> int:
    """Begin to share the location live."""
    someone._acts()
    chat, world = someone.person.chat, someone.story.world
    location = {"latitude": latitude, "longitude": longitude, "live_period": 900}
    sent = messages.compose(world, chat, someone.person.phone.user(), {"location": location})
    messages.store(world, chat, sent)
    someone.person.bot.queue.push("message", sent, chat.id)
    return int(sent["message_id"])


async def moves(someone: Someone, number: int, latitude: float, longitude: float) -> None:
    """Be somewhere else: the same message, changed."""
    chat, world = someone.person.chat, someone.story.world
    location = {"latitude": latitude, "longitude": longitude, "live_period": 900}
    changed = chat.messages[number] | {"location": location, "edit_date": world.clock.timestamp()}
    messages.replace(world, chat, changed)
    someone.person.bot.queue.push("edited_message", changed, chat.id)


def points(someone: Someone) -> list[tuple[float, float]]:
    """List the points in somebody's chat that the bot sent."""
    found = [one["location"] for one in someone.shown if "location" in one]
    return [(one["latitude"], one["longitude"]) for one in found]


async def test_a_point_moves_and_rings_nobody(wang: Someone, li: Someone) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.taps("补充几句或照片")
    await wang.sees("补充")
    number = await sends_where_they_are(wang, 30.25, 120.15)
    await wang.sees("记下了")
    await li.has("王秀英")
    before = len(li.texts())
    await moves(wang, number, 30.26, 120.16)
    await moves(wang, number, 30.27, 120.17)
    await wang.says("/mine")
    await wang.sees("我的求助")
    assert len(li.texts()) == before
    await li.taps("打开任务", "看位置")
    await li.story.until(lambda: points(li), lambda: "no point")
    assert points(li)[-1:] == [(30.27, 120.17)], (points(li), li.shown[-3:])

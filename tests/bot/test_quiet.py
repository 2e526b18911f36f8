"""The night over real HTTP: nothing rings but emergencies, and by day all is told, in order."""

import functools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from models.database import Sessions, transaction
from models.outbox import refreshing
from models.outbox.rules import Lane
from sandbox.calls import Call
from sandbox.world import World
from tests.bot.street import UNPACED, A, B, Street, living, message, open_to, opened
from tests.bot.test_sender import KIND, paused, person, push, renderer  # noqa: F401 - fixtures are used by name
from tests.waiting import until

NIGHT = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
"""Half past nine in the evening in Shanghai: quiet hours begin."""

DAY = NIGHT + timedelta(hours=10)
"""Half past seven the next morning: they end."""

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    """Two people, a minute before quiet hours."""
    world = World(starts=NIGHT - MINUTE)
    for person_id in (A, B):
        world.person(person_id).chat.started = True
    return world


def texts(calls: Iterable[Call]) -> list[str]:
    return [call.params["text"] for call in calls]


def rings(call: Call) -> bool:
    return call.method == "sendMessage" and not call.params.get("disable_notification")


async def test_at_night_only_emergencies_ring(street: Street) -> None:
    reader, other = await person(street), await person(street, B)
    async with living(street, polls=False):
        await push(street, reader, 1, lane=Lane.LIVE)
        await push(street, reader, 2)
        await street.all_sent()
        assert all(rings(call) for call in street.calls("sendMessage"))
        street.world.clock.advance(MINUTE)
        before = len(street.calls("sendMessage"))
        await push(street, reader, 3, lane=Lane.BULK)
        await push(street, reader, 4)
        await push(street, other, 5)
        await push(street, reader, 6, lane=Lane.LIVE)
        await push(street, other, 7, lane=Lane.URGENT)
        async with transaction(street.sessions) as session:
            now = street.world.clock.now()
            assert await refreshing.refresh(session, kinds=[KIND], subject_ids=[2], now=now) == 1
        await street.take(message(1, "hello"))
        await until(lambda: len(street.calls("sendMessage")) == before + 3)
        await until(lambda: len(street.calls("editMessageText")) == 1)
        street.world.clock.advance(DAY - street.world.clock.now() - timedelta(seconds=4))
        await street.take(message(2, "cannot sleep"))
        await until(lambda: len(street.calls("sendMessage")) == before + 4)
        night = street.calls("sendMessage")[before:]
        assert street.world.clock.now() < DAY
        heard = sorted(texts(filter(rings, night)))
        assert heard == ["heard cannot sleep", "heard hello", "news 7"]
        await street.all_sent()
        morning = street.calls("sendMessage")[before + 4 :]
    assert sorted(texts(morning)) == ["news 3", "news 4", "news 5"]
    assert texts(call for call in morning if int(call.params["chat_id"]) == A) == [
        "news 4",
        "news 3",
    ]
    assert all(rings(call) and call.at >= DAY for call in morning)


def has_told(street: Street, hours: int, news: list[str]) -> bool:
    told = street.told()
    return f"heard after {hours}" in told and [word for word in told if "news" in word] == news


async def test_a_night_without_the_bot(
    street: Street, database_url: str, sessions: Sessions
) -> None:
    """What waited for the day when the bot went away leaves once it is back by day."""
    settings = open_to({"telegram_api_url": street.url, "database_url": database_url})
    reader = await person(street)
    street.world.clock.advance(MINUTE)
    for subject in range(3):
        await push(street, reader, subject)
    for hours, told in [(0, []), (25, []), (10, ["news 0", "news 1", "news 2"])]:
        street.world.clock.advance(timedelta(hours=hours))
        async with opened(street.world, settings, sessions, UNPACED) as again:
            await again.take(message(hours, f"after {hours}", hours))
            async with living(again, polls=False):
                await until(functools.partial(has_told, street, hours, told))

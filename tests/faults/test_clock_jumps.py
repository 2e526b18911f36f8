"""A machine whose clock somebody sets, while people go on writing."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.doctor import Health
from models.database import Sessions
from sandbox.world import World
from tests.bot.gateway import gateway, result
from tests.faults.conftest import Tally, Trying
from tests.waiting import until

JUMPS = (timedelta(hours=1), timedelta(days=3), timedelta(days=-3), timedelta(minutes=-5))


def dated() -> bytes:
    """Answer as Telegram does, which names the time."""
    now = format_datetime(datetime.now(UTC), usegmt=True)
    return result({"username": "linli"}).replace(b"\r\n", f"\r\nDate: {now}\r\n".encode(), 1)


async def test_a_clock_that_jumps_there_and_back(
    trial: Trying,
    database_url: str,
    sessions: Sessions,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved = timedelta()

    class Wall(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz or UTC) + moved

    monkeypatch.setattr("bot.doctor.datetime", Wall)
    async with (
        trial(database_url, sessions, clock=lambda: world.clock.now() + moved) as tried,
        gateway(lambda *_: dated()) as (telegram, _),
    ):
        figures = tried.street.house.figures
        for jump in JUMPS:
            for now in (timedelta(), jump):
                moved = now
                tried.write(f"{now}, then {len(tried.written)}")
                await tried.answered()
                polls = figures.polls[True]
                await until(lambda polls=polls: figures.polls[True] > polls)
            clock = (await tried.doctor(telegram))["clock"]
            assert clock.health is Health.BAD
        moved = timedelta()
        tried.over()
        tried.write("after")
        await tried.recovers()
        assert (await tried.doctor(telegram))["clock"].health is Health.FINE
        assert await tried.tally() == Tally(written=2 * len(JUMPS) + 1)
        assert tried.logged("updates may be lost") == []

"""A Telegram that is away for an hour, and for longer than it keeps what people send."""

from datetime import timedelta

import pytest

from sandbox.world import World
from tests.crash.between import Line
from tests.faults.conftest import Trial
from tests.town import town
from tests.waiting import until

__all__ = ["town"]

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours pass at once here: what waits by the machine's own clock waits shortly."""
    monkeypatch.setattr("bot.receive.FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.receive.LONGEST_WAIT", 0.2)


class Away:
    """The way to Telegram, which is cut while hours pass."""

    def __init__(self, world: World, line: Line) -> None:
        self.world = world
        self.line = line

    @property
    def url(self) -> str:
        return self.line.url.replace("postgresql", "http").rstrip("/")

    async def for_hours(self, tried: Trial, hours: int, said: dict[int, tuple[str, ...]]) -> None:
        """Be away; after so many hours somebody writes."""
        self.line.cut()
        missed = len(tried.logged("Telegram unreachable"))
        for hour in range(hours):
            tried.write(*said.get(hour, ()))
            self.world.advance(HOUR.total_seconds())
            seen = len(tried.logged("Telegram unreachable"))
            await until(lambda seen=seen: len(tried.logged("Telegram unreachable")) > seen)
        assert len(tried.logged("Telegram unreachable")) > missed
        self.line.mend()
        tried.over()

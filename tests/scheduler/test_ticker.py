"""The ticker goes on, whatever becomes of the machine's own clock."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest
from apscheduler.schedulers import base

from models.database import Sessions
from scheduler import steady
from scheduler.ticker import Ticker
from tests.waiting import until

DAY = timedelta(days=1)
SOON = timedelta(milliseconds=20)


class Machine:
    """The clock on the machine's wall, which somebody may move."""

    def __init__(self) -> None:
        self.moved = timedelta()

    def wall(self) -> type[datetime]:
        machine = self

        class Wall(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return datetime.now(tz) + machine.moved

        return Wall


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    for module in (base, steady):
        monkeypatch.setattr(module, "datetime", machine.wall())
    monkeypatch.setattr("scheduler.ticker.SWEEP_EVERY", SOON)
    monkeypatch.setattr("scheduler.steady.LOOK_EVERY", SOON)
    return machine


def counting(sessions: Sessions, now: datetime) -> tuple[Ticker, Callable[[], int]]:
    looks = 0

    def clock() -> datetime:
        nonlocal looks
        looks += 1
        return now

    return Ticker(sessions, {}, clock), lambda: looks


@pytest.mark.parametrize("jump", [-7 * DAY, -DAY, timedelta(minutes=-5), DAY, 30 * DAY], ids=str)
async def test_a_machine_whose_clock_jumps_sweeps_on(
    sessions: Sessions, now: datetime, machine: Machine, jump: timedelta
) -> None:
    ticker, looks = counting(sessions, now)
    ticker.start()
    await until(lambda: looks() > 2)
    machine.moved += jump
    before = looks()
    await until(lambda: looks() > before + 2)
    machine.moved -= jump
    before = looks()
    await until(lambda: looks() > before + 2)
    await ticker.stop()

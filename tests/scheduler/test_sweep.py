"""The sweep: each reminder once, whatever the clock and the colleagues do."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.database import Session, Sessions, transaction
from models.outbox import actions as outbox
from models.outbox.tables import OutboxRow
from models.reminders.actions import remind
from models.reminders.rules import Lateness
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from scheduler.sweep import BATCH, Effect, sweep
from scheduler.ticker import Ticker
from tests.waiting import PATIENCE

DAY = timedelta(days=1)


class Effects:
    """Effects that leave a row in the outbox each, so that doing twice shows in the database."""

    def __init__(self) -> None:
        self.late: list[bool] = []

    async def good(self, session: Session, due: Due, now: datetime) -> None:
        self.late.append(due.late)
        await outbox.compose(
            session, method="sendMessage", payload={"subject": due.subject_id}, chat_id=1, now=now
        )

    async def bad(self, session: Session, due: Due, now: datetime) -> None:
        await self.good(session, due, now)
        raise ValueError("what somebody wrote")

    async def missing(self, session: Session, due: Due, now: datetime) -> None:
        raise FileNotFoundError

    def table(self) -> Mapping[str, Effect]:
        return {"good": self.good, "bad": self.bad, "missing": self.missing}


async def put(
    sessions: Sessions, *dues: tuple[str, int, datetime], policy: Lateness = Lateness.SEND_LATE
) -> None:
    async with transaction(sessions) as session:
        for kind, subject, due_at in dues:
            await remind(session, kind=kind, subject_id=subject, due_at=due_at, lateness=policy)


async def done(sessions: Sessions) -> Counter[int]:
    async with transaction(sessions) as session:
        rows = await session.scalars(select(OutboxRow))
        return Counter((row.payload or {})["subject"] for row in rows)


async def states(sessions: Sessions) -> dict[int, str]:
    async with transaction(sessions) as session:
        rows = await session.scalars(select(ReminderRow))
        return {row.subject_id: row.state for row in rows}


async def test_each_fires_once(sessions: Sessions, now: datetime) -> None:
    dues = [("good", number, now - timedelta(seconds=number)) for number in range(2 * BATCH + 7)]
    await put(sessions, *dues, ("good", 9999, now + timedelta(seconds=1)))
    effects = Effects().table()
    assert await sweep(sessions, effects, now) == len(dues)
    assert await sweep(sessions, effects, now) == 0
    assert await done(sessions) == Counter(range(len(dues)))


async def test_two_sweeps_at_once_share_the_work(sessions: Sessions, now: datetime) -> None:
    await put(sessions, *(("good", number, now) for number in range(300)))
    effects = Effects().table()
    await asyncio.gather(*(sweep(sessions, effects, now) for _ in range(3)))
    await sweep(sessions, effects, now)
    assert await done(sessions) == Counter(range(300))


async def test_a_broken_effect_is_kept_and_holds_nobody_up(
    sessions: Sessions, now: datetime
) -> None:
    kinds = ["good", "bad", "missing", "unknown", "good"]
    await put(sessions, *((kind, number, now) for number, kind in enumerate(kinds)))
    assert await sweep(sessions, Effects().table(), now) == 4
    assert (await states(sessions))[3] == "pending"
    assert await sweep(sessions, Effects().table(), now + DAY) == 1
    assert await done(sessions) == Counter([0, 4])
    assert await states(sessions) == {0: "fired", 1: "failed", 2: "failed", 3: "failed", 4: "fired"}
    async with transaction(sessions) as session:
        reason = await session.scalar(select(ReminderRow.reason).where(ReminderRow.subject_id == 1))
    assert str(reason).startswith("ValueError at tests/scheduler/test_sweep.py:")
    assert "wrote" not in str(reason)


@pytest.mark.parametrize(
    ("policy", "state"),
    [
        (Lateness.SEND_LATE, "fired"),
        (Lateness.ESCALATE, "fired"),
        (Lateness.LAPSE, "lapsed"),
    ],
)
async def test_after_a_week_s_outage(
    sessions: Sessions, now: datetime, policy: Lateness, state: str
) -> None:
    await put(sessions, *(("good", day, now + day * DAY) for day in range(7)), policy=policy)
    effects = Effects()
    await sweep(sessions, effects.table(), now + 7 * DAY)
    assert set((await states(sessions)).values()) == {state}
    assert effects.late == [True] * (7 if state == "fired" else 0)


async def test_a_clock_that_jumps_a_day(sessions: Sessions, now: datetime) -> None:
    await put(sessions, ("good", 1, now), ("good", 2, now + DAY))
    effects = Effects().table()
    await sweep(sessions, effects, now)
    for jumped in (now + DAY, now, now - DAY, now + DAY, now + 2 * DAY):
        await sweep(sessions, effects, jumped)
    assert await done(sessions) == Counter([1, 2])


async def test_the_ticker_stops_after_the_sweep_in_hand(sessions: Sessions, now: datetime) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(session: Session, due: Due, at: datetime) -> None:
        begun.set()
        await may_end.wait()

    await put(sessions, ("slow", 1, now))
    swept = asyncio.Event()
    ticker = Ticker(sessions, {"slow": slow}, lambda: now, swept.set)
    ticker.start()
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        stopping = asyncio.create_task(ticker.stop())
        may_end.set()
        await stopping
    assert swept.is_set()
    assert await states(sessions) == {1: "fired"}

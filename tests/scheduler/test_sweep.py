"""The sweep: each reminder once, whatever the clock and the colleagues do."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.database import Session, Sessions, UnavailableError, transaction
from models.outbox import actions as outbox
from models.outbox.tables import OutboxRow
from models.reminders.actions import cancel, hold_due, remind, settle_all
from models.reminders.rules import Lateness
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from scheduler.sweep import BATCH, SET, TOGETHER, Effect, InSets, sweep, sweep_some
from scheduler.ticker import Ticker
from tests.waiting import PATIENCE

DAY = timedelta(days=1)


class Effects:
    """Effects that leave a row in the outbox each, so that doing twice shows in the database."""

    def __init__(self) -> None:
        self.late: list[bool] = []
        self.sets: list[int] = []

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

    async def picky(self, session: Session, due: Due, now: datetime) -> None:
        await self.good(session, due, now)
        if due.subject_id % 2:
            raise ValueError("what somebody wrote")

    async def good_all(self, session: Session, held: Sequence[Due], now: datetime) -> None:
        self.sets.append(len(held))
        for due in held:
            await self.good(session, due, now)

    async def bad_all(self, session: Session, held: Sequence[Due], now: datetime) -> None:
        await self.good_all(session, held, now)
        raise ValueError("what somebody wrote")

    async def picky_all(self, session: Session, held: Sequence[Due], now: datetime) -> None:
        for due in held:
            await self.picky(session, due, now)

    def table(self) -> Mapping[str, Effect]:
        return {"good": self.good, "bad": self.bad, "missing": self.missing, "picky": self.picky}

    def in_sets(self) -> Mapping[str, Effect]:
        return {
            **self.table(),
            "good": InSets(self.good, self.good_all),
            "bad": InSets(self.bad, self.bad_all),
            "picky": InSets(self.picky, self.picky_all),
        }


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


@pytest.fixture(params=[pytest.param(True, id="in sets"), pytest.param(False, id="one by one")])
def effects(request: pytest.FixtureRequest) -> Mapping[str, Effect]:
    """The same effects, with their set-wise forms and without."""
    table = Effects()
    return table.in_sets() if request.param else table.table()


async def test_in_sets_each_has_the_end_it_has_one_by_one(
    sessions: Sessions, now: datetime, effects: Mapping[str, Effect]
) -> None:
    """Whatever kinds and policies fall due behind one another, and however many of them break."""
    chance = random.Random(1)
    wanted: dict[int, str] = {}
    for number in range(3 * BATCH):
        kind = chance.choice(["good"] * 12 + ["picky", "bad", "missing"])
        lapses = chance.random() < 0.1
        due_at = now - timedelta(hours=1, seconds=-number)
        policy = Lateness.LAPSE if lapses else Lateness.SEND_LATE
        await put(sessions, (kind, number, due_at), policy=policy)
        broken = kind in {"bad", "missing"} or (kind == "picky" and number % 2)
        wanted[number] = "lapsed" if lapses else "failed" if broken else "fired"
    assert await sweep(sessions, effects, now) == len(wanted)
    assert await states(sessions) == wanted
    fired = [number for number, state in wanted.items() if state == "fired"]
    assert await done(sessions) == Counter(fired)
    async with transaction(sessions) as session:
        rows = await session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        assert [(row.payload or {})["subject"] for row in rows] == fired


async def test_one_broken_of_a_set_is_kept_alone(sessions: Sessions, now: datetime) -> None:
    await put(sessions, *(("picky", number, now) for number in [*range(0, 100, 2), 101]))
    effects = Effects()
    assert await sweep(sessions, effects.in_sets(), now) == 51
    ends = await states(sessions)
    assert [number for number, state in ends.items() if state != "fired"] == [101]
    assert ends[101] == "failed"
    assert await done(sessions) == Counter(range(0, 100, 2))


async def test_a_set_is_done_together(sessions: Sessions, now: datetime) -> None:
    await put(sessions, *(("good", number, now) for number in range(TOGETHER)))
    effects = Effects()
    assert BATCH < TOGETHER
    assert await sweep_some(sessions, effects.in_sets(), now) == TOGETHER
    assert effects.sets == [TOGETHER]


async def test_after_its_time_no_further_set_is_done(
    sessions: Sessions, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite turns wait for the end of the transaction."""
    monkeypatch.setattr("scheduler.sweep.HOLD_SECONDS", -1.0)
    await put(sessions, *(("good", number, now) for number in range(SET)))
    effects = Effects()
    in_sets = {"good": InSets(effects.good, effects.good_all, first=7)}
    assert await sweep_some(sessions, in_sets, now) == 7
    assert await sweep_some(sessions, effects.in_sets(), now) == TOGETHER
    assert effects.sets == [7, TOGETHER]
    await sweep(sessions, in_sets, now)
    assert await done(sessions) == Counter(range(SET))


async def test_of_kinds_that_take_turns_no_set_is_held(sessions: Sessions, now: datetime) -> None:
    """No more could be done in one transaction than of a batch, and all that is held costs."""
    kinds = ("good", "even")
    await put(sessions, *((kinds[number % 2], number, now) for number in range(2 * BATCH)))
    effects = Effects()
    in_sets = {kind: InSets(effects.good, effects.good_all) for kind in kinds}
    assert await sweep_some(sessions, in_sets, now) <= BATCH
    await sweep(sessions, in_sets, now)
    assert await done(sessions) == Counter(range(2 * BATCH))


async def test_what_was_cancelled_while_a_set_is_held_is_none_of_it(
    sessions: Sessions, now: datetime
) -> None:
    await put(sessions, *(("good", number, now) for number in range(5)))
    async with transaction(sessions) as session:
        held = await hold_due(session, now, BATCH, {"good"})
        await cancel(session, subject_id=3, kinds=["good"], reason="no use", now=now)
        fires = await settle_all(session, held, now)
        assert [due.subject_id for due in fires] == [0, 1, 2, 4]
        assert await settle_all(session, held, now) == []


async def test_a_database_that_goes_away_leaves_the_whole_set_pending(
    sessions: Sessions, now: datetime
) -> None:
    async def away(session: Session, held: Sequence[Due], now: datetime) -> None:
        await Effects().good_all(session, held, now)
        raise UnavailableError

    await put(sessions, *(("good", number, now) for number in range(5)))
    effects = Effects()
    with pytest.raises(UnavailableError):
        await sweep(sessions, {"good": InSets(effects.good, away)}, now)
    assert set((await states(sessions)).values()) == {"pending"}
    assert await sweep(sessions, effects.in_sets(), now) == 5
    assert await done(sessions) == Counter(range(5))


async def test_two_sweeps_in_sets_share_the_work(sessions: Sessions, now: datetime) -> None:
    await put(sessions, *(("good", number, now) for number in range(2 * SET + 50)))
    effects = Effects().in_sets()
    await asyncio.gather(*(sweep(sessions, effects, now) for _ in range(3)))
    await sweep(sessions, effects, now)
    assert await done(sessions) == Counter(range(2 * SET + 50))


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

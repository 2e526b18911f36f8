"""A random life of reminders: whatever happens to the bot, each has one end, written down.

Two workers sweep with an engine each; clocks jump, are put back, pass through days on which the
zones around change theirs; outages last from a second to a week; effects fail, databases go away,
workers die half-way. At the end every reminder has fired once, or was let go, cancelled or kept as
failed, each with its reason. Each end comes at least once, whatever the dice and the machine do.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.database import (
    Session,
    Sessions,
    UnavailableError,
    open_engine,
    open_sessions,
    transaction,
)
from models.outbox import actions as outbox
from models.outbox.tables import OutboxRow
from models.reminders.actions import cancel, remind
from models.reminders.rules import LET_GO, ON_TIME, Lateness, State
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from models.vault import Vault
from scheduler.sweep import Effect, EffectOfAll, InSets, sweep
from tests.profile import seeds

STEPS = 120
WORKERS = 2
DAY = timedelta(days=1)
ZONES = [
    ZoneInfo(name)
    for name in ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
]
BEGINNINGS = [
    datetime(2026, 10, 24, 22, tzinfo=UTC),  # Berlin's clocks are put back, New York's a week later
    datetime(2026, 3, 28, 22, tzinfo=UTC),  # Berlin's clocks are put forward
    datetime(2026, 3, 7, 3, tzinfo=UTC),  # New York's are
]
OUTAGES = [timedelta(seconds=1), timedelta(minutes=9), timedelta(hours=1), DAY, 7 * DAY]
ENDS = {State.FIRED, State.LAPSED, State.CANCELLED, State.FAILED}
KINDS = ["good"] * 4 + ["alone"] * 2 + ["broken"] * 2 + ["away", "dies"]


class DeathError(BaseException):
    """The process is no more: nothing after this line of it happened."""


def _each(one: Effect) -> EffectOfAll:
    """Make the set-wise form of an effect."""

    async def for_all(session: Session, held: Sequence[Due], now: datetime) -> None:
        for due in held:
            await one(session, due, now)

    return for_all


@dataclass
class Life:
    """The workers, the one clock they read, and what has been settled so far."""

    workers: list[Sessions]
    chance: random.Random
    truth: datetime
    wrong_by: timedelta = timedelta()
    """How far the clock is from the truth."""
    set_up: int = 0
    settled: dict[int, tuple[str, datetime, str | None]] = field(default_factory=dict)
    troubles: Counter[int] = field(default_factory=Counter)

    def dice(self) -> random.Random:
        """Return an act's own dice: they fall alike, whatever goes on beside it."""
        return random.Random(self.chance.random())

    def now(self, dice: random.Random) -> datetime:
        """What the clock shows, by the clocks of whatever zone."""
        return (self.truth + self.wrong_by).astimezone(dice.choice(ZONES))

    async def good(self, session: Session, due: Due, now: datetime) -> None:
        await outbox.compose(
            session, method="x", payload={"reminder": due.id}, chat_id=None, now=now
        )
        await asyncio.sleep(0)

    async def broken(self, session: Session, due: Due, now: datetime) -> None:
        await self.good(session, due, now)
        raise ValueError

    async def away(self, session: Session, due: Due, now: datetime) -> None:
        await self.good(session, due, now)
        self.trouble(due, UnavailableError())

    async def dies(self, session: Session, due: Due, now: datetime) -> None:
        await self.good(session, due, now)
        self.trouble(due, DeathError())

    def trouble(self, due: Due, error: BaseException) -> None:
        """Break the first time or two that a reminder fires, not for ever."""
        self.troubles[due.id] += 1
        if self.troubles[due.id] <= due.subject_id % 3:
            raise error

    def effects(self) -> Mapping[str, Effect]:
        alone: dict[str, Effect] = {
            "good": self.good,
            "broken": self.broken,
            "away": self.away,
            "dies": self.dies,
        }
        return {kind: InSets(one, _each(one)) for kind, one in alone.items()} | {"alone": self.good}

    async def sweeps(self, sessions: Sessions, dice: random.Random) -> bool:
        """Sweep as one worker; tell whether it came through."""
        try:
            await sweep(sessions, self.effects(), self.now(dice))
        except (UnavailableError, DeathError):
            return False
        return True

    async def one_of_each(self) -> None:
        """Let every end come once, before dice decide."""
        for kind, policy, due_in in (
            ("good", Lateness.SEND_LATE, timedelta()),
            ("good", Lateness.LAPSE, -DAY),
            ("broken", Lateness.SEND_LATE, timedelta()),
            ("good", Lateness.SEND_LATE, DAY),
        ):
            self.set_up += 1
            async with transaction(self.workers[0]) as session:
                assert await remind(
                    session, kind=kind, subject_id=self.set_up, due_at=self.truth + due_in,
                    lateness=policy,
                )  # fmt: skip
        async with transaction(self.workers[0]) as session:
            await cancel(
                session, subject_id=self.set_up, kinds=["good"], reason="off", now=self.truth
            )
        assert await self.sweeps(self.workers[0], self.dice())
        assert {row.state for row in await self.rows()} == ENDS

    async def sets(self, dice: random.Random) -> None:
        """Set a reminder, in the past or to come; the same act may be repeated."""
        self.set_up += 1
        subject = self.set_up
        due_at = self.now(dice) + timedelta(seconds=dice.randint(-600, 3 * 86_400))
        kind, policy = dice.choice(KINDS), dice.choice(list(Lateness))
        for repeat in range(dice.randint(1, 3)):
            async with transaction(dice.choice(self.workers)) as session:
                shown = due_at.astimezone(dice.choice(ZONES))
                was_set = await remind(
                    session, kind=kind, subject_id=subject, due_at=shown, lateness=policy
                )
                assert was_set == (repeat == 0)

    async def cancels(self, dice: random.Random) -> None:
        subject, now = dice.randint(1, self.set_up), self.now(dice)
        async with transaction(dice.choice(self.workers)) as session:
            await cancel(
                session, subject_id=subject, kinds=[*self.effects()], reason="off", now=now
            )

    async def step(self) -> None:
        """Let one thing happen, or several at once."""
        match self.chance.choice(["set", "set", "set", "cancel", "wait", "jump", "sweep", "both"]):
            case "set":
                await self.sets(self.dice())
            case "cancel":
                await self.cancels(self.dice())
            case "wait":
                self.truth += self.chance.choice(OUTAGES) * self.chance.random()
            case "jump":
                self.wrong_by = self.chance.choice([-DAY, timedelta(), timedelta(), DAY])
            case "sweep":
                if await self.sweeps(self.chance.choice(self.workers), self.dice()):
                    assert not await self.missed()
            case "both":
                await asyncio.gather(
                    *self.all_sweep(), self.cancels(self.dice()), self.sets(self.dice())
                )
        await self.look_back()

    def all_sweep(self) -> list[Coroutine[Any, Any, bool]]:
        return [self.sweeps(worker, self.dice()) for worker in self.workers]

    async def rows(self) -> list[ReminderRow]:
        async with transaction(self.workers[0]) as session:
            return list(await session.scalars(select(ReminderRow)))

    async def missed(self) -> list[int]:
        """List what is due, and waits still."""
        now = self.truth + self.wrong_by
        rows = await self.rows()
        return [row.id for row in rows if row.state == State.PENDING and row.due_at <= now]

    async def look_back(self) -> None:
        """Nothing that was settled is settled again, or otherwise."""
        for row in await self.rows():
            if row.state != State.PENDING:
                assert row.settled_at is not None
                found = (row.state, row.settled_at, row.reason)
                assert self.settled.setdefault(row.id, found) == found


@pytest.fixture
async def workers(database_url: str, vault: Vault) -> AsyncIterator[list[Sessions]]:
    engines = [open_engine(database_url) for _ in range(WORKERS)]
    yield [open_sessions(engine, vault) for engine in engines]
    for engine in engines:
        await engine.dispose()


@pytest.mark.parametrize("seed", seeds(3, 30))
async def test_each_reminder_has_one_end(workers: list[Sessions], seed: int) -> None:
    chance = random.Random(seed)
    life = Life(workers, chance, BEGINNINGS[seed % len(BEGINNINGS)])
    await life.one_of_each()
    for _ in range(STEPS):
        await life.step()
    life.wrong_by = timedelta()
    life.truth += 6 * DAY
    while await life.missed():
        await asyncio.gather(*life.all_sweep())
        await life.look_back()
    async with transaction(workers[0]) as session:
        done = [(row.payload or {})["reminder"] for row in await session.scalars(select(OutboxRow))]
    rows = await life.rows()
    ends = Counter(row.state for row in rows)
    assert len(rows) == life.set_up > STEPS / 4
    assert set(ends) == ENDS
    assert Counter(done) == Counter(row.id for row in rows if row.state == State.FIRED)
    for row in rows:
        as_it_should_be(row)


def as_it_should_be(row: ReminderRow) -> None:
    """Check that a reminder's end is the one that its kind, its policy and the clock call for."""
    assert row.settled_at is not None
    late = row.settled_at - row.due_at
    lapses = row.lateness == Lateness.LAPSE and late > ON_TIME
    match row.state:
        case State.CANCELLED:
            assert row.reason == "off"
        case State.LAPSED:
            assert lapses
            assert str(row.reason).startswith(LET_GO)
        case State.FAILED:
            assert row.kind == "broken"
            assert late >= timedelta()
            assert not lapses
            assert str(row.reason).startswith("ValueError")
        case State.FIRED:
            assert row.kind != "broken"
            assert late >= timedelta()
            assert not lapses
            assert row.reason is None
        case _:
            pytest.fail(f"still {row.state}")

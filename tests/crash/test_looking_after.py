"""Killed while day checks are asked, climb and are answered, while call-ons open and are missed.

After every kill another process goes on: each is asked and told once, rung by rung, no day is lost,
and of whom nothing was heard nobody ever says that all is well.
"""

import signal
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.care.rules.notices import Notice as CareNotice
from models.care.rules.notices import Reminder as CareReminder
from models.database import Sessions, transaction
from models.daychecks.rules.ladder import Rung
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import NOBODY_KNOWS, DayState
from models.daychecks.tables import DayRow
from models.help.tables import RequestRow
from models.outbox.tables import OutboxRow
from models.people.rules import Role
from models.reminders.rules import State
from models.reminders.tables import ReminderRow
from models.routines.rules import OccasionState
from models.vault import Vault
from tests.care.lane import Lane
from tests.circle.family import Family
from tests.crash.conftest import Zygote
from tests.daychecks.watch import Watch, shanghai
from tests.help.street import Street, build
from tests.profile import length

KEY = Vault.new_key()
PEOPLE = length(27, 60)
"""Who have a day check: more than are asked in one transaction."""
KILLS = length(1, 4)
"""At each point that leaves nothing."""
SECONDS = 30.0
"""How long a process may live until it reaches its point."""
UNCOMMITTED = "a set done, not committed"
DONE, SOME = "done, not committed", "some committed"

pytestmark = pytest.mark.crash


@pytest.fixture
def vault() -> Vault:
    """A vault whose key the processes are told."""
    return Vault.from_text(KEY)


@dataclass
class Killer:
    """Starts processes that die at points, and one that goes on to the end."""

    bots: Zygote
    street: Street
    url: str
    log: Path

    async def kill(self, point: str, times: int = 1, **deed: Any) -> None:
        """Let a process die at a point."""
        await self._start(point=point, times=times, **deed)
        killed = {"signal": signal.SIGKILL, "code": 0}
        assert await self.bots.ended(SECONDS) == killed, point

    async def go_on(self, **deed: Any) -> None:
        """Let a process do what is left."""
        await self._start(point=None, times=0, **deed)
        assert await self.bots.ended(SECONDS) == {"signal": 0, "code": 0}

    async def sweep(self, *points: str) -> None:
        """Sweep what is due now, killed at each point, last where some was committed; go on."""
        for point in points * KILLS:
            await self.kill(point)
        await self.kill(SOME)
        await self.go_on()

    async def _start(self, **what: Any) -> None:
        order = {
            "role": "watcher", "log": str(self.log), "database_url": self.url, "key": KEY,
            "now": self.street.now.isoformat(), **what,
        }  # fmt: skip
        await self.bots.start(order)


Told = tuple[str, str]
"""A kind, and the name of who was told."""


async def told(street: Street, kinds: Iterable[str]) -> dict[int, list[Told]]:
    """List what was told of each subject, in order."""
    names = {person_id: name for name, person_id in street.people.items()}
    found = defaultdict[int, list[Told]](list)
    async with transaction(street.sessions) as session:
        rows = await session.scalars(
            select(OutboxRow)
            .where(OutboxRow.kind.in_([*kinds]), OutboxRow.target_id.is_(None))
            .order_by(OutboxRow.id)
        )
        for row in rows:
            assert row.subject_id is not None
            assert row.recipient_id is not None
            found[row.subject_id].append((str(row.kind), names[row.recipient_id]))
    return found


async def set_for(street: Street, kind: str) -> list[int]:
    """List what reminders of a kind are set for."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(ReminderRow.subject_id).where(
                ReminderRow.kind == kind, ReminderRow.state == State.PENDING
            )
        )
        return sorted(found)


@dataclass
class Morning:
    """People with day checks, and a process that is killed at every step of their morning."""

    watch: Watch
    killer: Killer
    answered: dict[str, DayState]
    """What became of those who were heard of."""

    @property
    def names(self) -> list[str]:
        return [f"n{number}" for number in range(PEOPLE)]

    def may_send(self, name: str) -> bool:
        return int(name[1:]) % 2 == 1

    async def begin(self) -> None:
        street = self.watch.street
        await street.add("li", "b1")
        await street.grant("li", Role.LEADER, "b1")
        for name in self.names:
            await street.add(name, "b1")
            await self.watch.family.has("son", "niece", whose=name)
            allowed = self.may_send(name)
            await self.watch.on(8, name=name, leader_too=True, may_send_neighbours=allowed)

    async def days(self, day: int) -> dict[str, DayRow]:
        """Return the days of a date by whose they are: each has one."""
        names = {person_id: name for name, person_id in self.watch.street.people.items()}
        rows = [row for row in await self.watch.days() if row.day == shanghai(8, day=day).date()]
        found = {names[row.person_id]: row for row in rows}
        assert len(found) == len(rows)
        return found

    async def silent_at(self, day: int, rung: Rung, so_far: list[tuple[Notice, str]]) -> None:
        """Check that all stand at a rung of whom nothing was heard, and were told of once."""
        days, heard = await self.days(day), await told(self.watch.street, Notice)
        assert sorted(days) == sorted(self.names), "no day is lost"
        waiting = []
        for name, row in days.items():
            if name in self.answered:
                assert row.state == self.answered[name]
                continue
            assert row.state in NOBODY_KNOWS, "silence is never 'well'"
            assert row.rung == rung, name
            whom = [(str(kind), name if who == "self" else who) for kind, who in so_far]
            assert sorted(heard[row.id]) == sorted(whom)
            waiting += [row.id] if row.state == DayState.WAITING else []
        assert await set_for(self.watch.street, Reminder.CLIMB) == sorted(waiting)
        assert len(await set_for(self.watch.street, Reminder.ASK)) == PEOPLE

    async def answers(self, deed: str, who: str, whose: str, state: DayState) -> None:
        """Let somebody answer, killed on the way, and then again as when an update comes twice."""
        day_id = (await self.days(24))[whose].id
        one = {"deed": deed, "who": self.watch.street.people[who], "day": day_id}
        points = ("a sign seen", "a sign taken, not committed")
        if deed != "sign":
            points = ("an answer read", "an answer taken, not committed")
        for point in points:
            await self.killer.kill(point, **one)
            assert (await self.days(24))[whose].state == DayState.WAITING
        await self.killer.kill("an answer committed", **one)
        assert (await self.days(24))[whose].state == state
        await self.killer.go_on(**one)
        self.answered[whose] = state


STEPS: list[tuple[datetime, Rung, list[tuple[Notice, str]], tuple[str, ...]]] = [
    (shanghai(8), Rung.ASKED, [(Notice.ASK, "self")],
     ("days begun, nobody asked", "asked, no clock set", UNCOMMITTED)),
    (shanghai(9), Rung.AGAIN, [(Notice.AGAIN, "self")],
     ("asked again", "asked again, the clock set", UNCOMMITTED)),
    (shanghai(10), Rung.CIRCLE, [(Notice.CONTACT, "son")],
     ("one of the circle asked", UNCOMMITTED)),
    (shanghai(10, 10), Rung.CIRCLE, [(Notice.CONTACT, "niece")],
     ("one of the circle asked", UNCOMMITTED)),
    (shanghai(10, 20), Rung.NEAR, [(Notice.NEAR, "li")], ("a rung told", UNCOMMITTED)),
    (shanghai(10, 40), Rung.DESK, [(Notice.DESK, "zhao"), (Notice.DESK, "zhou")],
     ("a rung told", UNCOMMITTED)),
    (shanghai(11, 10), Rung.LAST, [], ("neighbours sent", UNCOMMITTED)),
]  # fmt: skip
"""When what is told to whom, and where the process is killed meanwhile."""


async def test_killed_while_it_asks_climbs_and_is_answered(
    bots: Zygote, database_url: str, sessions: Sessions, now: datetime, tmp_path: Path
) -> None:
    watch = Watch(Family(await build(sessions, now)))
    for name in ("son", "niece"):
        await watch.street.add(name, "l1")
    killer = Killer(bots, watch.street, database_url, tmp_path / "watcher.log")
    morning, so_far = Morning(watch, killer, {}), list[tuple[Notice, str]]()
    await morning.begin()
    for at, rung, tells, points in STEPS:
        watch.street.now = at
        await killer.sweep(*points)
        so_far += tells
        await morning.silent_at(24, rung, so_far)
        if at == shanghai(10):
            await morning.answers("well", "n0", "n0", DayState.LATE_WELL)
            await morning.answers("sign", "n1", "n1", DayState.HEARD)
            await morning.answers("found", "son", "n2", DayState.FOUND_WELL)
            await morning.answers("help", "n3", "n3", DayState.HELP)
    await check_the_end(morning)
    await the_next_days(morning)


async def check_the_end(morning: Morning) -> None:
    """Check what became of all, and that those who were told hear once who was heard of."""
    days = await morning.days(24)
    for name, row in days.items():
        if name not in morning.answered:
            alarmed = DayState.EMERGENCY if morning.may_send(name) else DayState.UNRESOLVED
            assert row.state == alarmed
    heard = await told(morning.watch.street, [Notice.HEARD])
    finder = {"n2"}  # by the son himself: he is not told what he said
    for name in morning.names:
        once = [(str(Notice.HEARD), "son")] if name in {*morning.answered} - finder else []
        assert heard[days[name].id] == once
    people = morning.watch.street.people
    sent = {n for n in morning.names if morning.may_send(n) and n not in morning.answered}
    assert await requested(morning.watch.street) == {people[name]: 1 for name in sent | {"n3"}}


async def the_next_days(morning: Morning) -> None:
    """Ask all the next day, and late on the day after: then the circle at the same time."""
    watch, killer = morning.watch, morning.killer
    morning.answered.clear()
    watch.street.now = shanghai(8, day=25)
    await killer.sweep("asked, no clock set", UNCOMMITTED)
    await morning.silent_at(25, Rung.ASKED, [(Notice.ASK, "self")])
    for name in morning.names:
        assert await watch.sign(name)
    watch.street.now = shanghai(12, day=26)
    await killer.sweep("asked late, the circle not yet", "asked late, the circle too", UNCOMMITTED)
    late = [(Notice.ASK, "self"), (Notice.CONTACT, "son")]
    await morning.silent_at(26, Rung.CIRCLE, late)


VISITS: list[tuple[CareReminder, list[tuple[CareNotice, str]], tuple[str, ...]]] = [
    (CareReminder.OPENS, [(CareNotice.CALL, "li")],
     ("the next call-on planned", "a visitor about to be asked", "a visitor asked", DONE)),
    (CareReminder.HALF, [(CareNotice.CALL, "li"), (CareNotice.CALL, "chen")],
     ("a visitor about to be asked", "a visitor asked", DONE)),
    (CareReminder.NEXT, [], ("a request filed for company", DONE)),
    (CareReminder.ENDS, [(CareNotice.MISSED, "zhao")], ("missed, nobody told", DONE)),
]  # fmt: skip
"""What the clock does in turn, whom it tells of each call-on, where the process is killed."""
HOMES = (1, 2, 3)


async def test_killed_while_call_ons_open_and_are_missed(
    bots: Zygote, database_url: str, sessions: Sessions, now: datetime, tmp_path: Path
) -> None:
    street = await build(sessions, now)
    for name in ("li", "chen"):
        await street.add(name, "b1")
    lane, killer = Lane(street), Killer(bots, street, database_url, tmp_path / "watcher.log")
    for home_id in HOMES:
        await street.add(f"h{home_id}", "b1")
        assert await lane.agreed(f"h{home_id}") == home_id
        await lane.instead("chen", home_id)
    so_far: list[Told] = []
    for kind, tells, points in VISITS:
        street.now = min(await street.pending(kind))
        await killer.sweep(*points)
        so_far += [(str(notice), name) for notice, name in tells]
        await told_of_each(lane, kind, so_far)
    assert await requested(street) == {street.people[f"h{home_id}"]: 1 for home_id in HOMES}


async def told_of_each(lane: Lane, kind: CareReminder, so_far: list[Told]) -> None:
    """Check that each home's call-on stands where it should, told of once; the next is planned."""
    heard = await told(lane.street, [CareNotice.CALL, CareNotice.MISSED])
    over = OccasionState.MISSED if kind == CareReminder.ENDS else OccasionState.DUE
    for home_id in HOMES:
        now_on, planned = await lane.occasions(home_id)
        assert (now_on.state, planned.state) == (over, OccasionState.DUE)
        assert sorted(heard[now_on.id]) == sorted(so_far)
        assert planned.id not in heard


async def requested(street: Street) -> dict[int | None, int]:
    """Count the requests that were filed, by whom they are for."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(select(RequestRow.beneficiary_id))
        return dict(Counter(found))

"""Random lives of a routine against a model of a few lines."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from models.database import open_engine, open_sessions, transaction
from models.records.rules import Refusal
from models.routines.actions import occasions, plans
from models.routines.rules import Move, Rhythm, RoutinePlan
from models.routines.tables import OccasionRow
from models.vault import Vault
from tests.profile import examples
from tests.records.hall import Hall, build
from tests.routines.walk import DAY, Walk, today, walk_of

NAMES = ["li", "chen", "sun", "qian"]
UNSETTLED = {"due", "taken"}


@dataclass
class Sheet:
    """One occasion on paper."""

    opens: datetime
    ends: datetime
    state: str
    holder: str | None
    asked: set[str] = field(default_factory=set)
    with_routine: bool = False


class Life(RuleBasedStateMachine):
    """Plan, ask, take, cannot, do, miss, cover, excuse, pause, change people, leave."""

    hall: Hall
    runner: asyncio.Runner

    @initialize(every=st.integers(1, 7), data=st.data())
    def begin(self, every: int, data: st.DataObject) -> None:
        lasts = data.draw(st.integers(1, every))
        plan = RoutinePlan(Rhythm.DAYS, today(self.hall) + DAY, every=every, lasts=lasts)
        self.order = NAMES[:3]
        self.walk: Walk = self.runner.run(walk_of(self.hall, *self.order, plan=plan))
        self.paper: dict[int, Sheet] = {}
        self.paused = False
        self.plan()

    @property
    def now(self) -> datetime:
        return self.hall.now

    def superseded(self, one: Sheet) -> bool:
        return any(one.opens < other.opens <= self.now for other in self.paper.values())

    def shown(self) -> list[int]:
        """Name the last two occasions: the one that opens next, and the one before."""
        return sorted(self.paper, key=lambda one: self.paper[one].opens)[-2:]

    def does(self, occasion_id: int, move: Move, name: str, **whose: str) -> Any:
        return self.runner.run(self.walk.does(occasion_id, move, name, **whose))

    @rule()
    def plan(self) -> None:
        planned = self.runner.run(self.walk.planned())
        counts = [one for one in self.paper.values() if not one.with_routine]
        ahead = any(one.opens > self.now for one in counts)
        if self.paused or ahead:
            assert planned is None
            return
        assert planned is not None
        seen = self.runner.run(self.walk.seen(planned))
        assert all(one.ends < seen.opens_at for one in counts)
        assert seen.opens_at + (seen.ends_at - seen.opens_at) / 2 > self.now
        holder = next(iter(self.order), None)
        self.paper[planned] = Sheet(seen.opens_at, seen.ends_at, "due", holder)

    @rule(hours=st.sampled_from([1, 6, 11, 24, 72]))
    def later(self, hours: int) -> None:
        self.hall.later(hours=hours)

    @rule(place=st.integers(0, 1))
    def ask(self, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            asked = self.runner.run(self.walk.ask(occasion_id))
            if one.state == "taken" or (one.state == "missed" and one.holder):
                assert asked is Refusal.ALREADY
            elif one.state not in {"due", "missed"}:
                assert asked is Refusal.WRONG_TIME
            else:
                assert asked == next((it for it in self.order if it not in one.asked), None)
                one.asked |= {asked} if asked else set()

    @rule(name=st.sampled_from(NAMES), place=st.integers(0, 1))
    def take(self, name: str, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            took = self.does(occasion_id, Move.TAKE, name)
            may = name in one.asked or name == one.holder
            free = one.state == "due" or (one.state == "missed" and not one.holder)
            if may and free and not (one.state == "missed" and self.superseded(one)):
                assert took == "taken"
                one.state = "taken" if one.state == "due" else "missed"
                one.holder = name
                one.asked.add(name)
            else:
                assert isinstance(took, Refusal)

    @rule(name=st.sampled_from(NAMES), place=st.integers(0, 1))
    def cannot(self, name: str, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            said = self.does(occasion_id, Move.CANNOT, name)
            may = name in one.asked or name == one.holder
            if may and (
                one.state in {"due", "missed"} or (one.state, one.holder) == ("taken", name)
            ):
                assert said == "let_go"
                one.state = "due" if one.state == "taken" else one.state
                one.holder = None if one.holder == name else one.holder
                one.asked.add(name)
            else:
                assert isinstance(said, Refusal)

    @rule(name=st.sampled_from(NAMES), place=st.integers(0, 1))
    def do(self, name: str, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            done = self.does(occasion_id, Move.DO, name)
            may = name == one.holder or (name in one.asked and one.state == "due")
            if may and one.state in UNSETTLED and one.opens <= self.now:
                assert done == "done"
                one.state = "done"
            else:
                assert isinstance(done, Refusal)

    @rule(name=st.sampled_from(NAMES), place=st.integers(0, 1))
    def cover(self, name: str, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            done = self.does(occasion_id, Move.COVER, name)
            may = name in one.asked or name == one.holder
            if may and one.state == "missed" and not self.superseded(one):
                assert done == "covered"
                one.state = "covered"
            else:
                assert isinstance(done, Refusal)

    @rule(place=st.integers(0, 1))
    def miss(self, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            missed = self.runner.run(self.walk.clock(occasions.miss, occasion_id))
            if one.state in UNSETTLED and one.ends <= self.now:
                assert missed == "missed"
                one.asked |= {one.holder} if one.holder else set()
                one.state, one.holder = "missed", None
            else:
                assert isinstance(missed, Refusal)

    @rule(place=st.integers(0, 1))
    def excuse(self, place: int) -> None:
        for occasion_id in self.shown()[place : place + 1]:
            one = self.paper[occasion_id]
            excused = self.does(occasion_id, Move.EXCUSE, "wang")
            assert (excused == "excused") == (one.state in UNSETTLED)
            one.state = "excused" if one.state in UNSETTLED else one.state

    @rule()
    def pause(self) -> None:
        excused = self.runner.run(self.walk.plan(plans.pause, self.now))
        if self.paused:
            assert excused is Refusal.ALREADY
            return
        self.paused = True
        assert excused == [key for key, one in self.paper.items() if one.state in UNSETTLED]
        for key in excused:
            self.paper[key].state, self.paper[key].with_routine = "excused", True

    @rule()
    def go_on(self) -> None:
        went = self.runner.run(self.walk.plan(plans.resume))
        assert went is (None if self.paused else Refusal.ALREADY)
        self.paused = False

    @rule(order=st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    def people(self, order: list[str]) -> None:
        gone = set(self.order) - set(order)
        freed = self.runner.run(self.walk.people(*order))
        self.order = order
        assert freed == self.released(gone)

    @rule(name=st.sampled_from(NAMES))
    def leave(self, name: str) -> None:
        self.order = [one for one in self.order if one != name]
        freed = self.runner.run(self.left(name))
        assert freed == self.released({name})

    async def left(self, name: str) -> list[int]:
        async with transaction(self.hall.sessions) as session:
            freed = await plans.leave(session, self.hall.people[name], self.now)
        ours = set(self.paper)
        return [one for _, one in freed if one in ours]

    def released(self, gone: set[str]) -> list[int]:
        """Let go on paper; name those that have opened and can be asked about."""
        freed = []
        for key, one in self.paper.items():
            if one.state in {"due", "taken", "missed"} and one.holder in gone:
                one.state = "due" if one.state == "taken" else one.state
                one.holder = None
                if one.opens <= self.now and not self.superseded(one):
                    freed.append(key)
            if one.state == "due" and one.opens > self.now:
                one.holder = next(iter(self.order), None)
            one.asked -= gone
        return freed

    @invariant()
    def the_rows_agree(self) -> None:
        self.runner.run(self.compare())

    async def compare(self) -> None:
        async with transaction(self.hall.sessions) as session:
            found = select(OccasionRow).where(OccasionRow.routine_id == self.walk.id)
            rows = (await session.scalars(found.order_by(OccasionRow.opens_at))).all()
        assert {row.id for row in rows} == set(self.paper)
        counted = [row for row in rows if not row.with_routine]
        assert all(one.ends_at < later.opens_at for one, later in pairwise(counted))
        assert sum(row.opens_at > self.now for row in counted) <= 1
        for row in rows:
            one = self.paper[row.id]
            assert (row.state, row.with_routine) == (one.state, one.with_routine)
            assert (row.settled_at is None) == (row.state in {"due", "taken", "missed"})
            if row.state in {"due", "taken", "missed"}:
                holder = self.hall.people[one.holder] if one.holder else None
                assert row.person_id == holder
        for key in self.shown():
            assert set(await self.walk.asks(key)) == self.paper[key].asked


@pytest.mark.timeout(300)
def test_any_life_agrees_with_the_paper(database_url: str, vault: Vault, now: datetime) -> None:
    with asyncio.Runner() as runner:
        engine = open_engine(database_url)
        hall = runner.run(build(open_sessions(engine, vault), now))
        runner.run(hall.add(*NAMES, "wang"))
        machine = type("Life", (Life,), {"hall": hall, "runner": runner})
        run_state_machine_as_test(machine, settings=examples(30, steps=40))
        runner.run(engine.dispose())

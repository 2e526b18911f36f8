"""Random lives of a list against a model of a few lines."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
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

from models.database import open_engine, open_sessions, transaction
from models.records.rules import Refusal
from models.seats import actions, queries
from models.seats.rules import Party, SeatOutcome, SeatState, Took, who_gives_way
from models.vault import Vault
from tests.profile import examples
from tests.records.hall import SUBJECT, Hall, build
from tests.seats.concert import HALF_A_DAY, Concert, check, concert_of

NAMES = ["li", "chen", "sun", "qian", "wu", "zheng", "feng", "wei"]
COUNT = {"asked", "held", "came"}


@dataclass
class Seat:
    """One line on paper."""

    size: int
    state: str
    sure: bool = False
    late: datetime | None = None
    before: str = ""
    seated: bool = True
    """Not for who was let in without a seat."""


@dataclass
class Paper:
    """A list as somebody with pencil and paper would keep it: names in the order of the line."""

    seats: int | None
    open: dict[str, Seat] = field(default_factory=dict)

    @property
    def free(self) -> int:
        taken = sum(one.size for one in self.open.values() if one.state in COUNT)
        return 99 if self.seats is None else self.seats - taken

    def waiting(self) -> list[str]:
        return [name for name, one in self.open.items() if one.state == "waiting"]

    def ask(self, room: int, until: datetime) -> tuple[list[str], list[str]]:
        asked: list[str] = []
        big: list[str] = []
        passed: list[str] = []
        for name in self.waiting():
            seat = self.open[name]
            if seat.size > room:
                big.append(name)
                continue
            room -= seat.size
            seat.state, seat.late = "asked", until
            asked.append(name)
            passed += big
            big = []
        return asked, passed


class Life(RuleBasedStateMachine):
    """Take, let go, ask, answer, lapse, come and be unticked, in any order."""

    hall: Hall
    runner: asyncio.Runner

    @initialize(seats=st.sampled_from([1, 2, 3, 5, 10, 10, 20, None]))
    def begin(self, seats: int | None) -> None:
        self.concert: Concert = self.runner.run(concert_of(self.hall, seats))
        self.paper = Paper(seats)

    def does(self, action: Any, name: str, *given: Any, **named: Any) -> Any:
        person_id = self.hall.people[name]
        return self.runner.run(self.concert.act(action, person_id, *given, actor=name, **named))

    def state(self, name: str) -> str:
        seat = self.paper.open.get(name)
        return seat.state if seat else ""

    @rule(name=st.sampled_from(NAMES), size=st.integers(1, 4))
    def take(self, name: str, size: int) -> None:
        took = self.does(actions.take, name, Party(size))
        free = self.paper.free
        if self.state(name):
            assert took is Refusal.ALREADY
        elif size > free or any(self.paper.open[one].size <= free for one in self.paper.waiting()):
            assert took is Took.WAITING
            self.paper.open[name] = Seat(size, "waiting")
        else:
            assert took is Took.HELD
            self.paper.open[name] = Seat(size, "held")

    @rule(names=st.permutations(NAMES), size=st.integers(1, 3))
    def everybody_takes(self, names: list[str], size: int) -> None:
        for name in names:
            self.take(name, size)

    @rule(name=st.sampled_from(NAMES))
    def let_go(self, name: str) -> None:
        done = self.does(actions.let_go, name)
        if self.state(name) in {"", "came"}:
            wanted = Refusal.WRONG_TIME if self.state(name) else SeatOutcome.NOT_SIGNED_UP
            assert done is wanted
        else:
            assert done is SeatOutcome.LET_GO
            del self.paper.open[name]

    @rule(name=st.sampled_from(NAMES), comes=st.booleans())
    def answer(self, name: str, *, comes: bool) -> None:
        done = self.does(actions.answer, name, comes=comes)
        state = self.state(name)
        if not state:
            assert done is SeatOutcome.NOT_SIGNED_UP
        elif state == "came":
            assert done is (Refusal.ALREADY if comes else Refusal.WRONG_TIME)
        elif not comes:
            assert done is SeatOutcome.LET_GO
            del self.paper.open[name]
        elif state == "waiting":
            assert done is Refusal.TOO_LATE
        else:
            assert done is SeatOutcome.HELD
            self.paper.open[name].sure |= state == "held"
            self.paper.open[name].state = "held"

    @rule()
    def ask_next(self) -> None:
        wanted = self.paper.ask(self.paper.free, self.hall.now + HALF_A_DAY)
        assert self.runner.run(self.concert.ask_next()) == wanted

    @rule()
    def ask_beyond(self) -> None:
        wanted: tuple[list[str], list[str]] = ([], [])
        if self.paper.seats is not None:
            held = [one for one in self.paper.open.values() if one.state == "held"]
            more = min(self.paper.seats // 10, sum(one.size for one in held if not one.sure))
            wanted = self.paper.ask(self.paper.free + more, self.hall.now + HALF_A_DAY)
        assert self.runner.run(self.concert.ask_beyond()) == wanted

    @rule(hours=st.sampled_from([0, 12, 13]))
    def lapse(self, hours: int) -> None:
        self.hall.later(hours=hours)
        late = [
            name
            for name, one in self.paper.open.items()
            if one.state == "asked" and one.late is not None and one.late <= self.hall.now
        ]
        free = None if self.paper.seats is None else self.paper.free
        late_sizes, line = (
            [self.paper.open[n].size for n in names] for names in (late, self.paper.waiting())
        )
        wanted = [late[place] for place in who_gives_way(free, late_sizes, line)]
        assert self.runner.run(self.concert.lapse()) == wanted
        for name in wanted:
            self.paper.open[name] = Seat(self.paper.open.pop(name).size, "waiting")

    @rule(name=st.sampled_from(NAMES))
    def check_in(self, name: str) -> None:
        done = self.does(
            actions.check_in,
            name,
        )
        if self.state(name) in {"", "waiting"}:
            assert done is SeatOutcome.NOT_SIGNED_UP
        elif self.state(name) == "came":
            assert done is Refusal.ALREADY
        else:
            assert done is SeatOutcome.CAME
            self.comes(name)

    @rule(name=st.sampled_from(NAMES))
    def walk_in(self, name: str) -> None:
        done = self.does(actions.walk_in, name)
        seat = self.paper.open.setdefault(name, Seat(1, ""))
        if seat.state in {"", "waiting"}:
            seat.seated = seat.size <= max(0, self.paper.free)
        assert done is (SeatOutcome.CAME if seat.seated else SeatOutcome.WALKED_IN)
        if seat.state != "came":
            self.comes(name)

    def comes(self, name: str) -> None:
        seat = self.paper.open[name]
        seat.before, seat.state = seat.state, "came"

    @rule(name=st.sampled_from(NAMES))
    def untick(self, name: str) -> None:
        done = self.does(actions.untick, name)
        if self.state(name) != "came":
            wanted = Refusal.WRONG_TIME if self.state(name) else SeatOutcome.NOT_SIGNED_UP
            assert done is wanted
            return
        assert done is SeatOutcome.UNTICKED
        seat = self.paper.open[name]
        seat.state, seat.seated = seat.before, True
        if not seat.state:
            del self.paper.open[name]

    @rule(seats=st.sampled_from([1, 3, 10, 12, None]))
    def resize(self, seats: int | None) -> None:
        assert self.runner.run(self.concert.act(actions.resize, seats)) is None
        self.paper.seats = seats

    @rule()
    def another_time(self) -> None:
        self.runner.run(self.concert.act(actions.reopen_sure))
        for seat in self.paper.open.values():
            seat.sure = False

    @invariant()
    def the_rows_agree(self) -> None:
        self.runner.run(self.compare())

    async def compare(self) -> None:
        paper, people = self.paper, self.hall.people
        async with transaction(self.hall.sessions) as session:
            await check(session, self.concert.id)
            lines = await queries.roster(session, SUBJECT, self.concert.id)
            seen = {one.person_id: one for one in lines}
            assert {people[name] for name in paper.open} == set(seen)
            for name, seat in paper.open.items():
                line = seen[people[name]]
                assert (line.state, line.party.size) == (SeatState(seat.state), seat.size)
                assert (line.came, line.sure) == (seat.state == "came", seat.sure)
            places = {
                one.person_id: one.place_in_line for one in lines if one.place_in_line is not None
            }
            waiting = [people[name] for name in paper.waiting()]
            assert places == {one: place for place, one in enumerate(waiting, 1)}
            counts = (await queries.counts(session, SUBJECT, [self.concert.id]))[self.concert.id]
        assert counts.free == (None if paper.seats is None else max(0, paper.free))
        assert counts.waiting == len(waiting)


@pytest.mark.timeout(300)
def test_any_life_agrees_with_the_paper(database_url: str, vault: Vault, now: datetime) -> None:
    with asyncio.Runner() as runner:
        engine = open_engine(database_url)
        hall = runner.run(build(open_sessions(engine, vault), now))
        runner.run(hall.add(*NAMES))
        machine = type("Life", (Life,), {"hall": hall, "runner": runner})
        run_state_machine_as_test(machine, settings=examples(30, steps=25))
        runner.run(engine.dispose())

"""Short ways to act on a routine of nobody's subject."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.database import Session, transaction
from models.hours.rules.local_time import day_of
from models.people.queries import person_by_id
from models.people.views import Person
from models.records.changing import begin, wake
from models.records.rules import Refusal
from models.routines import queries
from models.routines.actions import occasions, plans
from models.routines.kind import occasions_of
from models.routines.rules import (
    Move,
    OccasionState,
    Relation,
    Rhythm,
    RoutinePlan,
    Window,
    span_of,
)
from models.routines.tables import OccasionAskRow, OccasionRow, RoutineRow
from models.routines.views import OccasionView
from tests.records.hall import SUBJECT, Hall

ZONE = "Asia/Shanghai"
DAY = timedelta(days=1)
STAFF, HOME = "zhao", "wang"


async def relations(session: Session, who: Person, row: OccasionRow) -> frozenset[Relation]:
    """Return KEEPER for who is called Zhao, HOME for who is called Wang."""
    named = {STAFF: Relation.KEEPER, HOME: Relation.HOME}
    return frozenset({named[who.name]} if who.name in named else set())


WALKS = occasions_of(SUBJECT, relations)


@dataclass
class Walk:
    """One routine, in a hall."""

    hall: Hall
    id: int

    async def planned(self) -> int | None:
        """Plan the next; give its id."""
        async with transaction(self.hall.sessions) as session:
            row = await plans.plan_next(session, self.id, self.hall.now, ZONE)
            return row and row.id

    async def plan(self, action: Callable[..., Awaitable[Any]], *given: Any) -> Any:
        """Change the routine."""
        async with transaction(self.hall.sessions) as session:
            return await action(session, self.id, *given)

    async def people(self, *names: str) -> Any:
        ids = [self.hall.people[name] for name in names]
        return await self.plan(plans.set_people, ids, self.hall.now)

    async def does(
        self, occasion_id: int, move: Move, name: str, *, whose: str | None = None
    ) -> Any:
        """Let somebody move an occasion, for themselves or (staff) for somebody else."""
        act = {
            Move.TAKE: occasions.take,
            Move.CANNOT: occasions.cannot,
            Move.DO: occasions.do,
            Move.COVER: occasions.cover,
        }
        async with transaction(self.hall.sessions) as session:
            who = await person_by_id(session, self.hall.people[name])
            assert who is not None
            change = await begin(session, WALKS, occasion_id, move, who, self.hall.now)
            if isinstance(change, Refusal):
                return change
            if move is Move.EXCUSE:
                return await occasions.excuse(change)
            return await act[move](change, self.hall.people[whose or name])

    async def clock(self, action: Callable[..., Awaitable[Any]], occasion_id: int) -> Any:
        """Let the clock change an occasion."""
        async with transaction(self.hall.sessions) as session:
            change = await wake(session, WALKS, occasion_id, self.hall.now)
            assert change is not None
            return await action(change)

    async def ask(self, occasion_id: int) -> str | Refusal | None:
        """Ask the next; give their name."""
        asked = await self.clock(occasions.ask_next, occasion_id)
        return self.hall.names([asked])[0] if isinstance(asked, int) else asked

    async def miss(self, occasion_id: int) -> Any:
        return await self.clock(occasions.miss, occasion_id)

    async def seen(self, occasion_id: int) -> OccasionView:
        async with transaction(self.hall.sessions) as session:
            view = await queries.occasion_of(session, SUBJECT, occasion_id)
            assert view is not None
            return view

    async def state(self, occasion_id: int) -> OccasionState:
        return (await self.seen(occasion_id)).state

    async def holder(self, occasion_id: int) -> str | None:
        person_id = (await self.seen(occasion_id)).person_id
        return None if person_id is None else self.hall.names([person_id])[0]

    async def asks(self, occasion_id: int) -> dict[str, str]:
        """Say who was asked, and what they said."""
        async with transaction(self.hall.sessions) as session:
            found = select(OccasionAskRow).where(OccasionAskRow.occasion_id == occasion_id)
            rows = (await session.scalars(found)).all()
        return {self.hall.names([row.person_id])[0]: row.state for row in rows}

    async def query(self, query: Callable[..., Awaitable[Any]], *given: Any, **named: Any) -> Any:
        async with transaction(self.hall.sessions) as session:
            return await query(session, SUBJECT, *given, **named)

    def at(self, instant: datetime) -> None:
        """Let it be another time."""
        self.hall.now = instant

    async def opened(self) -> int:
        """Plan the next, and let it open."""
        occasion_id = await self.planned()
        assert occasion_id is not None
        self.at((await self.seen(occasion_id)).opens_at)
        return occasion_id

    async def missed(self) -> int:
        """Let one be missed."""
        occasion_id = await self.opened()
        self.at((await self.seen(occasion_id)).ends_at)
        await self.miss(occasion_id)
        return occasion_id


def today(hall: Hall) -> date:
    return day_of(hall.now, ZONE)


def weekly(hall: Hall) -> RoutinePlan:
    """Return a plan of whole weeks from tomorrow on."""
    return RoutinePlan(Rhythm.DAYS, today(hall) + DAY, every=7, lasts=7)


async def walk_of(hall: Hall, *names: str, plan: RoutinePlan | None = None) -> Walk:
    """Begin a routine of these people."""
    record, people = await hall.record(), [hall.people[name] for name in names]
    async with transaction(hall.sessions) as session:
        row = await plans.start(session, SUBJECT, record, plan or weekly(hall), people)
        assert isinstance(row, RoutineRow)
        return Walk(hall, row.id)


def opening(day: date) -> datetime:
    """Return when a window opens that begins on a day."""
    return span_of(Window(day, day), ZONE)[0]

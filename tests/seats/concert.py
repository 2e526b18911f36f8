"""Short ways to act on the seats of a concert."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models.database import Session, transaction
from models.seats import actions, queries
from models.seats.rules import OPEN, SEATED, Moved, Party, SeatState
from models.seats.tables import SeatListRow, SeatRow
from models.seats.views import SeatCounts, SeatView
from tests.records.hall import SUBJECT, Hall

HALF_A_DAY = timedelta(hours=12)


@dataclass
class Concert:
    """One record with a list, in a hall."""

    hall: Hall
    id: int

    async def act(self, action: Any, *given: Any, **named: Any) -> Any:
        return await self.hall.act(action, self.id, *given, **named)

    async def take(self, name: str, size: int = 1, **party: Any) -> Any:
        """Sign somebody up, by themselves."""
        person_id = self.hall.people[name]
        return await self.act(actions.take, person_id, Party(size, **party), actor=name)

    async def does(self, action: Any, name: str, **named: Any) -> Any:
        return await self.act(action, self.hall.people[name], **named)

    async def ask_next(self) -> tuple[list[str], list[str]]:
        return self.moved(await self.act(actions.ask_next, self.hall.now + HALF_A_DAY))

    async def ask_beyond(self) -> tuple[list[str], list[str]]:
        return self.moved(await self.act(actions.ask_beyond, self.hall.now + HALF_A_DAY))

    def moved(self, moved: Moved) -> tuple[list[str], list[str]]:
        return self.hall.names(moved.asked), self.hall.names(moved.passed)

    async def lapse(self) -> list[str]:
        return self.hall.names(await self.act(actions.lapse))

    async def stands(self, name: str) -> SeatView | None:
        async with transaction(self.hall.sessions) as session:
            return await queries.seat_of(session, SUBJECT, self.id, self.hall.people[name])

    async def state(self, name: str) -> SeatState | None:
        seen = await self.stands(name)
        return seen and seen.state

    async def counts(self) -> SeatCounts:
        async with transaction(self.hall.sessions) as session:
            await check(session, self.id)
            return (await queries.counts(session, SUBJECT, [self.id]))[self.id]

    async def who(self, *states: SeatState) -> list[str]:
        async with transaction(self.hall.sessions) as session:
            await check(session, self.id)
            return self.hall.names(await queries.holders(session, SUBJECT, self.id, states))


async def concert_of(hall: Hall, seats: int | None) -> Concert:
    """Begin a concert with seats."""
    concert = Concert(hall, await hall.record())
    assert await concert.act(actions.open_list, seats) is None
    return concert


async def check(session: Session, record_id: int) -> None:
    """Check that what a list counts is what its seats are."""
    kept = await session.get_one(SeatListRow, (SUBJECT, record_id), populate_existing=True)
    of = SeatRow.subject == SUBJECT, SeatRow.subject_id == record_id
    fresh = select(SeatRow).where(*of).execution_options(populate_existing=True)
    seats = (await session.scalars(fresh)).all()
    came = [one for one in seats if one.state == SeatState.CAME]
    assert kept.taken == sum(one.size for one in seats if one.state in SEATED)
    assert kept.came == sum(one.size for one in came)
    assert kept.walked_in == sum(one.size for one in came if one.taken_at is None)
    assert kept.beyond == (0 if kept.seats is None else max(0, kept.taken - kept.seats))
    for one in seats:
        assert one.ask_until is not None or one.state != SeatState.ASKED
        assert (one.came_at is not None) == (one.state == SeatState.CAME)
        assert one.taken_at is None or one.state != SeatState.WAITING
    people = [one.person_id for one in seats if one.state in OPEN]
    assert len(people) == len(set(people))
    assert len({one.line for one in seats}) == len(seats)

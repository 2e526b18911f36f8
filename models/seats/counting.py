"""Holding a list, counting on it, reading its seats: what the use cases are made of.

Locks are taken in one order: the record, its list, its seats. A list is held before any of its
seats is read: that also keeps `leave` apart, which holds no record.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Exists, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from models.database import Session
from models.records.changing import RecordChange
from models.seats.rules import (
    BROUGHT_BY_LENGTH,
    COUNTED,
    OPEN,
    SEATED,
    Party,
    SeatState,
    beyond_number,
)
from models.seats.tables import SeatListRow, SeatRow
from models.text import clean_line

Change = RecordChange[Any]
"""Of any record."""


async def line_number(change: Change, size: int) -> tuple[bool, int]:
    """Return whether a party of a size got a seat, and its number in the line.

    It gets one where it fits and nobody who waits would: the database decides. NoResultFound where
    the record has no list.
    """
    await change.session.flush()
    one_more = {"line": SeatListRow.line + 1}
    fits = SeatListRow.taken + size <= SeatListRow.seats
    got = _of_list(change).where(or_(SeatListRow.seats.is_(None), fits & ~_somebody_fits()))
    line = await change.session.scalar(got.values(taken=SeatListRow.taken + size, **one_more))
    if line is not None:
        return True, line
    return False, (await change.session.scalars(_of_list(change).values(**one_more))).one()


def _of_list(change: Change) -> ReturningUpdate[int]:
    return (
        update(SeatListRow)
        .where(
            SeatListRow.subject == change.kind.name,
            SeatListRow.subject_id == change.row.id,
        )
        .returning(SeatListRow.line)
        .execution_options(synchronize_session=False)
    )


def _somebody_fits() -> Exists:
    waits = (
        select(SeatRow.id)
        .where(
            SeatRow.subject == SeatListRow.subject,
            SeatRow.subject_id == SeatListRow.subject_id,
            SeatRow.state == SeatState.WAITING,
            SeatListRow.taken + SeatRow.size <= SeatListRow.seats,
        )
        .correlate(SeatListRow)
    )
    return waits.exists()


def count(seat_list: SeatListRow, size: int, *, beyond: bool = False) -> None:
    """Count so many people more, or fewer, as taken; over the number only where it is meant."""
    seat_list.taken += size
    over = beyond_number(seat_list.seats, seat_list.taken)
    seat_list.beyond = over if beyond else min(seat_list.beyond, over)


def free_seats(seat_list: SeatListRow) -> int | None:
    """Return how many seats are free; None where there is no limit."""
    return None if seat_list.seats is None else max(0, seat_list.seats - seat_list.taken)


def add_seat(change: Change, person_id: int, party: Party, state: SeatState, line: int) -> SeatRow:
    """Add a party to the list; its seat is counted already where it has one."""
    seat = SeatRow(
        subject=change.kind.name,
        subject_id=change.row.id,
        person_id=person_id,
        signed_by=change.actor_id,
        state=state,
        size=party.size,
        children=party.children,
        ages=party.ages,
        brought_by=clean_line(party.brought_by, BROUGHT_BY_LENGTH),
        line=line,
        taken_at=change.now if state in COUNTED else None,
    )
    change.session.add(seat)
    return seat


def end_seat(seat_list: SeatListRow, seat: SeatRow, state: SeatState) -> None:
    """Put a seat where it does not count any more."""
    if seat.state in COUNTED:
        count(seat_list, -seat.size)
    seat.state, seat.ask_until = state, None
    if state is SeatState.WAITING:
        seat.taken_at = None


def come(change: Change, seat_list: SeatListRow, seat: SeatRow, by: int | None) -> None:
    """Note that a party is there; their seat is counted already."""
    seat_list.came += seat.size
    if seat.taken_at is None:
        seat_list.walked_in += seat.size
    seat.came_from, seat.state = seat.state, SeatState.CAME
    seat.came_at, seat.ticked_by = change.now, by


def leave_door(seat_list: SeatListRow, seat: SeatRow, state: SeatState) -> None:
    """Note that a party is not there after all, and where their seat stands then."""
    seat_list.came -= seat.size
    if seat.taken_at is None:
        seat_list.walked_in -= seat.size
    if state in SEATED:
        seat.state = state
    else:
        end_seat(seat_list, seat, state)
    seat.came_at = seat.came_from = seat.ticked_by = None


def seats_of(change: Change) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what holds of the seats of a record."""
    return SeatRow.subject == change.kind.name, SeatRow.subject_id == change.row.id


async def held_list(change: Change) -> SeatListRow:
    """Hold the list of a record as it is now."""
    return await list_of(change.session, change.kind.name, change.row.id)


async def list_of(session: Session, subject: str, subject_id: int) -> SeatListRow:
    """Hold a list as it is now; every use case does so before it reads a seat."""
    await session.flush()
    key = subject, subject_id
    return await session.get_one(SeatListRow, key, with_for_update=True, populate_existing=True)


async def open_seat(change: Change, person_id: int) -> SeatRow | None:
    """Return somebody's open seat or place in the line."""
    found = await seats_in(change, OPEN, SeatRow.person_id == person_id)
    return found[0] if found else None


async def seats_in(
    change: Change, states: Iterable[SeatState], *conditions: ColumnElement[bool]
) -> Sequence[SeatRow]:
    """Return the seats of a record in these states, as they are now, by line."""
    inside = SeatRow.state.in_([*states])
    return await read_seats(change.session, *seats_of(change), inside, *conditions)


async def read_seats(session: Session, *conditions: ColumnElement[bool]) -> Sequence[SeatRow]:
    """Return seats as they are now, by line."""
    found = await session.scalars(
        select(SeatRow)
        .where(*conditions)
        .order_by(SeatRow.line)
        .execution_options(populate_existing=True)
    )
    return found.all()

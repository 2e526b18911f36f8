"""Reading lists and seats."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.seats.rules import OPEN, Party, SeatState
from models.seats.tables import SeatListRow, SeatRow
from models.seats.views import RosterLine, SeatCounts, SeatView


async def seat_of(
    session: Session, subject: str, subject_id: int, person_id: int
) -> SeatView | None:
    """Return where somebody stands on a list, also after its end; None for who let go."""
    mine = SeatRow.person_id == person_id
    found = await session.execute(
        _standing(subject, subject_id).where(mine).order_by(SeatRow.id.desc()).limit(1)
    )
    one = found.one_or_none()
    return None if one is None else _seen(one.SeatRow, one.place)


async def roster(
    session: Session, subject: str, subject_id: int, *, only: Iterable[int] | None = None
) -> list[RosterLine]:
    """List everybody on a list, by line, but for who let go; of these people alone with `only`."""
    standing = _standing(subject, subject_id)
    if only is not None:
        standing = standing.where(SeatRow.person_id.in_([*only]))
    found = await session.execute(standing.order_by(SeatRow.line, SeatRow.id))
    return [
        RosterLine(
            **vars(_seen(one.SeatRow, one.place)),
            person_id=one.SeatRow.person_id,
            signed_by=one.SeatRow.signed_by,
        )
        for one in found.all()
    ]


async def counts(session: Session, subject: str, ids: Iterable[int]) -> dict[int, SeatCounts]:
    """Count how full lists are, by record, in one statement; who has no list is left out."""
    waiting = (
        select(func.count())
        .select_from(SeatRow)
        .where(
            SeatRow.subject == SeatListRow.subject,
            SeatRow.subject_id == SeatListRow.subject_id,
            SeatRow.state == SeatState.WAITING,
        )
        .correlate(SeatListRow)
        .scalar_subquery()
    )
    lists = SeatListRow.subject == subject, SeatListRow.subject_id.in_([*ids])
    found = await session.execute(
        select(
            SeatListRow.subject_id,
            SeatListRow.seats,
            SeatListRow.taken,
            SeatListRow.came,
            SeatListRow.walked_in,
            waiting.label("waiting"),
        ).where(*lists)
    )
    return {
        one.subject_id: SeatCounts(
            seats=one.seats,
            taken=one.taken,
            free=None if one.seats is None else max(0, one.seats - one.taken),
            waiting=one.waiting,
            came=one.came,
            walked_in=one.walked_in,
        )
        for one in found.all()
    }


async def holders(
    session: Session, subject: str, subject_id: int, states: Iterable[SeatState]
) -> list[int]:
    """List whose seats are in these states (person ids), by line."""
    found = await session.scalars(
        select(SeatRow.person_id)
        .where(
            SeatRow.subject == subject,
            SeatRow.subject_id == subject_id,
            SeatRow.state.in_([*states]),
        )
        .order_by(SeatRow.line, SeatRow.id)
    )
    return [*found]


async def open_of(session: Session, person_id: int, subject: str) -> list[tuple[int, SeatState]]:
    """List where somebody has an open seat or a place in the line, oldest record first."""
    found = await session.execute(
        select(SeatRow.subject_id, SeatRow.state)
        .where(
            SeatRow.person_id == person_id,
            SeatRow.subject == subject,
            SeatRow.state.in_(OPEN),
        )
        .order_by(SeatRow.subject_id)
    )
    return [(one.subject_id, SeatState(one.state)) for one in found.all()]


async def somebody_is_late(session: Session, subject: str, subject_id: int, now: datetime) -> bool:
    """Return whether somebody who was asked in did not answer in time, and is asked still."""
    late = await session.scalar(
        select(SeatRow.id)
        .where(
            SeatRow.subject == subject,
            SeatRow.subject_id == subject_id,
            SeatRow.state == SeatState.ASKED,
            SeatRow.ask_until <= now,
        )
        .limit(1)
    )
    return late is not None


def _standing(subject: str, subject_id: int) -> Select[tuple[SeatRow, int | None]]:
    """Select what stands on a list; who waits with their place, which is numbered in one go."""
    waits = aliased(SeatRow)
    line = (
        select(waits.id, func.row_number().over(order_by=(waits.line, waits.id)).label("place"))
        .where(
            waits.subject == subject,
            waits.subject_id == subject_id,
            waits.state == SeatState.WAITING,
        )
        .subquery()
    )
    return (
        select(SeatRow, line.c.place)
        .outerjoin(line, line.c.id == SeatRow.id)
        .where(
            SeatRow.subject == subject,
            SeatRow.subject_id == subject_id,
            SeatRow.state != SeatState.LET_GO,
        )
        .execution_options(populate_existing=True)
    )


def _seen(row: SeatRow, place: int | None) -> SeatView:
    return SeatView(
        state=SeatState(row.state),
        party=Party(row.size, row.children, row.ages, row.brought_by),
        place_in_line=place,
        ask_until=row.ask_until if row.state == SeatState.ASKED else None,
        sure=row.sure_at is not None,
    )

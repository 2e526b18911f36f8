"""Time that somebody says they gave: who is what to it, and how it is read."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.names.queries import names_for
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.savings.rules import (
    TIMES,
    CauseKind,
    Notice,
    TimeMove,
    TimeRelation,
    TimeState,
)
from models.savings.tables import SavingsClaimRow
from models.savings.views import TimeView

NAME = "savings"
AT_MOST = 30
Claim = SavingsClaimRow


async def sides_of(session: Session, row: Claim) -> set[int]:
    """List both sides of a claim, who speaks for them, and for whom they speak."""
    return await household_of(session, {row.giver_id, row.served_id})


async def household_of(session: Session, both: set[int]) -> set[int]:
    """List people, who speaks for them, and for whom they speak."""
    bound = PersonRow.id.in_(both) | PersonRow.proxy_id.in_(both)
    rows = await session.execute(select(PersonRow.id, PersonRow.proxy_id).where(bound))
    found = {one for row in rows.all() for one in row}
    return both | {one for one in found if one is not None}


async def _relations(session: Session, who: Person, row: Claim) -> frozenset[TimeRelation]:
    if who.id in await sides_of(session, row):
        mine = {TimeRelation.GIVER} if who.id == row.giver_id else set[TimeRelation]()
        return frozenset({TimeRelation.SIDE, *mine})
    path = (await session.get_one(PlaceRow, row.place_id)).path
    return frozenset({TimeRelation.SECRETARY} if who.may(Right.SUPERVISE, path) else ())


TIME = RecordKind(NAME, Claim, TIMES, _relations, cards=(Notice.DISPUTED, Notice.HEARD))


async def time_seen(
    session: Session, reader: Person, claim_id: int, *, now: datetime
) -> TimeView | Refusal:
    """Return time that was given to whoever decides on it, or gave it."""
    row = await seen(session, TIME, claim_id, TimeMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row)


async def time_told(
    session: Session, reader_id: int, claim_id: int, _now: datetime
) -> TimeView | None:
    """Return it to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, TIME, claim_id, TimeMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row) if row and reader else None


async def open_disputes(session: Session, reader: Person) -> list[TimeView]:
    """List the disputes that wait for whoever answers for their places, the oldest first."""
    at = select(PlaceRow.id).where(at_or_below(reader.paths_with(Right.SUPERVISE)))
    rows = await session.scalars(
        select(Claim)
        .where(Claim.state == TimeState.DISPUTED, Claim.place_id.in_(at))
        .order_by(Claim.id)
        .limit(AT_MOST)
        .execution_options(populate_existing=True)
    )
    views = [await _view(session, reader, row) for row in rows.all()]
    return [view for view in views if TimeMove.KEEP in view.moves]


async def _view(session: Session, reader: Person, row: Claim) -> TimeView:
    names = await names_for(session, [row.giver_id, row.served_id])
    return TimeView(
        id=row.id,
        giver=names.person(row.giver_id),
        other=names.person(row.served_id),
        minutes=row.minutes,
        kind=CauseKind(row.kind),
        done_at=row.done_at,
        state=TimeState(row.state),
        mine=reader.id == row.giver_id,
        moves=TIMES.open_to(row.state, await _relations(session, reader, row)),
    )

"""Rounds and walks as records: who is what to them, who is told for them, what is due."""

from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.queries.desk import desk_ids
from models.inspections.notices import InspectionNotice, WalkNotice
from models.inspections.rules import (
    NAME,
    ROUND_LIFECYCLE,
    WALK_LIFECYCLE,
    InspectionRelation,
    WalkMark,
    WalkState,
)
from models.inspections.tables import InspectionPointRow, InspectionRoundRow, InspectionRow
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordChange, RecordKind
from models.routines.kind import occasions_of
from models.routines.queries import open_occasions
from models.routines.rules import Relation
from models.routines.tables import OccasionRow
from models.routines.views import OccasionView
from models.sheets.queries import sheet_view
from models.sheets.tables import SheetRow
from models.sheets.views import SheetView

WALKS_NAME = "walks"
DESK_TOLD = 3
"""Of a desk so many are told where nobody answers for the place, staff first."""


async def _at(session: Session, who: Person, place_id: int) -> frozenset[InspectionRelation]:
    path = (await session.get_one(PlaceRow, place_id)).path
    works = who.may(Right.WORK_DESK, path)
    return frozenset({InspectionRelation.DESK} if works else ())


async def round_relations(
    session: Session, who: Person, row: InspectionRoundRow
) -> frozenset[InspectionRelation]:
    """Return what somebody is to a round."""
    return await _at(session, who, row.place_id)


async def walk_relations(
    session: Session, who: Person, row: InspectionRow
) -> frozenset[InspectionRelation]:
    """Return what somebody is to a walk: who began it and works there no more is nothing to it."""
    return await _at(session, who, row.place_id)


async def _occasion_relations(
    session: Session, who: Person, row: OccasionRow
) -> frozenset[Relation]:
    of = await session.get_one(InspectionRoundRow, row.subject_id)
    return frozenset({Relation.KEEPER} if await _at(session, who, of.place_id) else ())


ROUNDS = RecordKind(
    NAME,
    InspectionRoundRow,
    ROUND_LIFECYCLE,
    round_relations,
    cards=tuple(kind for kind in InspectionNotice if kind.declared.changes),
)
WALKS = RecordKind(
    WALKS_NAME,
    InspectionRow,
    WALK_LIFECYCLE,
    walk_relations,
    cards=tuple(kind for kind in WalkNotice if kind.declared.changes),
)
ROUND_OCCASION = occasions_of(NAME, _occasion_relations)

RoundChange = RecordChange[InspectionRoundRow]
WalkChange = RecordChange[InspectionRow]
OccasionChange = RecordChange[OccasionRow]


async def who_answers(session: Session, place_id: int) -> list[int]:
    """List who is told of what was missed at a place: its secretary, else the desk."""
    path = (await session.get_one(PlaceRow, place_id)).path
    above = await people_at_level(session, path, Level.SECRETARY)
    return above or (await desk_ids(session, path))[:DESK_TOLD]


async def who_else(session: Session, place_id: int) -> list[int]:
    """List who is told where whoever answers for a place says nothing: the street, and the desk."""
    path = (await session.get_one(PlaceRow, place_id)).path
    above = await people_at_level(session, path, Level.STREET)
    return [*dict.fromkeys([*above, *(await desk_ids(session, path))[:DESK_TOLD]])]


async def due_now(session: Session, round_id: int, now: datetime) -> OccasionView | None:
    """Return which time of a round is to be walked now, or was missed and can be covered."""
    found = await open_occasions(session, NAME, now, subject_ids=[round_id])
    return next(iter(found), None)


async def half_done(session: Session, round_id: int) -> InspectionRow | None:
    """Return the walk of a round that was begun and not finished, the oldest first."""
    return await session.scalar(
        select(InspectionRow)
        .where(InspectionRow.round_id == round_id, InspectionRow.state == WalkState.OPEN)
        .order_by(InspectionRow.begun_at, InspectionRow.id)
        .limit(1)
        .execution_options(populate_existing=True)
    )


async def walk_of(session: Session, occasion_id: int) -> int | None:
    """Return which walk is that of an occasion (id); None where nobody has begun it."""
    of = InspectionRow.occasion_id == occasion_id
    return await session.scalar(select(InspectionRow.id).where(of))


async def walks_of(session: Session, round_id: int) -> int:
    """Count the walks of a round, whatever became of them."""
    of = select(func.count(InspectionRow.id)).where(InspectionRow.round_id == round_id)
    return await session.scalar(of) or 0


async def sheet_by_id(session: Session, sheet_id: int) -> SheetView:
    """Return the version of a checklist with which a walk was begun."""
    return sheet_view(await session.get_one(SheetRow, sheet_id))


async def points_of(session: Session, walk_id: int) -> dict[str, InspectionPointRow]:
    """Return what was said of the points of a walk, by key."""
    found = await session.scalars(
        select(InspectionPointRow)
        .where(InspectionPointRow.inspection_id == walk_id)
        .order_by(InspectionPointRow.id)
        .execution_options(populate_existing=True)
    )
    return {row.key: row for row in found}


def marks_of(points: dict[str, InspectionPointRow]) -> dict[str, WalkMark]:
    """Return what was said of points, by key."""
    return {key: WalkMark(row.mark) for key, row in points.items()}


async def show_round(session: Session, round_id: int | None, now: datetime) -> None:
    """Let the open cards of a round show how it stands."""
    row = None if round_id is None else await session.get(InspectionRoundRow, round_id)
    if row is not None:
        await RecordChange(session, ROUNDS, row, None, now).finish()

"""Reading routines and their occasions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.routines.rules import (
    UNSETTLED,
    OccasionState,
    Relation,
    Rhythm,
    RoutinePlan,
    RoutineState,
)
from models.routines.tables import OccasionAskRow, OccasionRow, RoutinePersonRow, RoutineRow
from models.routines.views import OccasionCounts, OccasionView, RoutineView


def plan_of(row: RoutineRow) -> RoutinePlan:
    """Return the plan of a routine."""
    return RoutinePlan(
        rhythm=Rhythm(row.rhythm),
        starts_on=row.starts_on,
        every=row.every,
        on=row.on_day,
        festival=row.festival,
        lead=row.lead,
        lasts=row.lasts,
    )


async def people_of(session: Session, routine_id: int) -> list[int]:
    """List who does a routine (person ids), in the order in which they are asked."""
    found = await session.scalars(
        select(RoutinePersonRow.person_id)
        .where(RoutinePersonRow.routine_id == routine_id)
        .order_by(RoutinePersonRow.position)
    )
    return [*found]


async def routines_of(
    session: Session, subject: str, subject_ids: Iterable[int]
) -> list[RoutineView]:
    """List the routines of records, oldest first, also those that have ended."""
    found = await session.scalars(
        select(RoutineRow)
        .where(RoutineRow.subject == subject, RoutineRow.subject_id.in_([*subject_ids]))
        .order_by(RoutineRow.id)
        .execution_options(populate_existing=True)
    )
    rows = found.all()
    people = await session.execute(
        select(RoutinePersonRow.routine_id, RoutinePersonRow.person_id)
        .where(RoutinePersonRow.routine_id.in_([row.id for row in rows]))
        .order_by(RoutinePersonRow.routine_id, RoutinePersonRow.position)
    )
    order: dict[int, list[int]] = {row.id: [] for row in rows}
    for one in people.all():
        order[one.routine_id].append(one.person_id)
    return [
        RoutineView(
            id=row.id,
            subject_id=row.subject_id,
            state=RoutineState(row.state),
            plan=plan_of(row),
            people=tuple(order[row.id]),
        )
        for row in rows
    ]


async def stands_to(session: Session, person_id: int, row: OccasionRow) -> frozenset[Relation]:
    """Return what somebody is to an occasion, by what it keeps itself: ASKED, HOLDER."""
    await session.flush()
    ask = await session.get(OccasionAskRow, (row.id, person_id), populate_existing=True)
    asked = {Relation.ASKED} if ask is not None else set()
    return frozenset(asked | ({Relation.HOLDER} if row.person_id == person_id else set()))


async def next_has_opened(session: Session, row: OccasionRow, now: datetime) -> bool:
    """Return whether a later occasion of the same routine has opened."""
    later = await session.scalar(
        select(OccasionRow.id)
        .where(
            OccasionRow.routine_id == row.routine_id,
            OccasionRow.opens_at > row.opens_at,
            OccasionRow.opens_at <= now,
        )
        .limit(1)
    )
    return later is not None


async def occasion_of(session: Session, subject: str, occasion_id: int) -> OccasionView | None:
    """Return one occasion of a subject."""
    row = await session.get(OccasionRow, occasion_id, populate_existing=True)
    return None if row is None or row.subject != subject else occasion_view(row)


async def open_occasions(
    session: Session,
    subject: str,
    now: datetime,
    *,
    subject_ids: Iterable[int] | None = None,
) -> list[OccasionView]:
    """List what is to be done now: missed ones that can be covered first, then by their end."""
    found = _of(subject, subject_ids).where(_is_open(now))
    missed_first = (OccasionRow.state != OccasionState.MISSED, OccasionRow.ends_at, OccasionRow.id)
    return await _views(session, found.order_by(*missed_first))


async def due_between(
    session: Session,
    subject: str,
    begins: datetime,
    ends: datetime,
    *,
    subject_ids: Iterable[int] | None = None,
) -> list[OccasionView]:
    """List occasions of any state whose window touches [begins, ends), by their opening."""
    found = _of(subject, subject_ids).where(
        OccasionRow.opens_at < ends, OccasionRow.ends_at > begins
    )
    return await _views(session, found.order_by(OccasionRow.opens_at, OccasionRow.id))


async def asked_of(
    session: Session, subject: str, person_id: int, now: datetime
) -> list[OccasionView]:
    """List what is to be done now that is somebody's, or that they were asked to do and may take.

    By its end. What is theirs and opens later is `coming_of`.
    """
    asked = select(OccasionAskRow.occasion_id).where(OccasionAskRow.person_id == person_id)
    theirs = OccasionRow.person_id == person_id
    nobody_has = and_(
        OccasionRow.id.in_(asked),
        or_(
            OccasionRow.state == OccasionState.DUE,
            and_(OccasionRow.state == OccasionState.MISSED, OccasionRow.person_id.is_(None)),
        ),
    )
    found = _of(subject, None).where(_is_open(now), or_(theirs, nobody_has))
    return await _views(session, found.order_by(OccasionRow.ends_at, OccasionRow.id))


async def coming_of(
    session: Session, subject: str, person_id: int, now: datetime
) -> list[OccasionView]:
    """List what is somebody's and opens later, by its opening."""
    found = _of(subject, None).where(
        OccasionRow.person_id == person_id,
        OccasionRow.state.in_(UNSETTLED),
        OccasionRow.opens_at > now,
    )
    return await _views(session, found.order_by(OccasionRow.opens_at, OccasionRow.id))


async def last_done(
    session: Session, subject: str, subject_ids: Iterable[int]
) -> dict[int, datetime]:
    """Return when a record's occasions were last done or covered; who never was is left out."""
    found = await session.execute(
        select(OccasionRow.subject_id, func.max(OccasionRow.settled_at))
        .where(
            OccasionRow.subject == subject,
            OccasionRow.subject_id.in_([*subject_ids]),
            OccasionRow.done_by.is_not(None),
        )
        .group_by(OccasionRow.subject_id)
    )
    return {record: at for record, at in found.all() if at is not None}


async def counts_between(
    session: Session,
    subject: str,
    begins: datetime,
    ends: datetime,
    *,
    subject_ids: Iterable[int] | None = None,
) -> OccasionCounts:
    """Count the occasions whose window ends in [begins, ends)."""
    which = [OccasionRow.subject == subject]
    if subject_ids is not None:
        which.append(OccasionRow.subject_id.in_([*subject_ids]))
    found = await session.execute(
        select(OccasionRow.state, func.count())
        .where(*which, OccasionRow.ends_at >= begins, OccasionRow.ends_at < ends)
        .group_by(OccasionRow.state)
    )
    by_state: dict[str, int] = {one[0]: one[1] for one in found.all()}
    return OccasionCounts(
        due=sum(by_state.get(state, 0) for state in UNSETTLED),
        done=by_state.get(OccasionState.DONE, 0),
        covered=by_state.get(OccasionState.COVERED, 0),
        missed=by_state.get(OccasionState.MISSED, 0),
        excused=by_state.get(OccasionState.EXCUSED, 0),
    )


async def without_next(session: Session, subject: str, now: datetime) -> list[int]:
    """List running routines of which nothing is planned ahead (ids): the next is to be planned."""
    ahead = exists().where(
        OccasionRow.routine_id == RoutineRow.id,
        OccasionRow.opens_at > now,
        ~OccasionRow.with_routine,
    )
    found = await session.scalars(
        select(RoutineRow.id)
        .where(RoutineRow.subject == subject, RoutineRow.state == RoutineState.RUNNING, ~ahead)
        .order_by(RoutineRow.id)
    )
    return [*found]


def _of(subject: str, subject_ids: Iterable[int] | None) -> Select[OccasionRow]:
    found = select(OccasionRow).where(OccasionRow.subject == subject)
    return found if subject_ids is None else found.where(OccasionRow.subject_id.in_([*subject_ids]))


def _is_open(now: datetime) -> ColumnElement[bool]:
    """Select what has opened and is not settled, and what was missed until the next opens."""
    later = aliased(OccasionRow)
    superseded = exists().where(
        later.routine_id == OccasionRow.routine_id,
        later.opens_at > OccasionRow.opens_at,
        later.opens_at <= now,
    )
    return or_(
        and_(OccasionRow.state.in_(UNSETTLED), OccasionRow.opens_at <= now),
        and_(OccasionRow.state == OccasionState.MISSED, ~superseded),
    )


async def _views(session: Session, found: Select[OccasionRow]) -> list[OccasionView]:
    rows = await session.scalars(found.execution_options(populate_existing=True))
    return [occasion_view(row) for row in rows.all()]


def occasion_view(row: OccasionRow) -> OccasionView:
    """Return what leaves the room of one occasion."""
    return OccasionView(
        id=row.id,
        routine_id=row.routine_id,
        subject_id=row.subject_id,
        state=OccasionState(row.state),
        opens_on=row.opens_on,
        opens_at=row.opens_at,
        ends_at=row.ends_at,
        person_id=row.person_id,
        done_by=row.done_by,
        settled_at=row.settled_at,
    )

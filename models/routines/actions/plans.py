"""Beginning, changing, pausing, ending a routine; planning its next occasion; who does it.

A routine is held before its occasions. What is excused here is excused with its routine: its
reminders are for the subject to cancel.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.sql.expression import ColumnElement

from models.database import Session, insert_once
from models.hours.rules.local_time import day_of
from models.records.changing import hold
from models.records.rules import Refusal
from models.routines.actions.occasions import lapse_asks
from models.routines.lunar import festival_day
from models.routines.queries import next_has_opened, people_of, plan_of
from models.routines.rules import (
    OCCASIONS,
    UNSETTLED,
    Move,
    OccasionState,
    RoutinePlan,
    RoutineState,
    Window,
    WrongPlan,
    next_to_plan,
    span_of,
    wrong_plan,
)
from models.routines.tables import OccasionAskRow, OccasionRow, RoutinePersonRow, RoutineRow


async def start(
    session: Session, subject: str, subject_id: int, plan: RoutinePlan, people: Iterable[int]
) -> RoutineRow | WrongPlan:
    """Begin a routine; `people` do it, in the order in which they are asked. Nothing is planned."""
    if wrong := wrong_plan(plan):
        return wrong
    row = RoutineRow(subject=subject, subject_id=subject_id, state=RoutineState.RUNNING)
    _write(row, plan)
    session.add(row)
    await session.flush()
    await _put(session, row.id, people)
    return row


async def plan_next(
    session: Session, routine_id: int, now: datetime, zone: str
) -> OccasionRow | None:
    """Plan the next occasion where the plan says, whether or not the last was done.

    None where one is planned already, where the routine does not run, and where the calendar ends.
    To be called when a routine begins or goes on, and whenever an occasion opens: the occasion
    before has opened, and of the new one half is still to come.
    """
    routine = await hold(session, RoutineRow, routine_id)
    if routine is None or routine.state != RoutineState.RUNNING:
        return None
    last = await session.scalar(
        select(OccasionRow)
        .where(OccasionRow.routine_id == routine_id, ~OccasionRow.with_routine)
        .order_by(OccasionRow.opens_on.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if last is not None and last.opens_at > now:
        return None
    plan = plan_of(routine)
    after = _around(now, plan, zone)
    if last is not None:
        after = max(after, day_of(last.ends_at, zone) + timedelta(days=1))
    window = next_to_plan(plan, after, now, zone, festival_day)
    return None if window is None else await _planned(session, routine, window, zone)


async def set_people(
    session: Session, routine_id: int, people: Iterable[int], now: datetime
) -> list[int] | Refusal:
    """Say who does a routine from now on, in order.

    Who is no longer among them has nothing of it any more. Returns the occasions that were theirs,
    have opened and are nobody's now (ids): the next can be asked.
    """
    routine = await hold(session, RoutineRow, routine_id)
    if routine is None:
        return Refusal.MISSING
    before, order = await people_of(session, routine_id), [*dict.fromkeys(people)]
    await _put(session, routine_id, order)
    gone = {*before} - {*order}
    return [row.id for row in await _released(session, routine_id, gone, order, now)]


async def replan(
    session: Session, routine_id: int, plan: RoutinePlan, now: datetime
) -> list[int] | WrongPlan | Refusal:
    """Give a routine another plan; what has opened stays, what was to come is excused (ids).

    The next is still to be planned.
    """
    routine = await hold(session, RoutineRow, routine_id)
    if routine is None:
        return Refusal.MISSING
    if routine.state == RoutineState.ENDED:
        return Refusal.WRONG_TIME
    if wrong := wrong_plan(plan):
        return wrong
    _write(routine, plan)
    return await _excused(session, routine_id, now, OccasionRow.opens_at > now)


async def pause(session: Session, routine_id: int, now: datetime) -> list[int] | Refusal:
    """Pause a routine; what is due or taken is excused (ids)."""
    return await _halt(session, routine_id, RoutineState.PAUSED, now)


async def end(session: Session, routine_id: int, now: datetime) -> list[int] | Refusal:
    """End a routine for good; what is due or taken is excused (ids)."""
    return await _halt(session, routine_id, RoutineState.ENDED, now)


async def resume(session: Session, routine_id: int) -> Refusal | None:
    """Let a paused routine go on, by its plan; the next is still to be planned.

    ALREADY where it runs, WRONG_TIME where it has ended.
    """
    routine = await hold(session, RoutineRow, routine_id)
    if routine is None:
        return Refusal.MISSING
    if routine.state != RoutineState.PAUSED:
        running = routine.state == RoutineState.RUNNING
        return Refusal.ALREADY if running else Refusal.WRONG_TIME
    routine.state = RoutineState.RUNNING
    await session.flush()
    return None


async def leave(
    session: Session, person_id: int, now: datetime, *, subject: str | None = None
) -> list[tuple[str, int]]:
    """Let go of somebody who leaves for good: what is theirs is nobody's, they are asked no more.

    Of one subject, or of all. Returns the subjects and occasions that have opened and are nobody's
    now: the next can be asked. That they did one stays, under a number.
    """
    await session.flush()
    of = [] if subject is None else [RoutineRow.subject == subject]
    found = await session.scalars(
        select(RoutineRow.id).where(_binds(person_id), *of).order_by(RoutineRow.id)
    )
    freed = []
    for routine_id in found.all():
        await hold(session, RoutineRow, routine_id)
        order = [one for one in await people_of(session, routine_id) if one != person_id]
        await _put(session, routine_id, order)
        released = await _released(session, routine_id, {person_id}, order, now)
        freed += [(row.subject, row.id) for row in released]
    return freed


def _binds(person_id: int) -> ColumnElement[bool]:
    """Tell whether a routine has to do with somebody."""
    does = select(RoutinePersonRow.routine_id).where(RoutinePersonRow.person_id == person_id)
    asked = (
        select(OccasionRow.routine_id)
        .join(OccasionAskRow, OccasionAskRow.occasion_id == OccasionRow.id)
        .where(OccasionAskRow.person_id == person_id)
    )
    holds = select(OccasionRow.routine_id).where(
        OccasionRow.person_id == person_id,
        OccasionRow.state.in_([*UNSETTLED, OccasionState.MISSED]),
    )
    return or_(RoutineRow.id.in_(does), RoutineRow.id.in_(asked), RoutineRow.id.in_(holds))


def _around(now: datetime, plan: RoutinePlan, zone: str) -> date:
    """Return the first day on which a window opened that can be open still."""
    return day_of(now, zone) - timedelta(days=plan.lasts - 1)


async def _planned(
    session: Session, routine: RoutineRow, window: Window, zone: str
) -> OccasionRow | None:
    """Insert an occasion, or take up one that was excused with its routine; None: it stands."""
    opens_at, ends_at = span_of(window, zone)
    people = await people_of(session, routine.id)
    values = {
        "subject": routine.subject,
        "subject_id": routine.subject_id,
        "routine_id": routine.id,
        "opens_on": window.opens_on,
        "opens_at": opens_at,
        "ends_at": ends_at,
        "state": OccasionState.DUE,
        "person_id": next(iter(people), None),
        "with_routine": False,
    }
    inserted = await insert_once(session, OccasionRow, values)
    row = (
        await session.scalars(
            select(OccasionRow)
            .where(OccasionRow.routine_id == routine.id, OccasionRow.opens_on == window.opens_on)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()
    if not inserted:
        if not row.with_routine:
            return None
        for name, value in values.items():
            setattr(row, name, value)
        row.settled_at = None
        await session.execute(delete(OccasionAskRow).where(OccasionAskRow.occasion_id == row.id))
        await session.flush()
    return row


async def _halt(
    session: Session, routine_id: int, to: RoutineState, now: datetime
) -> list[int] | Refusal:
    routine = await hold(session, RoutineRow, routine_id)
    if routine is None:
        return Refusal.MISSING
    if routine.state in {to, RoutineState.ENDED}:
        return Refusal.ALREADY if routine.state == to else Refusal.WRONG_TIME
    routine.state = to
    return await _excused(session, routine_id, now)


async def _excused(
    session: Session, routine_id: int, now: datetime, *only: ColumnElement[bool]
) -> list[int]:
    """Excuse what is due or taken, with its routine."""
    rows = await _held(session, routine_id, OccasionRow.state.in_(UNSETTLED), *only)
    for row in rows:
        row.state = OCCASIONS.after(row.state, Move.EXCUSE)
        row.settled_at, row.with_routine = now, True
    ids = [row.id for row in rows]
    await lapse_asks(session, ids)
    return ids


async def _released(
    session: Session, routine_id: int, gone: set[int], order: list[int], now: datetime
) -> list[OccasionRow]:
    """Let go of what was of somebody who is gone; what is to come is the first one's.

    Returns those that have opened and are nobody's now, but for missed ones that are past covering.
    """
    theirs = and_(OccasionRow.state == OccasionState.MISSED, OccasionRow.person_id.in_(gone))
    rows = await _held(session, routine_id, or_(OccasionRow.state.in_(UNSETTLED), theirs))
    freed = []
    for row in rows:
        to_come = row.opens_at > now
        if row.person_id in gone:
            row.state = OCCASIONS.after(row.state, Move.CANNOT)
            row.person_id = None
            if not to_come and not await next_has_opened(session, row, now):
                freed.append(row)
        if to_come and row.state == OccasionState.DUE:
            row.person_id = next(iter(order), None)
    await session.flush()
    of = select(OccasionRow.id).where(OccasionRow.routine_id == routine_id)
    asks = OccasionAskRow.occasion_id.in_(of), OccasionAskRow.person_id.in_(gone)
    await session.execute(delete(OccasionAskRow).where(*asks))
    return freed


async def _held(
    session: Session, routine_id: int, *which: ColumnElement[bool]
) -> list[OccasionRow]:
    """Hold occasions of a routine that is held, in their order."""
    await session.flush()
    found = await session.scalars(
        select(OccasionRow)
        .where(OccasionRow.routine_id == routine_id, *which)
        .order_by(OccasionRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [*found]


async def _put(session: Session, routine_id: int, people: Iterable[int]) -> None:
    """Write who does a routine, each once, in order."""
    await session.execute(
        delete(RoutinePersonRow)
        .where(RoutinePersonRow.routine_id == routine_id)
        .execution_options(synchronize_session="fetch")
    )
    session.add_all(
        RoutinePersonRow(routine_id=routine_id, person_id=one, position=place)
        for place, one in enumerate(dict.fromkeys(people))
    )
    await session.flush()


def _write(row: RoutineRow, plan: RoutinePlan) -> None:
    row.rhythm, row.every, row.on_day = plan.rhythm, plan.every, plan.on
    row.festival, row.lead = plan.festival, plan.lead
    row.starts_on, row.lasts = plan.starts_on, plan.lasts

"""What the clock does about rounds and walks; what becomes of them when somebody leaves."""

from datetime import datetime

from sqlalchemy import or_, select, update

from models.database import Session
from models.hours.rules.quiet import out_of_quiet
from models.inspections.actions.rounds import plan_ahead
from models.inspections.notices import InspectionNotice, InspectionReminder, WalkNotice
from models.inspections.records import (
    ROUND_OCCASION,
    ROUNDS,
    WALKS,
    OccasionChange,
    RoundChange,
    who_answers,
    who_else,
)
from models.inspections.rules import (
    NAME,
    SEEN_WITHIN,
    InspectionRoundState,
    WalkState,
    turned,
)
from models.inspections.tables import (
    InspectionMissRow,
    InspectionPointRow,
    InspectionRoundRow,
    InspectionRow,
)
from models.outbox.actions import forget_about
from models.people.desk import works_at
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, wake
from models.records.rules import Refusal
from models.reminders.views import Due
from models.routines.actions import occasions
from models.routines.actions import plans as routines
from models.routines.queries import people_of
from models.routines.rules import UNSETTLED, OccasionState
from models.routines.tables import OccasionRow, RoutinePersonRow


async def due_round(session: Session, due: Due, now: datetime) -> None:
    """Tell whose turn it is, let the next in turn be first, and plan the next time."""
    change = await _occasion(session, due, now)
    if change is None:
        return
    of = await _round(change)
    if change.row.state in UNSETTLED and now < change.row.ends_at:
        await _tell_turn(change, of, late=due.late)
    order = await people_of(session, change.row.routine_id)
    first = next(iter(order), None)
    await routines.set_people(session, change.row.routine_id, turned(order, first), now)
    await plan_ahead(of)


async def _tell_turn(change: OccasionChange, of: RoundChange, *, late: bool) -> None:
    """Tell whoever has taken it; else the next in turn who works there still."""
    occasion_id = change.row.id
    if change.row.state == OccasionState.TAKEN:
        turn: int | None = change.row.person_id
    else:
        turn = await _next_in_turn(change, of)
    if turn is not None:
        await of.tell(InspectionNotice.DUE, [turn], occasion=occasion_id, late=late)
    else:
        await of.tell(InspectionNotice.NOBODY, await who_answers(of.session, of.row.place_id))


async def _next_in_turn(change: OccasionChange, of: RoundChange) -> int | None:
    path = (await of.session.get_one(PlaceRow, of.row.place_id)).path
    asked = await occasions.ask_next(change)
    while isinstance(asked, int) and not await works_at(change.session, asked, path):
        asked = await occasions.ask_next(change)  # who has lost the role walks no more
    if isinstance(asked, Refusal) or asked is None:
        return None
    change.row.person_id = asked
    await change.session.flush()
    return asked


async def missed_round(session: Session, due: Due, now: datetime) -> None:
    """Note what nobody has walked as missed, and tell whoever answers for the place."""
    change = await _occasion(session, due, now)
    if change is None or isinstance(await occasions.miss(change), Refusal):
        return
    of, occasion_id = await _round(change), change.row.id
    session.add(InspectionMissRow(occasion_id=occasion_id, round_id=of.row.id, missed_at=now))
    await of.finish()
    people = await who_answers(session, of.row.place_id)
    await of.tell(InspectionNotice.MISSED, people, occasion=occasion_id, late=due.late)
    again = out_of_quiet(now + SEEN_WITHIN, policy_of(session).quiet)
    await of.remind(InspectionReminder.UNSEEN, again, occasion=occasion_id)


async def unseen_round(session: Session, due: Due, now: datetime) -> None:
    """Tell the street and the desk what was missed, where nobody has said that they know."""
    change = await _occasion(session, due, now)
    miss = None if change is None else await session.get(InspectionMissRow, change.row.id)
    if change is None or miss is None or miss.seen_at is not None:
        return
    of = await _round(change)
    people = await who_else(session, of.row.place_id)
    await of.tell(InspectionNotice.UNSEEN, people, occasion=change.row.id, late=due.late)


async def _occasion(session: Session, due: Due, now: datetime) -> OccasionChange | None:
    occasion_id = due.detail.get("occasion")
    return (
        await wake(session, ROUND_OCCASION, occasion_id, now)
        if isinstance(occasion_id, int)
        else None
    )


async def _round(change: OccasionChange) -> RoundChange:
    row = await change.session.get_one(
        InspectionRoundRow, change.row.subject_id, populate_existing=True
    )
    return RecordChange(change.session, ROUNDS, row, None, change.now)


async def half_walk(session: Session, due: Due, now: datetime) -> None:
    """Tell whoever walks that a walk is half-done."""
    change = await wake(session, WALKS, due.subject_id, now)
    if change is not None and change.row.state == WalkState.OPEN:
        by_id = change.row.by_id
        people = await who_answers(session, change.row.place_id) if by_id is None else [by_id]
        await change.tell(WalkNotice.HALF, people, late=due.late)


async def erase_walk(session: Session, due: Due, now: datetime) -> None:
    """Erase who walked and who marked; what was found stays."""
    change = await wake(session, WALKS, due.subject_id, now)
    if change is None or change.row.state == WalkState.OPEN:
        return
    change.row.by_id = None
    of = InspectionPointRow.inspection_id == change.row.id
    await session.execute(update(InspectionPointRow).where(of).values(by_id=None))
    await session.flush()
    await forget_about(session, [*WalkNotice], change.row.id)


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """Hand back the walks and rounds of somebody who leaves for good; the secretary is told."""
    walks = await session.scalars(
        select(InspectionRow.id)
        .where(InspectionRow.by_id == person_id, InspectionRow.state == WalkState.OPEN)
        .order_by(InspectionRow.id)
    )
    for walk_id in [*walks]:
        walk = await wake(session, WALKS, walk_id, now)
        if walk is not None:
            walk.row.by_id = None
            await walk.finish()
    found = await _rounds_of(session, person_id)
    rounds = [await wake(session, ROUNDS, one, now) for one in found]
    await routines.leave(session, person_id, now, subject=NAME)
    for of in rounds:
        if of is not None and of.row.state == InspectionRoundState.ON:
            await of.finish()
            await of.tell(InspectionNotice.NOBODY, await who_answers(session, of.row.place_id))


async def _rounds_of(session: Session, person_id: int) -> list[int]:
    """List the rounds that somebody walks in turn, or has taken (ids)."""
    walks = select(RoutinePersonRow.routine_id).where(RoutinePersonRow.person_id == person_id)
    taken = select(OccasionRow.subject_id).where(
        OccasionRow.subject == NAME,
        OccasionRow.person_id == person_id,
        OccasionRow.state.in_([*UNSETTLED, OccasionState.MISSED]),
    )
    theirs = or_(InspectionRoundRow.routine_id.in_(walks), InspectionRoundRow.id.in_(taken))
    found = await session.scalars(
        select(InspectionRoundRow.id).where(theirs).order_by(InspectionRoundRow.id)
    )
    return [*found]


async def _standing(session: Session, path: str) -> int:
    rounds = await count_below(
        session,
        InspectionRoundRow.place_id,
        path,
        InspectionRoundRow.state == InspectionRoundState.ON,
    )
    open_walks = InspectionRow.state == WalkState.OPEN
    return rounds + await count_below(session, InspectionRow.place_id, path, open_walks)


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_standing)

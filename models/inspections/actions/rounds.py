"""Setting up a round, saying who walks it, letting one time go, ending it; its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.hours.rules.local_time import day_of
from models.inspections.actions.checklists import sheet_to_walk
from models.inspections.notices import InspectionReminder
from models.inspections.queries import checklists_at, history
from models.inspections.records import (
    ROUND_OCCASION,
    ROUNDS,
    RoundChange,
    due_now,
)
from models.inspections.rules import (
    MOST_WALKERS,
    NAME,
    TITLE_LENGTH,
    BadRound,
    InspectionOutcome,
    InspectionRoundMove,
    InspectionRoundState,
    RoundPlan,
    plan_for,
    wrong_round,
)
from models.inspections.tables import InspectionMissRow, InspectionRoundRow
from models.inspections.views import RoundHistory
from models.people.desk import works_at
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_standing
from models.places.tables import PlaceRow
from models.places.views import Place
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.routines.actions import occasions
from models.routines.actions import plans as routines
from models.routines.rules import UNSETTLED, WrongPlan
from models.text import clean_line


@dataclass(frozen=True)
class RoundSetUp:
    """What became of a plan."""

    outcome: InspectionOutcome | Refusal | BadRound
    round_id: int | None = None


async def set_up(
    session: Session, actor: Person, place_id: int, plan: RoundPlan, *, now: datetime
) -> RoundSetUp:
    """Set up a round at a place (SET_UP), its first time planned; the desk of the place does.

    ALREADY with its number where this form was sent before.
    """
    place = await find_standing(session, place_id)
    if place is None:
        return RoundSetUp(Refusal.MISSING)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "set_up"})
        return RoundSetUp(Refusal.NOT_ALLOWED)
    zone = policy_of(session).zone
    if bad := wrong_round(plan, day_of(now, zone)):
        return RoundSetUp(bad)
    if bad := await _not_there(session, actor, place, plan):
        return RoundSetUp(bad)
    by_token = select(InspectionRoundRow.id).where(InspectionRoundRow.token == plan.token)
    if (sent := await session.scalar(by_token)) is not None:
        return RoundSetUp(Refusal.ALREADY, sent)
    await sheet_to_walk(session, plan.checklist, now=now)
    row = _row_of(plan, place.id, actor.id, now)
    session.add(row)
    await session.flush()
    starts = plan_for(plan.rhythm, plan.starts_on)
    routine = await routines.start(session, NAME, row.id, starts, plan.walkers)
    if isinstance(routine, WrongPlan):
        raise TypeError(f"a preset is no plan: {routine}")
    row.routine_id = routine.id
    await plan_ahead(RecordChange(session, ROUNDS, row, actor.id, now))
    return RoundSetUp(InspectionOutcome.SET_UP, row.id)


async def _not_there(
    session: Session, actor: Person, place: Place, plan: RoundPlan
) -> BadRound | None:
    """Return whether what a plan names is not there: the checklist, or people who work there."""
    offered = {one.code for one in await checklists_at(session, actor, place.id)}
    if plan.checklist not in offered:
        return BadRound.CHECKLIST
    return None if await _all_work(session, plan.walkers, place.path) else BadRound.WALKERS


async def _all_work(session: Session, people: Iterable[int], path: str) -> bool:
    return all([await works_at(session, one, path) for one in people])


def _row_of(plan: RoundPlan, place_id: int, actor_id: int, now: datetime) -> InspectionRoundRow:
    return InspectionRoundRow(
        state=InspectionRoundState.ON,
        place_id=place_id,
        token=plan.token,
        title=clean_line(plan.title, TITLE_LENGTH),
        checklist=plan.checklist,
        body=plan.body,
        made_by=actor_id,
        made_at=now,
    )


async def plan_ahead(change: RoundChange) -> None:
    """Plan the next time of a round where its plan says, with its reminders."""
    session, zone = change.session, policy_of(change.session).zone
    row = await routines.plan_next(session, _routine(change), change.now, zone)
    if row is not None:
        await change.remind(InspectionReminder.DUE, row.opens_at, occasion=row.id)
        await change.remind(InspectionReminder.MISSED, row.ends_at, occasion=row.id)


async def choose_walkers(
    session: Session, actor: Person, round_id: int, people: Sequence[int], *, now: datetime
) -> InspectionOutcome | Refusal:
    """Say who walks a round, in turn (CHOSEN); BAD_CHOICE for who does not work there."""
    change = await begin(session, ROUNDS, round_id, InspectionRoundMove.CHOOSE, actor, now)
    if isinstance(change, Refusal):
        return change
    path = (await session.get_one(PlaceRow, change.row.place_id)).path
    chosen = [*dict.fromkeys(people)]
    if not 1 <= len(chosen) <= MOST_WALKERS or not await _all_work(session, chosen, path):
        return Refusal.BAD_CHOICE
    await routines.set_people(session, _routine(change), chosen, now)
    await change.finish()
    return InspectionOutcome.CHOSEN


async def excuse_once(
    session: Session, actor: Person, round_id: int, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Let what is due of a round go this once (EXCUSED); WRONG_TIME where nothing is due."""
    change = await begin(session, ROUNDS, round_id, InspectionRoundMove.EXCUSE, actor, now)
    if isinstance(change, Refusal):
        return change
    due = await due_now(session, round_id, now)
    row = None if due is None else await ROUND_OCCASION.held(session, due.id)
    if row is None or row.state not in UNSETTLED:
        return Refusal.WRONG_TIME
    occasion = RecordChange(session, ROUND_OCCASION, row, actor.id, now)
    await occasions.excuse(occasion)
    await change.finish()
    return InspectionOutcome.EXCUSED


async def see_missed(
    session: Session, actor: Person, round_id: int, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Say that one knows what was missed of a round (SEEN); ALREADY where somebody has."""
    change = await begin(session, ROUNDS, round_id, InspectionRoundMove.SEE, actor, now)
    if isinstance(change, Refusal):
        return change
    if not await note_seen(change):
        return Refusal.ALREADY
    await change.finish()
    return InspectionOutcome.SEEN


async def note_seen(change: RoundChange) -> int:
    """Note that the desk of a round knows what was missed, and return how many times that were."""
    unseen = InspectionMissRow.round_id == change.row.id, InspectionMissRow.seen_at.is_(None)
    found = await change.session.execute(
        update(InspectionMissRow)
        .where(*unseen)
        .values(seen_at=change.now)
        .returning(InspectionMissRow.occasion_id)
        .execution_options(synchronize_session="fetch")
    )
    await change.cancel([InspectionReminder.UNSEEN], "seen")
    return len(found.all())


async def end_round(
    session: Session, actor: Person, round_id: int, *, now: datetime
) -> InspectionOutcome | Refusal:
    """End a round for good (ENDED); a walk that was begun can still be finished."""
    change = await begin(session, ROUNDS, round_id, InspectionRoundMove.END, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(InspectionRoundMove.END)
    await routines.end(session, _routine(change), now)
    await change.cancel(InspectionReminder, "the round ended")
    await change.finish()
    return InspectionOutcome.ENDED


def _routine(change: RoundChange) -> int:
    if change.row.routine_id is None:
        raise LookupError(f"round {change.row.id} has no routine")
    return change.row.routine_id


async def history_to_print(
    session: Session, actor: Person, round_id: int, *, now: datetime
) -> RoundHistory | Refusal:
    """Return what became of a round, for a spreadsheet; that it was made is on record."""
    found = await history(session, actor, round_id, now=now)
    if isinstance(found, RoundHistory):
        await record(
            session,
            AuditAct.SHEET_MADE,
            now=now,
            actor_id=actor.id,
            subject=NAME,
            subject_id=round_id,
        )
    return found

"""Walking: begun, point by point, a step back, finished, dropped. Whoever marks has taken over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from models.audit.actions import deny
from models.categories import Body
from models.database import Session, insert_once
from models.hazards.actions.finding import find
from models.hazards.rules import Finding, FindOutcome, HazardLevel
from models.hours.rules.quiet import out_of_quiet
from models.inspections.actions.checklists import sheet_to_walk
from models.inspections.actions.rounds import note_seen
from models.inspections.notices import WalkReminder
from models.inspections.queries import checklists_at
from models.inspections.records import (
    ROUND_OCCASION,
    ROUNDS,
    WALKS,
    WALKS_NAME,
    WalkChange,
    due_now,
    half_done,
    marks_of,
    points_of,
    sheet_by_id,
    show_round,
    walk_of,
    walks_of,
)
from models.inspections.rules import (
    GO_ON_AFTER,
    SPOT_LENGTH,
    BadFinding,
    InspectionOutcome,
    InspectionPolicy,
    InspectionRoundMove,
    WalkMark,
    WalkMove,
    WalkState,
    point_at,
)
from models.inspections.tables import InspectionPointRow, InspectionRow
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_standing
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.routines.actions import occasions
from models.routines.rules import UNSETTLED, OccasionOutcome, OccasionState
from models.routines.tables import OccasionRow
from models.sheets.rules.fields import SheetField

NOT_FOUND: dict[FindOutcome, InspectionOutcome | Refusal] = {
    FindOutcome.NO_SPOT: InspectionOutcome.NO_SPOT,
    FindOutcome.BAD_DATE: InspectionOutcome.BAD_DUE,
    FindOutcome.NO_AUTHORITY: InspectionOutcome.NO_AUTHORITY,
    FindOutcome.BAD_CHOICE: Refusal.BAD_CHOICE,
    FindOutcome.NOT_ALLOWED: Refusal.NOT_ALLOWED,
}


@dataclass(frozen=True)
class WalkBegun:
    """What became of beginning a walk."""

    outcome: InspectionOutcome | Refusal
    walk_id: int | None = None


async def begin_walk(session: Session, actor: Person, round_id: int, *, now: datetime) -> WalkBegun:
    """Begin to walk a round (BEGUN), whether it is due or not; what is due is theirs then.

    GOES_ON with the walk that there is, where one was begun and not finished, by whomever.
    """
    change = await begin(session, ROUNDS, round_id, InspectionRoundMove.WALK, actor, now)
    if isinstance(change, Refusal):
        return WalkBegun(change)
    if (half := await half_done(session, round_id)) is not None:
        await note_seen(change)
        await change.finish()
        return WalkBegun(InspectionOutcome.GOES_ON, half.id)
    sheet = await sheet_to_walk(session, change.row.checklist, now=now)
    if sheet is None:
        return WalkBegun(Refusal.BAD_CHOICE)
    due = await due_now(session, round_id, now)
    occasion = None if due is None else await ROUND_OCCASION.held(session, due.id)
    row = InspectionRow(
        state=WalkState.OPEN,
        place_id=change.row.place_id,
        round_id=round_id,
        occasion_id=await _taken(session, occasion, actor, now),
        token=f"round:{round_id}:{await walks_of(session, round_id)}",
        body=change.row.body,
        sheet_id=sheet.id,
        by_id=actor.id,
        begun_at=now,
    )
    session.add(row)
    await session.flush()
    await _go_on_later(RecordChange(session, WALKS, row, actor.id, now))
    await note_seen(change)  # who goes now knows what was missed
    await change.finish()
    return WalkBegun(InspectionOutcome.BEGUN, row.id)


async def _taken(
    session: Session, occasion: OccasionRow | None, actor: Person, now: datetime
) -> int | None:
    """Make a held occasion theirs; None where there is none, or it has a walk that was finished."""
    if occasion is None:
        return None
    if await walk_of(session, occasion.id) is not None:
        return None
    if occasion.state in {OccasionState.DUE, OccasionState.MISSED}:
        change = RecordChange(session, ROUND_OCCASION, occasion, actor.id, now)
        await occasions.take(change, actor.id)
    return occasion.id


async def _go_on_later(change: WalkChange) -> None:
    at = out_of_quiet(change.now + GO_ON_AFTER, policy_of(change.session).quiet)
    await change.remind(WalkReminder.HALF, at)


async def walk_freely(
    session: Session,
    actor: Person,
    place_id: int,
    checklist: str,
    body: Body,
    *,
    token: str,
    now: datetime,
) -> WalkBegun:
    """Begin a walk that belongs to no round (BEGUN); the same form begins one (GOES_ON)."""
    place = await find_standing(session, place_id)
    if place is None:
        return WalkBegun(Refusal.MISSING)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, WALKS_NAME, now=now, detail={"tried": "walk"})
        return WalkBegun(Refusal.NOT_ALLOWED)
    offered = {one.code for one in await checklists_at(session, actor, place.id)}
    sheet = await sheet_to_walk(session, checklist, now=now) if checklist in offered else None
    if sheet is None:
        return WalkBegun(Refusal.BAD_CHOICE)
    values = {
        "state": WalkState.OPEN,
        "place_id": place.id,
        "token": token,
        "body": body,
        "sheet_id": sheet.id,
        "by_id": actor.id,
        "begun_at": now,
    }
    fresh = await insert_once(session, InspectionRow, values)
    row = (await session.scalars(select(InspectionRow).where(InspectionRow.token == token))).one()
    if not fresh:
        return WalkBegun(InspectionOutcome.GOES_ON, row.id)
    await _go_on_later(RecordChange(session, WALKS, row, actor.id, now))
    return WalkBegun(InspectionOutcome.BEGUN, row.id)


async def mark_point(
    session: Session, actor: Person, walk_id: int, at: int, mark: WalkMark, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Say of a point (by its number, from 0) that it is in order, or that there is none (MARKED).

    What is bad is said by `mark_bad`. MARKED_ALREADY where anybody has said something of it.
    """
    change = await begin(session, WALKS, walk_id, WalkMove.MARK, actor, now)
    if isinstance(change, Refusal):
        return change
    field = await _field(change, at)
    if field is None or mark is WalkMark.BAD:
        return Refusal.BAD_CHOICE
    if field.key in await points_of(session, walk_id):
        return InspectionOutcome.MARKED_ALREADY
    return await _note(change, field, mark)


async def mark_bad(
    session: Session, actor: Person, walk_id: int, at: int, found: BadFinding, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Say of a point that it is bad: a hazard is opened at the place of the walk (MARKED)."""
    change = await begin(session, WALKS, walk_id, WalkMove.MARK, actor, now)
    if isinstance(change, Refusal):
        return change
    field = await _field(change, at)
    if field is None:
        return Refusal.BAD_CHOICE
    if field.key in await points_of(session, walk_id):
        return InspectionOutcome.MARKED_ALREADY
    finding = Finding(
        token=f"walk:{walk_id}:{field.key}",
        place_id=change.row.place_id,
        spot=found.spot.strip() or field.words.said(actor.language)[:SPOT_LENGTH],
        kind=found.kind,
        level=found.level,
        due_on=found.due_on if found.level is HazardLevel.BY_DATE else None,
        authority=found.authority,
        photos=() if found.photo is None else (found.photo,),
        inspection_id=walk_id,
    )
    made = await find(session, actor, finding, now=now)
    if made.outcome in NOT_FOUND:
        return NOT_FOUND[made.outcome]
    return await _note(change, field, WalkMark.BAD, made.hazard_id)


async def _field(change: WalkChange, at: int) -> SheetField | None:
    fields = (await sheet_by_id(change.session, change.row.sheet_id)).fields
    return fields[at] if 0 <= at < len(fields) else None


async def _note(
    change: WalkChange, field: SheetField, mark: WalkMark, hazard_id: int | None = None
) -> InspectionOutcome:
    change.session.add(
        InspectionPointRow(
            inspection_id=change.row.id,
            key=field.key,
            mark=mark,
            hazard_id=hazard_id,
            at=change.now,
            by_id=change.actor_id,
        )
    )
    change.row.by_id = change.actor_id
    await change.finish()
    return InspectionOutcome.MARKED


async def step_back(
    session: Session, actor: Person, walk_id: int, at: int, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Take back what was said of the point before the one that is shown (TAKEN_BACK).

    HAZARD_STANDS where it opened a hazard; WRONG_TIME where the walk has gone on meanwhile, so
    that a tap that comes twice takes back one.
    """
    change = await begin(session, WALKS, walk_id, WalkMove.BACK, actor, now)
    if isinstance(change, Refusal):
        return change
    keys = [one.key for one in (await sheet_by_id(session, change.row.sheet_id)).fields]
    points = await points_of(session, walk_id)
    shown = point_at(keys, points)
    if at != (len(keys) if shown is None else shown):
        return Refusal.WRONG_TIME
    last = points.get(keys[at - 1]) if at else None
    if last is None:
        return InspectionOutcome.NOTHING_BEFORE
    if last.hazard_id is not None:
        return InspectionOutcome.HAZARD_STANDS
    await session.execute(delete(InspectionPointRow).where(InspectionPointRow.id == last.id))
    await change.finish()
    return InspectionOutcome.TAKEN_BACK


async def finish_walk(
    session: Session, actor: Person, walk_id: int, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Finish a walk of which every point is said (FINISHED): what was due is done, or covered.

    FINISHED_LATE where the next time of its round has opened: what was missed stays missed.
    """
    change = await begin(session, WALKS, walk_id, WalkMove.FINISH, actor, now)
    if isinstance(change, Refusal):
        return change
    keys = [one.key for one in (await sheet_by_id(session, change.row.sheet_id)).fields]
    if point_at(keys, marks_of(await points_of(session, walk_id))) is not None:
        return InspectionOutcome.POINTS_LEFT
    change.make(WalkMove.FINISH)
    change.row.finished_at, change.row.by_id = now, actor.id
    await change.cancel([WalkReminder.HALF], "finished")
    await change.remind(
        WalkReminder.ERASE, now + policy_of(session, InspectionPolicy).keep_inspectors
    )
    await _know_what_was_missed(change)  # holds the round, as all do before its time
    settled = await _settled(change, actor)
    await change.finish()
    await show_round(session, change.row.round_id, now)
    late = settled is Refusal.TOO_LATE
    return InspectionOutcome.FINISHED_LATE if late else InspectionOutcome.FINISHED


async def _know_what_was_missed(change: WalkChange) -> None:
    """Note that the desk knows what was missed of the round of a walk: it has just been there."""
    row = (
        None
        if change.row.round_id is None
        else await ROUNDS.held(change.session, change.row.round_id)
    )
    if row is not None:
        await note_seen(RecordChange(change.session, ROUNDS, row, change.actor_id, change.now))


async def _settled(change: WalkChange, actor: Person) -> OccasionOutcome | Refusal | None:
    """Note the occasion of a walk as done, or covered; None where there is nothing to note."""
    session, occasion_id = change.session, change.row.occasion_id
    if occasion_id is None and change.row.round_id is not None:  # it has opened since
        due = await due_now(session, change.row.round_id, change.now)
        occasion_id = None if due is None else due.id
    row = None if occasion_id is None else await ROUND_OCCASION.held(session, occasion_id)
    if row is None or await walk_of(session, row.id) not in {None, change.row.id}:
        return None
    change.row.occasion_id = row.id
    occasion = RecordChange(session, ROUND_OCCASION, row, actor.id, change.now)
    if row.state in UNSETTLED:
        return await occasions.do(occasion, actor.id)
    if row.state == OccasionState.MISSED:
        return await occasions.cover(occasion, actor.id)
    return None


async def drop_walk(
    session: Session, actor: Person, walk_id: int, *, now: datetime
) -> InspectionOutcome | Refusal:
    """Drop a walk that was begun by mistake (DROPPED); its time of the round is nobody's again.

    HAS_HAZARDS where something was found in it.
    """
    change = await begin(session, WALKS, walk_id, WalkMove.DROP, actor, now)
    if isinstance(change, Refusal):
        return change
    points = await points_of(session, walk_id)
    if any(one.hazard_id is not None for one in points.values()):
        return InspectionOutcome.HAS_HAZARDS
    change.make(WalkMove.DROP)
    await change.cancel(WalkReminder, "dropped")
    await change.remind(
        WalkReminder.ERASE, now + policy_of(session, InspectionPolicy).keep_inspectors
    )
    await hand_back(change)
    await change.finish()
    await show_round(session, change.row.round_id, now)
    return InspectionOutcome.DROPPED


async def hand_back(change: WalkChange) -> None:
    """Let go of the occasion of a walk: somebody else can begin it."""
    session, occasion_id = change.session, change.row.occasion_id
    change.row.occasion_id = None
    row = None if occasion_id is None else await ROUND_OCCASION.held(session, occasion_id)
    taken = {OccasionState.TAKEN, OccasionState.MISSED}
    if row is not None and row.person_id is not None and row.state in taken:
        occasion = RecordChange(session, ROUND_OCCASION, row, change.actor_id, change.now)
        await occasions.cannot(occasion, row.person_id)

"""Saying on which days one comes, standing by, stepping in."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from models.callups.queries import (
    CALLUPS,
    PARTS,
    days_of,
    filled,
    parts_for,
)
from models.callups.rules import (
    REST,
    STAND_IN_WITHIN,
    CallupOutcome,
    Move,
    Notice,
    PartState,
    Reminder,
    lane_of,
    too_many_days,
    where_needed,
)
from models.callups.tables import (
    CallupAskRow,
    CallupPartRow,
    CallupRow,
    GrownUpRow,
)
from models.database import Session
from models.outbox.crowd import notify_people
from models.people.holding import hold_person
from models.people.views import Person
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import open_of
from models.seats.rules import SeatOutcome, SeatState, Took
from models.seats.tables import SeatRow

Callup = RecordChange[CallupRow]


async def come(
    session: Session,
    actor: Person,
    callup_id: int,
    day: date,
    *,
    now: datetime,
    grown_up: bool = False,
) -> CallupOutcome | Refusal:
    """Come on a day (COMING), or stand by where it is full (STANDING_BY).

    One goes where most are missing. ASK_AGE until they have said (`grown_up`) that they are grown
    up; TOO_MANY_DAYS, ELSEWHERE, ENOUGH as they say; TOO_LATE once the day has begun.
    """
    await hold_person(session, actor.id)  # who says yes to two call-ups at once gets one
    change = await begin(session, CALLUPS, callup_id, Move.COME, actor, now)
    if isinstance(change, Refusal):
        return change
    parts = [one for one in await parts_for(session, callup_id, actor.id) if one.day == day]
    if why := await _why_not(change, actor.id, parts, grown_up=grown_up):
        return why
    options = [one for one in parts if one.state == PartState.OPEN]
    needed = where_needed(await filled(session, options))
    if needed is None:
        return Refusal.BAD_CHOICE
    part = next(one for one in options if one.id == needed.part_id)
    took = await seats.take(of_part(change, part), actor.id)
    if isinstance(took, Refusal):
        return took
    await _answered(change, actor.id, stands_by=took is Took.WAITING)
    await change.finish_for(actor.id)
    await show_board(change)
    return CallupOutcome.COMING if took is Took.HELD else CallupOutcome.STANDING_BY


async def _why_not(
    change: Callup, person_id: int, parts: list[CallupPartRow], *, grown_up: bool
) -> CallupOutcome | Refusal | None:
    """Return why somebody cannot come on a day; what they say of their age is kept."""
    session, now = change.session, change.now
    if not parts:
        return Refusal.BAD_CHOICE
    mine = {one for one, _state in await open_of(session, person_id, PARTS.name)}
    if any(one.id in mine for one in parts):
        return Refusal.ALREADY
    if now >= parts[0].starts_at:
        return Refusal.TOO_LATE
    if change.row.enough_at is not None:
        return CallupOutcome.ENOUGH
    if not await _is_grown_up(session, person_id, now, says=grown_up):
        return CallupOutcome.ASK_AGE
    return _beside(await days_of(session, person_id, drill=change.row.drill), parts[0])


def _beside(held: Sequence[CallupPartRow], wanted: CallupPartRow) -> CallupOutcome | None:
    """Return why somebody cannot come to a part beside what they come to already."""
    if any(_overlap(one, wanted) for one in held):
        return CallupOutcome.ELSEWHERE
    run = too_many_days({one.day for one in held}, wanted.day)
    return CallupOutcome.TOO_MANY_DAYS if run else None


def _overlap(one: CallupPartRow, other: CallupPartRow) -> bool:
    """Return whether two parts are on one day, or leave no time to rest between them."""
    apart = one.ends_at + REST <= other.starts_at or other.ends_at + REST <= one.starts_at
    return one.day == other.day or not apart


async def _is_grown_up(session: Session, person_id: int, now: datetime, *, says: bool) -> bool:
    known = await session.get(GrownUpRow, person_id)
    if known is None and says:
        session.add(GrownUpRow(person_id=person_id, said_at=now))
        await session.flush()
    return known is not None or says


async def stay_away(
    session: Session, actor: Person, callup_id: int, day: date, *, now: datetime
) -> CallupOutcome | Refusal:
    """Not come on a day after all (NOT_COMING): the first who stands by is asked at once."""
    change = await begin(session, CALLUPS, callup_id, Move.COME, actor, now)
    if isinstance(change, Refusal):
        return change
    mine = {one for one, _state in await open_of(session, actor.id, PARTS.name)}
    parts = await parts_for(session, callup_id, actor.id)
    part = next((one for one in parts if one.day == day and one.id in mine), None)
    if part is None:
        return Refusal.ALREADY
    gone = await seats.let_go(of_part(change, part), actor.id)
    if isinstance(gone, Refusal):
        return gone
    await _answered(change, actor.id)
    await change.finish_for(actor.id)
    await fill_up(change, part)
    await show_board(change)
    return CallupOutcome.NOT_COMING


async def decline(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Come on no day (NOT_THIS_TIME); nobody asks them again. Days said before are given back."""
    change = await begin(session, CALLUPS, callup_id, Move.COME, actor, now)
    if isinstance(change, Refusal):
        return change
    mine = {one for one, _state in await open_of(session, actor.id, PARTS.name)}
    for part in await parts_for(session, callup_id, actor.id):
        if part.id in mine and part.state == PartState.OPEN and now < part.starts_at:
            await seats.let_go(of_part(change, part), actor.id)
            await fill_up(change, part)
    await _answered(change, actor.id)
    await change.finish_for(actor.id)
    await show_board(change)
    return CallupOutcome.NOT_THIS_TIME


async def stand_in(
    session: Session, actor: Person, callup_id: int, *, comes: bool, now: datetime
) -> CallupOutcome | Refusal:
    """Take a place that became free (STANDING_IN), or leave it to the next (NOT_COMING)."""
    await hold_person(session, actor.id)  # who says yes to two call-ups at once gets one
    change = await begin(session, CALLUPS, callup_id, Move.COME, actor, now)
    if isinstance(change, Refusal):
        return change
    asked = {
        one
        for one, state in await open_of(session, actor.id, PARTS.name)
        if state is SeatState.ASKED
    }
    parts = await parts_for(session, callup_id, actor.id)
    part = next((one for one in parts if one.id in asked and now < one.starts_at), None)
    if part is None:
        return Refusal.TOO_LATE
    drill = change.row.drill
    held = [one for one in await days_of(session, actor.id, drill=drill) if one.id != part.id]
    if comes and (why := _beside(held, part)):
        return why
    said = await seats.answer(of_part(change, part), actor.id, comes=comes)
    if isinstance(said, Refusal):
        return said
    await change.finish_for(actor.id)
    await fill_up(change, part)
    await show_board(change)
    return CallupOutcome.STANDING_IN if said is SeatOutcome.HELD else CallupOutcome.NOT_COMING


async def fill_up(change: Callup, part: CallupPartRow) -> None:
    """Ask the first who stands by whether they take what became free; they have half an hour.

    Who stands by at another site on that day is asked where nobody does at this one. Where still
    somebody is missing, the next round is asked at once.
    """
    if part.state != PartState.OPEN or change.now >= part.starts_at:
        return
    one = of_part(change, part)
    for person_id in await seats.lapse_for_good(one):
        await change.finish_for(person_id)
    until = min(change.now + STAND_IN_WITHIN, part.starts_at)
    asked = list((await seats.ask_next(one, until)).asked)
    (full,) = await filled(change.session, [part])
    if full.free:
        asked += await _from_beside(change, part, full.free, until)
    if full.free > len(asked) and change.row.enough_at is None:
        await change.remind(Reminder.RING, change.now)
    if asked:
        await change.remind(Reminder.STAND_IN, until)
        await notify_people(
            change.session,
            asked,
            kind=Notice.STAND_IN,
            subject_id=change.row.id,
            now=change.now,
            lane=lane_of(Notice.STAND_IN, drill=change.row.drill),
            detail={"day": part.day.isoformat()},
            name=None,
        )
    await change.session.flush()


async def _from_beside(
    change: Callup, part: CallupPartRow, missing: int, until: datetime
) -> list[int]:
    """Ask who stands by at another site of that day, of the same team, first come first."""
    beside = (
        select(SeatRow.person_id, CallupPartRow)
        .join(CallupPartRow, CallupPartRow.id == SeatRow.subject_id)
        .where(
            SeatRow.subject == PARTS.name,
            SeatRow.state == SeatState.WAITING,
            CallupPartRow.callup_id == change.row.id,
            CallupPartRow.day == part.day,
            CallupPartRow.id != part.id,
            CallupPartRow.team_id.is_(None)
            if part.team_id is None
            else CallupPartRow.team_id == part.team_id,
        )
        .order_by(SeatRow.id)
        .limit(missing)
    )
    asked = []
    for person_id, other in (await change.session.execute(beside)).all():
        if await seats.ask(of_part(change, part), person_id, until):
            await seats.let_go(of_part(change, other), person_id)
            asked.append(person_id)
    return asked


async def _answered(change: Callup, person_id: int, *, stands_by: bool = False) -> None:
    """Note that somebody has answered: the clock asks them no more."""
    session, callup_id = change.session, change.row.id
    found = await session.scalars(
        select(CallupAskRow).where(
            CallupAskRow.callup_id == callup_id, CallupAskRow.person_id == person_id
        )
    )
    row = found.one_or_none()
    if row is None:
        row = CallupAskRow(
            callup_id=callup_id, person_id=person_id, times=0, asked_at=change.now, stood_by=False
        )
        session.add(row)
    row.answered, row.stood_by = True, row.stood_by or stands_by
    await session.flush()


async def show_board(change: Callup) -> None:
    """Let the boards in the chats change: of whoever drew it up and the second person."""
    for person_id in (change.row.created_by, change.row.approved_by):
        if person_id is not None:
            await change.finish_for(person_id)


def of_part(change: Callup, part: CallupPartRow) -> RecordChange[CallupPartRow]:
    """Return the change of a part of a held call-up."""
    return RecordChange(change.session, PARTS, part, change.actor_id, change.now)

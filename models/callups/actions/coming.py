"""Saying on which days one comes, being at the site, leaving it, and on whose word it counts."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.callups.hooks import served
from models.callups.queries import (
    CALLUPS,
    NAME,
    PARTS,
    answers_for,
    days_of,
    filled,
    parts_for,
)
from models.callups.rules import (
    ARRIVE_FROM,
    REST,
    STAND_IN_WITHIN,
    CallupOutcome,
    Move,
    Notice,
    PartState,
    Reminder,
    minutes_there,
    too_many_days,
    where_needed,
)
from models.callups.tables import (
    CallupArrivalRow,
    CallupAskRow,
    CallupPartRow,
    CallupRow,
    GrownUpRow,
)
from models.database import Session
from models.outbox.crowd import notify_people
from models.outbox.rules import Lane
from models.people.queries import spoken_for
from models.people.views import Person
from models.records.changing import RecordChange, begin, hold
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import open_of
from models.seats.rules import SeatOutcome, SeatState, Took
from models.seats.tables import SeatRow
from models.seats.views import TimeGiven

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
    took = await seats.take(_of(change, part), actor.id)
    if isinstance(took, Refusal):
        return took
    await _answered(change, actor.id, stands_by=took is Took.WAITING)
    await change.finish_for(actor.id)
    await _board(change)
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
    gone = await seats.let_go(_of(change, part), actor.id)
    if isinstance(gone, Refusal):
        return gone
    await _answered(change, actor.id)
    await change.finish_for(actor.id)
    await fill_up(change, part)
    await _board(change)
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
            await seats.let_go(_of(change, part), actor.id)
            await fill_up(change, part)
    await _answered(change, actor.id)
    await change.finish_for(actor.id)
    await _board(change)
    return CallupOutcome.NOT_THIS_TIME


async def stand_in(
    session: Session, actor: Person, callup_id: int, *, comes: bool, now: datetime
) -> CallupOutcome | Refusal:
    """Take a place that became free (STANDING_IN), or leave it to the next (NOT_COMING)."""
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
    said = await seats.answer(_of(change, part), actor.id, comes=comes)
    if isinstance(said, Refusal):
        return said
    await change.finish_for(actor.id)
    await fill_up(change, part)
    await _board(change)
    return CallupOutcome.STANDING_IN if said is SeatOutcome.HELD else CallupOutcome.NOT_COMING


async def fill_up(change: Callup, part: CallupPartRow) -> None:
    """Ask the first who stands by whether they take what became free; they have half an hour.

    Who stands by at another site on that day is asked where nobody does at this one. Where still
    somebody is missing, the next round is asked at once.
    """
    if part.state != PartState.OPEN or change.now >= part.starts_at:
        return
    one = _of(change, part)
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
            lane=Lane.NOTICE if change.row.drill else Lane.URGENT,
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
        if await seats.ask(_of(change, part), person_id, until):
            await seats.let_go(_of(change, other), person_id)
            asked.append(person_id)
    return asked


async def arrive(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Say 'I am here' (ARRIVED), from an hour before a day begins until it ends.

    Who stands by and is there counts as well. NO_PLACE_NOW for whoever is on no list that is open.
    """
    change = await begin(session, CALLUPS, callup_id, Move.ARRIVE, actor, now)
    if isinstance(change, Refusal):
        return change
    part = await _part_now(change, actor.id)
    if part is None:
        return CallupOutcome.NO_PLACE_NOW
    return await _arrives(change, part, actor.id)


async def leave_site(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Say 'I am leaving' (LEFT): how long one was there is noted."""
    change = await begin(session, CALLUPS, callup_id, Move.ARRIVE, actor, now)
    if isinstance(change, Refusal):
        return change
    parts = [one.id for one in await parts_for(session, callup_id, actor.id)]
    there = await session.scalar(
        select(CallupArrivalRow)
        .where(
            CallupArrivalRow.part_id.in_(parts),
            CallupArrivalRow.person_id == actor.id,
            CallupArrivalRow.left_at.is_(None),
        )
        .order_by(CallupArrivalRow.arrived_at.desc())
        .limit(1)
    )
    if there is None:
        return CallupOutcome.NOT_THERE
    part = next(
        one for one in await parts_for(session, callup_id, actor.id) if one.id == there.part_id
    )
    leaves(there, part, now)
    await change.finish_for(actor.id)
    await _board(change)
    return CallupOutcome.LEFT


async def tick(
    session: Session,
    actor: Person,
    part_id: int,
    person_id: int,
    *,
    there: bool,
    now: datetime,
) -> CallupOutcome | Refusal:
    """Note that somebody is there (TICKED), or is not (UNTICKED); a lead of the team, or a host.

    Not before the site opens. What was confirmed stays.
    """
    held = await _for_lead(session, actor, part_id, now)
    if isinstance(held, Refusal):
        return held
    change, part = held
    if now < part.starts_at - ARRIVE_FROM:
        return Refusal.TOO_EARLY
    arrival = await _arrival(session, part_id, person_id)
    if there:
        return Refusal.ALREADY if arrival else await _arrives(change, part, person_id)
    if arrival is None:
        return Refusal.ALREADY
    if arrival.confirmed_at is not None:
        return Refusal.WRONG_TIME
    await seats.untick(_of(change, part), person_id)
    if part.state == PartState.OVER:  # after the end nobody is expected any more: they were absent
        await seats.close_list(_of(change, part))
    await session.delete(arrival)
    await session.flush()
    await change.finish_for(person_id)
    await _board(change)
    return CallupOutcome.UNTICKED


async def confirm(
    session: Session, actor: Person, part_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Confirm who was there, all in one tap (CONFIRMED); their hours count then, but in a drill.

    Nobody confirms their own, or of whom they speak for: OWN_HOURS where nothing else is left.
    """
    held = await _for_lead(session, actor, part_id, now)
    if isinstance(held, Refusal):
        return held
    change, _part = held
    found = await session.scalars(
        select(CallupArrivalRow)
        .where(
            CallupArrivalRow.part_id == part_id,
            CallupArrivalRow.left_at.is_not(None),
            CallupArrivalRow.confirmed_at.is_(None),
        )
        .order_by(CallupArrivalRow.person_id)
    )
    waiting = found.all()
    if not waiting:
        return CallupOutcome.NOTHING_TO_CONFIRM
    own = {actor.id, *(card.id for card in await spoken_for(session, actor.id))}
    others = [one for one in waiting if one.person_id not in own]
    for one in others:
        one.confirmed_at, one.confirmed_by = now, actor.id
    await change.finish()
    if not change.row.drill:
        given = [
            TimeGiven(one.person_id, one.minutes, one.id, one.left_at)
            for one in others
            if one.minutes and one.left_at
        ]
        await served(session, given, confirmed_by=actor.id, now=now)
    return CallupOutcome.CONFIRMED if others else CallupOutcome.OWN_HOURS


async def _arrives(change: Callup, part: CallupPartRow, person_id: int) -> CallupOutcome | Refusal:
    session, now, one = change.session, change.now, _of(change, part)
    if await _arrival(session, part.id, person_id) is not None:
        return Refusal.ALREADY
    if not change.row.drill and await _is_elsewhere(session, part, person_id):
        return CallupOutcome.ELSEWHERE
    by = change.actor_id if change.actor_id != person_id else None
    came = await seats.check_in(one, person_id, by=by)
    if came is SeatOutcome.NOT_SIGNED_UP:
        mine = {part_id for part_id, _state in await open_of(session, person_id, PARTS.name)}
        if part.id not in mine:
            return CallupOutcome.NO_PLACE_NOW
        await seats.walk_in(one, person_id)
    elif isinstance(came, Refusal) and came is not Refusal.ALREADY:
        return came
    ticked = change.actor_id != person_id  # as from a list on paper: from the beginning
    arrived = part.starts_at if ticked else min(max(now, part.starts_at), part.ends_at)
    row = CallupArrivalRow(part_id=part.id, person_id=person_id, arrived_at=arrived)
    if now >= part.ends_at:
        leaves(row, part, now)
    session.add(row)
    await session.flush()
    await change.finish_for(person_id)
    await _board(change)
    return CallupOutcome.ARRIVED if change.actor_id == person_id else CallupOutcome.TICKED


def leaves(arrival: CallupArrivalRow, part: CallupPartRow, at: datetime) -> None:
    """Note when somebody left: of their time only what lies within the hours of the day counts."""
    arrival.left_at = max(min(at, part.ends_at), arrival.arrived_at)
    arrival.minutes = minutes_there(arrival.arrived_at, arrival.left_at)


async def _is_elsewhere(session: Session, part: CallupPartRow, person_id: int) -> bool:
    """Return whether somebody is noted at another site whose hours overlap, of a real call-up."""
    other = await session.scalar(
        select(CallupArrivalRow.id)
        .join(CallupPartRow, CallupPartRow.id == CallupArrivalRow.part_id)
        .join(CallupRow, CallupRow.id == CallupPartRow.callup_id)
        .where(
            CallupArrivalRow.person_id == person_id,
            CallupPartRow.id != part.id,
            CallupRow.drill.is_(False),
            CallupPartRow.starts_at < part.ends_at,
            CallupPartRow.ends_at > part.starts_at,
        )
        .limit(1)
    )
    return other is not None


async def _part_now(change: Callup, person_id: int) -> CallupPartRow | None:
    """Return the part to which somebody comes and whose site is open now."""
    states = dict(await open_of(change.session, person_id, PARTS.name))
    parts = await parts_for(change.session, change.row.id, person_id)
    return next(
        (
            one
            for one in parts
            if one.id in states and one.starts_at - ARRIVE_FROM <= change.now < one.ends_at
        ),
        None,
    )


async def _for_lead(
    session: Session, actor: Person, part_id: int, now: datetime
) -> tuple[Callup, CallupPartRow] | Refusal:
    """Hold a part's call-up for whoever notes who is there; a try without a right is logged."""
    found = await session.get(CallupPartRow, part_id)
    if found is None:
        return Refusal.MISSING
    change = await begin(session, CALLUPS, found.callup_id, Move.ROSTER, actor, now)
    if isinstance(change, Refusal):
        return change
    part = await hold(session, CallupPartRow, part_id)
    if part is None or not await answers_for(session, actor, change.row, part):
        detail = {"tried": str(Move.ROSTER)}
        await deny(session, actor.id, NAME, now=now, subject_id=change.row.id, detail=detail)
        return Refusal.NOT_ALLOWED
    return change, part


async def _arrival(session: Session, part_id: int, person_id: int) -> CallupArrivalRow | None:
    found = await session.scalars(
        select(CallupArrivalRow).where(
            CallupArrivalRow.part_id == part_id, CallupArrivalRow.person_id == person_id
        )
    )
    return found.one_or_none()


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


async def _board(change: Callup) -> None:
    """Let the boards in the chats change: of whoever drew it up and the second person."""
    for person_id in (change.row.created_by, change.row.approved_by):
        if person_id is not None:
            await change.finish_for(person_id)


def _of(change: Callup, part: CallupPartRow) -> RecordChange[CallupPartRow]:
    return RecordChange(change.session, PARTS, part, change.actor_id, change.now)

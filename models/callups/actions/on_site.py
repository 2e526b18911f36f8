"""Being at the site, leaving it, and on whose word the hours count."""

from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.callups.actions.coming import Callup, of_part, show_board
from models.callups.boards import answers_for, roster
from models.callups.hooks import served
from models.callups.queries import (
    CALLUPS,
    NAME,
    PARTS,
    parts_for,
)
from models.callups.rules import (
    ARRIVE_FROM,
    CallupOutcome,
    Move,
    PartState,
    minutes_there,
)
from models.callups.tables import (
    CallupArrivalRow,
    CallupPartRow,
    CallupRow,
)
from models.callups.views import PartRoster
from models.database import Session
from models.people.queries import spoken_for
from models.people.views import Person
from models.records.changing import begin, hold
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import open_of
from models.seats.rules import SeatOutcome
from models.seats.views import TimeGiven


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
    await show_board(change)
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
    await seats.untick(of_part(change, part), person_id)
    if part.state == PartState.OVER:  # after the end nobody is expected any more: they were absent
        await seats.close_list(of_part(change, part))
    await session.delete(arrival)
    await session.flush()
    await change.finish_for(person_id)
    await show_board(change)
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


async def list_to_print(
    session: Session, actor: Person, part_id: int, *, now: datetime
) -> PartRoster | Refusal:
    """Return who comes to a part, for a sheet of names; that it was made is on record."""
    view = await roster(session, actor, part_id, now=now)
    if isinstance(view, PartRoster):
        await record(
            session,
            AuditAct.SHEET_MADE,
            now=now,
            actor_id=actor.id,
            subject=NAME,
            subject_id=view.callup_id,
            detail={"rows": len(view.people)},
        )
    return view


async def _arrives(change: Callup, part: CallupPartRow, person_id: int) -> CallupOutcome | Refusal:
    session, now, one = change.session, change.now, of_part(change, part)
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
    await show_board(change)
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

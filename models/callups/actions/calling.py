"""Drawing up an order, the second person, asking round after round, enough, calling off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from models.audit.actions import deny
from models.callups.queries import CALLUPS, NAME, PARTS, PARTS_NAME, all_parts, filled
from models.callups.rules import (
    KEPT,
    OVER_AFTER,
    RING_APART,
    RING_EVERY,
    RING_MOST,
    SHORT,
    SOON,
    UNDECIDED_AFTER,
    WORDS_LENGTH,
    BadOrder,
    CallupOutcome,
    Move,
    Notice,
    Order,
    PartMove,
    PartState,
    Reminder,
    State,
    asked_of_anybody,
    hours_on,
    lane_of,
    parts_of,
    wrong_with,
)
from models.callups.tables import CallupArrivalRow, CallupAskRow, CallupPartRow, CallupRow
from models.database import Session
from models.outbox.crowd import notify_people
from models.people.rules import RIGHTS, Right, Role
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal
from models.seats import actions as seats
from models.seats.queries import holders
from models.seats.rules import OPEN, SeatState
from models.teams.queries import leads_of, teams_for
from models.teams.rules import Membership
from models.teams.tables import MemberRow
from models.text import clean_text
from models.volunteers.rules import State as Volunteering
from models.volunteers.tables import VolunteerRow

Callup = RecordChange[CallupRow]
AT_ONCE = 500
"""People whose asking is noted in one statement."""


@dataclass(frozen=True)
class Drafted:
    """What became of an order."""

    outcome: CallupOutcome | Refusal | BadOrder
    callup_id: int | None = None


async def draw_up(
    session: Session, actor: Person, place_id: int, order: Order, *, now: datetime
) -> Drafted:
    """Draw up an order; nobody is asked before a second person agrees (DRAFTED).

    NO_SECOND where nobody could be that. ALREADY with its number where this form was sent before.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return Drafted(Refusal.MISSING)
    if not actor.may(Right.BROADCAST, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "draw_up"})
        return Drafted(Refusal.NOT_ALLOWED)
    zone = policy_of(session).zone
    here = {team.id for team in await teams_for(session, place.id)}
    bad = wrong_with(order, zone, now)
    if bad or not {one for one in order.teams if one is not None} <= here:
        return Drafted(bad or BadOrder.TEAMS)
    sent = await session.scalar(select(CallupRow.id).where(CallupRow.token == order.token))
    if sent is not None:
        return Drafted(Refusal.ALREADY, sent)
    seconds = await seconds_at(session, place.path, but=actor.id)
    if not seconds:
        return Drafted(CallupOutcome.NO_SECOND)
    row = await _write(session, actor, place_id, order, zone, now)
    change = RecordChange(session, CALLUPS, row, actor.id, now)
    await tell_at_once(change, Notice.APPROVAL, seconds)
    await change.remind(Reminder.UNDECIDED, min(now + UNDECIDED_AFTER, row.starts_at))
    return Drafted(CallupOutcome.DRAFTED, row.id)


async def _write(
    session: Session, actor: Person, place_id: int, order: Order, zone: str, now: datetime
) -> CallupRow:
    parts = parts_of(order)
    row = CallupRow(
        place_id=place_id,
        token=order.token,
        state=State.DRAFTED,
        created_by=actor.id,
        created_at=now,
        words=clean_text(order.words, WORDS_LENGTH),
        drill=order.drill,
        starts_at=hours_on(parts[0].day, order.at, order.ends, zone)[0],
        ends_at=hours_on(parts[-1].day, order.at, order.ends, zone)[1],
    )
    session.add(row)
    await session.flush()
    for part in parts:
        starts_at, ends_at = hours_on(part.day, order.at, order.ends, zone)
        one = CallupPartRow(
            callup_id=row.id,
            state=PartState.OPEN,
            team_id=part.team_id,
            site=part.site,
            day=part.day,
            starts_at=starts_at,
            ends_at=ends_at,
            quota=part.quota,
        )
        session.add(one)
        await session.flush()
        await seats.open_list(RecordChange(session, PARTS, one, actor.id, now), part.quota)
    return row


async def seconds_at(session: Session, path: str, *, but: int) -> list[int]:
    """List who may be the second person for a place (person ids), but for one."""
    roles = [role for role in Role if Right.APPROVE_BROADCAST in RIGHTS[role]]
    rows = await session.execute(
        select(GrantRow.person_id, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == GrantRow.place_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.role.in_(roles),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            GrantRow.person_id != but,
        )
    )
    return sorted({person_id for person_id, top in rows.all() if covers(top, path)})


async def approve(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Be the second person (CALLED): the first round is asked at once.

    NOBODY_ASKED where there was nobody to ask, TOO_LATE once the first day has begun.
    """
    change = await begin(session, CALLUPS, callup_id, Move.APPROVE, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if now >= row.starts_at:
        return Refusal.TOO_LATE
    row.approved_by, row.called_at = actor.id, now
    change.make(Move.APPROVE)
    await _set_reminders(change)
    rung = await ring(change, again=False)
    if rung is not CallupOutcome.RUNG:
        await change.remind(Reminder.RING, now + RING_EVERY)
    await change.finish()
    people = [row.created_by, actor.id]
    await notify_people(session, people, kind=Notice.BOARD, subject_id=row.id, now=now, name=None)
    return CallupOutcome.CALLED if rung is CallupOutcome.RUNG else CallupOutcome.NOBODY_ASKED


async def drop(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Drop an order that was not called yet (DROPPED): nobody was asked; its author is told."""
    change = await begin(session, CALLUPS, callup_id, Move.DROP, actor, now)
    if isinstance(change, Refusal):
        return change
    await drop_it(change)
    return CallupOutcome.DROPPED


async def drop_it(change: Callup) -> None:
    """Drop an order, by whoever it is or the clock, and tell its author."""
    change.make(Move.DROP)
    await change.cancel([Reminder.UNDECIDED], "dropped")
    await change.finish()
    await change.tell(Notice.DROPPED, [change.row.created_by])


async def ring_again(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Have everybody asked once more who has not answered (RUNG), also after 'enough'.

    MET where nobody is missing, NOBODY_LEFT where all who could be asked have answered, TOO_LATE
    when the last day has begun, JUST_RUNG right after another round.
    """
    change = await begin(session, CALLUPS, callup_id, Move.RING, actor, now)
    if isinstance(change, Refusal):
        return change
    last = await session.scalar(
        select(func.max(CallupAskRow.asked_at)).where(CallupAskRow.callup_id == callup_id)
    )
    if last is not None and now < last + RING_APART and change.row.enough_at is None:
        return CallupOutcome.JUST_RUNG
    change.row.enough_at = None
    rung = await ring(change, again=True)
    await change.finish()
    return rung


async def enough(
    session: Session, actor: Person, callup_id: int, *, now: datetime
) -> CallupOutcome | Refusal:
    """Ask nobody any more, and take nobody (ENOUGH_SAID); who has said yes is expected."""
    change = await begin(session, CALLUPS, callup_id, Move.ENOUGH, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.enough_at is not None:
        return Refusal.ALREADY
    change.row.enough_at = now
    await change.cancel([Reminder.RING], "enough")
    await change.finish()
    return CallupOutcome.ENOUGH_SAID


async def call_off(
    session: Session, actor: Person, callup_id: int, words: str, *, now: datetime
) -> CallupOutcome | Refusal:
    """Call off all days that are not over (CALLED_OFF), with a reason that all concerned read."""
    change = await begin(session, CALLUPS, callup_id, Move.CALL_OFF, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return Refusal.EMPTY
    told: set[int] = set()
    for part in await all_parts(session, callup_id):
        one = RecordChange(session, PARTS, part, actor.id, now)
        if part.state == PartState.OPEN and part.starts_at > now:
            told |= {*await holders(session, PARTS_NAME, part.id, OPEN)}
            await seats.call_off(one)
            one.make(PartMove.CLOSE)
    change.row.why_off = said
    if not await _under_way(session, callup_id):
        change.make(Move.CALL_OFF)
        await change.tell(Notice.THANKS, await _were_there(session, callup_id) - told)
    change.row.enough_at = change.row.enough_at or now
    await change.cancel([Reminder.RING, Reminder.STAND_IN, Reminder.SHORT], "called off")
    await change.finish()
    await tell_at_once(change, Notice.OFF, told)
    return CallupOutcome.CALLED_OFF


async def _under_way(session: Session, callup_id: int) -> bool:
    """Return whether people are at work on a day: that one goes on to its end."""
    found = await session.scalar(
        select(CallupPartRow.id).where(
            CallupPartRow.callup_id == callup_id, CallupPartRow.state == PartState.OPEN
        )
    )
    return found is not None


async def _were_there(session: Session, callup_id: int) -> set[int]:
    found = await session.scalars(
        select(CallupArrivalRow.person_id)
        .join(CallupPartRow, CallupPartRow.id == CallupArrivalRow.part_id)
        .where(CallupPartRow.callup_id == callup_id)
    )
    return set(found)


async def ring(change: Callup, *, again: bool) -> CallupOutcome | Refusal:
    """Ask a round: who was not asked yet, and once more who did not answer; all of them `again`.

    Only those are asked who can come to a part that misses somebody.
    """
    row, session = change.row, change.session
    wanted = [part for part in await all_parts(session, row.id) if part.starts_at > change.now]
    if not wanted:
        return Refusal.TOO_LATE
    full = {one.part_id: one for one in await filled(session, wanted)}
    short = [part for part in wanted if part.state == PartState.OPEN and full[part.id].free]
    if not short:
        return CallupOutcome.MET
    teams = {part.team_id for part in short if part.team_id is not None}
    fresh = list(await session.scalars(_members(row.id, teams)))
    if anybody := [part for part in short if part.team_id is None]:
        missing = sum(full[part.id].free for part in anybody)
        found = _volunteers(row, asked_of_anybody(missing))
        fresh += [one for one in await session.scalars(found) if one not in set(fresh)]
    of_teams = None if anybody else teams
    asked = _silent(row.id, RING_MOST if not again else None, of_teams)
    silent = list(await session.scalars(asked))
    if not fresh and not silent:
        return CallupOutcome.NOBODY_LEFT
    row.rounds += 1
    await _note_asked(change, fresh, silent)
    await notify_people(
        session,
        [*fresh, *silent],
        kind=Notice.CALL,
        subject_id=row.id,
        now=change.now,
        lane=lane_of(Notice.CALL, drill=row.drill),
        detail={"round": row.rounds},
        name=str(row.rounds),
    )
    await change.cancel([Reminder.RING], "a round was asked")
    await change.remind(Reminder.RING, change.now + RING_EVERY)
    return CallupOutcome.RUNG


def _members(callup_id: int, teams: Iterable[int]) -> Select[int]:
    """Select who is in these teams, has Telegram, and was not asked yet."""
    return (
        select(MemberRow.person_id)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(
            MemberRow.team_id.in_([*teams]),
            MemberRow.state == Membership.IN,
            PersonRow.telegram_id.is_not(None),
            PersonRow.left_at.is_(None),
            MemberRow.person_id.not_in(_asked(callup_id)),
        )
        .distinct()
        .order_by(MemberRow.person_id)
    )


def _volunteers(row: CallupRow, most: int) -> Select[int]:
    """Select volunteers of the place who were not asked yet, who was asked longest ago first."""
    path = select(PlaceRow.path).where(PlaceRow.id == row.place_id).scalar_subquery()
    last = (
        select(func.max(CallupAskRow.asked_at))
        .where(CallupAskRow.person_id == PersonRow.id)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    return (
        select(PersonRow.id)
        .join(VolunteerRow, VolunteerRow.person_id == PersonRow.id)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(
            VolunteerRow.state == Volunteering.ACTIVE,
            PersonRow.telegram_id.is_not(None),
            PersonRow.left_at.is_(None),
            PlaceRow.path.startswith(path),
            PersonRow.id.not_in(_asked(row.id)),
        )
        .order_by(last.is_not(None), last, PersonRow.id)
        .limit(most)
    )


def _asked(callup_id: int) -> Select[int]:
    return select(CallupAskRow.person_id).where(CallupAskRow.callup_id == callup_id)


def _silent(callup_id: int, most: int | None, teams: set[int] | None) -> Select[int]:
    """Select who was asked and did not answer; with `most` only who was asked less often, with
    `teams` only who is in one of them."""
    limit = [] if most is None else [CallupAskRow.times < most]
    if teams is not None:
        members = select(MemberRow.person_id).where(
            MemberRow.team_id.in_(teams), MemberRow.state == Membership.IN
        )
        limit.append(CallupAskRow.person_id.in_(members))
    return (
        select(CallupAskRow.person_id)
        .join(PersonRow, PersonRow.id == CallupAskRow.person_id)
        .where(
            CallupAskRow.callup_id == callup_id,
            CallupAskRow.answered.is_(False),
            PersonRow.left_at.is_(None),
            *limit,
        )
        .order_by(CallupAskRow.person_id)
    )


async def _note_asked(change: Callup, fresh: Sequence[int], silent: Sequence[int]) -> None:
    session, callup_id = change.session, change.row.id
    for one in fresh:
        session.add(CallupAskRow(callup_id=callup_id, person_id=one, times=1, asked_at=change.now))
    await session.flush()
    for start in range(0, len(silent), AT_ONCE):
        await session.execute(
            update(CallupAskRow)
            .where(
                CallupAskRow.callup_id == callup_id,
                CallupAskRow.person_id.in_(silent[start : start + AT_ONCE]),
            )
            .values(times=CallupAskRow.times + 1, asked_at=change.now)
            .execution_options(synchronize_session=False)
        )


async def _set_reminders(change: Callup) -> None:
    row, now = change.row, change.now
    parts = await all_parts(change.session, row.id)
    spans = dict.fromkeys((part.starts_at, part.ends_at) for part in parts)
    for starts_at, ends_at in spans:
        for span in SOON:
            if starts_at - span > now:
                await change.remind(Reminder.SOON, starts_at - span)
        ahead = [starts_at - span for span in SHORT if starts_at - span > now]
        for at in ahead or [starts_at]:
            await change.remind(Reminder.SHORT, at)
        await change.remind(Reminder.OVER, ends_at + OVER_AFTER)
    await change.remind(Reminder.ERASE, row.ends_at + KEPT)


async def tell_at_once(change: Callup, kind: Notice, people: Iterable[int], **detail: Any) -> None:
    """Queue a notice that rings at night too where it is no drill."""
    lane = lane_of(kind, drill=change.row.drill)
    await change.tell(kind, people, lane=lane, **detail)


async def whom_to_tell(change: Callup, parts: Iterable[CallupPartRow]) -> set[int]:
    """Return who is told of what parts miss: their teams' leads, the author, the second person."""
    teams = {part.team_id for part in parts if part.team_id is not None}
    told = {change.row.created_by}
    if change.row.approved_by is not None:
        told.add(change.row.approved_by)
    for team_id in sorted(teams):
        told |= {*await leads_of(change.session, team_id)}
    return told


async def comes(session: Session, part_ids: Iterable[int]) -> set[int]:
    """Return who has a place in any of some parts."""
    found: set[int] = set()
    for part_id in part_ids:
        found |= {*await holders(session, PARTS_NAME, part_id, [SeatState.HELD])}
    return found

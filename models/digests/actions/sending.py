"""Digests: arranged, and sent when they are due."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select

from models.callups.boards import desks_with_callups
from models.care.waiting import desks_with_care
from models.database import Session
from models.digests.queries.calls import ringers_instead
from models.digests.rules.times import (
    DigestPolicy,
    Notice,
    Period,
    Reminder,
    coming,
    is_timely,
    passed,
    span_of,
)
from models.gatherings.rules import State as GatheringState
from models.gatherings.tables import GatheringRow
from models.help.rules.limits import Channel, Line
from models.help.rules.states import HOLDING, UNENDED, ClaimState
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.orders.rules import State as OrderState
from models.orders.tables import OrderRow
from models.outbox.actions import notify_all
from models.outbox.readers import Reader
from models.outbox.rules import Lane
from models.people.desk import DESK_ROLES
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.policy.current import policy_of
from models.reminders.actions import let_go, remind
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from models.volunteers.rules import STANDING
from models.volunteers.tables import VolunteerRow

BATCH = 250
"""Volunteers queued in one transaction: it takes some tens of milliseconds, and turns wait."""

AFTER = "after"
"""In the detail of a part's reminder: the last volunteer who was queued before it."""


async def staff(session: Session, due: Due, now: datetime) -> None:
    """Queue the day's digest for everybody at a desk for whom anything waits."""
    span = await _span(session, Reminder.STAFF, due, now)
    if span is None:
        return
    instead = await ringers_instead(session)
    ringing = {person_id for people in instead.values() for person_id in people}
    at_sites = await desks_with_callups(session, now, now + timedelta(days=1))
    waiting = ringing | {*await desks_with_care(session, now)} | {*at_sites}
    readers = await _readers(session, _at_desks(waiting, now))
    await _queue(session, Notice.STAFF, readers, due, now)


async def volunteers(session: Session, due: Due, now: datetime) -> None:
    """Queue the week's thanks for the next volunteers who gave or hold something, in parts."""
    span = await _span(session, Reminder.VOLUNTEERS, due, now)
    if span is None:
        return
    after = int(due.detail.get(AFTER) or 0)
    readers = await _readers(session, _active_in(span).where(PersonRow.id > after).limit(BATCH))
    await _queue(session, Notice.VOLUNTEER, readers, due, now, lane=Lane.BULK)
    if len(readers) == BATCH:
        last = readers[-1].person_id
        await set_for(session, Reminder.VOLUNTEERS, _day(due), due.due_at, **{AFTER: last})


async def secretaries(session: Session, due: Due, now: datetime) -> None:
    """Queue the week's rates, as text and as a picture, for every secretary and each place."""
    if await _span(session, Reminder.SECRETARIES, due, now) is None:
        return
    found = await session.execute(
        select(GrantRow.place_id, PersonRow.id, PersonRow.telegram_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(GrantRow.role == Role.SECRETARY, GrantRow.revoked_at.is_(None), _reachable())
        .order_by(GrantRow.place_id, PersonRow.id)
    )
    at_places: dict[int, list[Reader]] = {}
    for place_id, person_id, chat_id in found.all():
        if chat_id is not None:
            at_places.setdefault(place_id, []).append(Reader(person_id, chat_id))
    for place_id, readers in at_places.items():
        for kind in (Notice.RATES, Notice.CHART):
            await _queue(session, kind, readers, due, now, subject_id=place_id)


def _day(due: Due) -> date:
    return date.fromisoformat(due.detail[DAY])


async def _span(session: Session, kind: Reminder, due: Due, now: datetime) -> Period | None:
    """Give the time a digest is about, having set the next; None, and let go, where it is stale."""
    await arrange(session, now)
    policy = policy_of(session, DigestPolicy)
    span = span_of(kind, _day(due), policy)
    if span is None:
        await let_go(session, due.id, "turned off")
    elif not is_timely(kind, _day(due), now, policy):
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return None
    return span


async def _queue(
    session: Session,
    kind: Notice,
    readers: Sequence[Reader],
    due: Due,
    now: datetime,
    *,
    subject_id: int | None = None,
    lane: Lane = Lane.NOTICE,
) -> None:
    detail = {DAY: due.detail[DAY], **({"late": True} if due.late else {})}
    await notify_all(
        session,
        readers,
        kind=kind,
        subject_id=subject_id,
        now=now,
        lane=lane,
        detail=detail,
        name=f"{kind}:{due.detail[DAY]}",
    )


async def _readers(session: Session, statement: Select[int, int | None]) -> list[Reader]:
    found: Sequence[Row[int, int | None]] = (await session.execute(statement)).all()
    return [Reader(person_id, chat_id) for person_id, chat_id in found if chat_id is not None]


def _reachable() -> ColumnElement[bool]:
    """Return who is written to at all: not who left, nor who blocked the bot."""
    return (
        PersonRow.telegram_id.is_not(None)
        & PersonRow.left_at.is_(None)
        & PersonRow.unreachable_at.is_(None)
    )


def _people() -> Select[int, int | None]:
    return select(PersonRow.id, PersonRow.telegram_id).where(_reachable()).order_by(PersonRow.id)


def _at_desks(waiting: Collection[int], now: datetime) -> Select[int, int | None]:
    """Select whoever works at a desk and has something to do, or a gathering within a day.

    `waiting` have something besides: somebody to ring, a call-on that was missed, a call-up.
    """
    works = exists().where(
        GrantRow.person_id == PersonRow.id,
        GrantRow.role.in_(DESK_ROLES),
        GrantRow.revoked_at.is_(None),
    )
    owns = exists().where(
        RequestRow.owner_id == PersonRow.id,
        RequestRow.state.in_(list(UNENDED)),
        RequestRow.channel != Channel.INSPECTION,
    )
    ordered = exists().where(OrderRow.person_id == PersonRow.id, OrderRow.state == OrderState.OPEN)
    hosts = exists().where(
        GatheringRow.created_by == PersonRow.id,
        GatheringRow.state == GatheringState.ANNOUNCED,
        GatheringRow.starts_at.between(now, now + timedelta(days=1)),
    )
    return _people().where(works, or_(owns, ordered, hosts, PersonRow.id.in_(waiting)))


def _active_in(week: Period) -> Select[int, int | None]:
    """Select volunteers who did something in a week, were thanked in it, or hold a task."""
    thanked = exists().where(
        LineRow.request_id == ClaimRow.request_id,
        LineRow.what == Line.SOLVED,
        LineRow.at >= week.start,
        LineRow.at < week.end,
    )
    claims = exists().where(
        ClaimRow.person_id == PersonRow.id,
        or_(
            (ClaimRow.done_at >= week.start) & (ClaimRow.done_at < week.end),
            ClaimRow.state.in_(list(HOLDING)),
            (ClaimRow.state == ClaimState.DONE) & thanked,
        ),
    )
    standing = VolunteerRow.state.in_(list(STANDING))
    return (
        _people().join(VolunteerRow, VolunteerRow.person_id == PersonRow.id).where(standing, claims)
    )


EVERYBODY = 0
"""Subject of reminders that are about nobody in particular."""


DAY = "day"
"""In the detail of a reminder and of its notices: the local date that they are for."""


async def arrange(session: Session, now: datetime) -> None:
    """Set the next digest of every kind, however often this is done and whatever came between.

    A date has one digest, whichever way clocks jump. One that an outage passed over is set too
    while it is of use; but what lies before the first that was ever set was not missed.
    """
    policy = policy_of(session, DigestPolicy)
    for kind in Reminder:
        if next_one := coming(kind, now, policy):
            await set_for(session, kind, *next_one)
        missed = passed(kind, now, policy)
        if missed and await _was_set_by(session, kind, missed[1]):
            await set_for(session, kind, *missed)


async def set_for(
    session: Session, kind: Reminder, day: date, due_at: datetime, **more: Any
) -> None:
    """Set the digest of a date, once; `more` names a part of it that is to be queued by itself."""
    part = "".join(f":{value}" for value in more.values())
    await remind(
        session,
        kind=kind,
        subject_id=EVERYBODY,
        due_at=due_at,
        detail={DAY: day.isoformat(), **more},
        dedupe=f"{kind}:{day.isoformat()}{part}",
    )


async def _was_set_by(session: Session, kind: Reminder, due_at: datetime) -> bool:
    earlier = (ReminderRow.kind == kind, ReminderRow.due_at <= due_at)
    return await session.scalar(select(ReminderRow.id).where(*earlier).limit(1)) is not None

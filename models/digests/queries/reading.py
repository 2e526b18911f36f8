"""What waits for staff, and what volunteers gave and were thanked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from models.callups.boards import works_before
from models.care.waiting import calls_missed, gifts_open
from models.database import Session
from models.digests.queries.calls import ringers_instead
from models.digests.rules.times import DigestFacts, Heading, Period, day_ends, heading
from models.digests.views import StaffDay, Thanks, VolunteerWeek
from models.gatherings.queries import begins_before
from models.help.queries.request import picture_line, request_names
from models.help.queries.volunteer import my_hours, my_tasks
from models.help.rules.limits import Channel, Line
from models.help.rules.states import HOLDING, UNENDED, ClaimState, State
from models.help.tables import ClaimRow, LineRow, PauseRow, RequestRow
from models.orders.rules import State as OrderState
from models.orders.tables import OrderRow
from models.people.tables import PersonRow
from models.people.views import Person


async def staff_day(
    session: Session, reader: Person, since: Period, *, now: datetime, zone: str
) -> StaffDay:
    """Sort what somebody answers for; `since` is the time from the digest before to this one.

    A call-back stands with whoever rings: what the owner did, with the secretary instead.
    """
    person_id = reader.id
    instead = await ringers_instead(session)
    theirs = [one for one, people in instead.items() if person_id in people]
    found = await session.scalars(
        select(RequestRow)
        .where(
            or_(RequestRow.owner_id == person_id, RequestRow.id.in_(theirs)),
            RequestRow.state.in_(list(UNENDED)),
            # what staff found is work under an order, and counted among those
            RequestRow.channel != Channel.INSPECTION,
        )
        .order_by(RequestRow.promised_by, RequestRow.id)
    )
    requests = found.all()
    waiting = await _waiting(session, requests)
    ends = day_ends(now, zone)
    names = await request_names(session, requests)
    under: dict[Heading, list[RequestRow]] = {}
    for request in requests:
        standing = _standing(request, waiting=request.id in waiting)
        where = heading(standing, since=since, now=now, day_ends=ends)
        rings = request.id not in instead or person_id in instead[request.id]
        if where is Heading.CALLS and not rings:
            where = Heading.WAITING
        if where is not Heading.CALLS and request.owner_id != person_id:
            continue
        under.setdefault(where, []).append(request)
    orders, late = await _orders(session, person_id, now)
    return StaffDay(
        open=sum(request.owner_id == person_id for request in requests),
        under={
            where: tuple(picture_line(request, names, now) for request in under[where])
            for where in Heading
            if where in under
        },
        orders=orders,
        orders_late=late,
        gatherings=tuple(await begins_before(session, reader, ends, now=now)),
        calls_missed=await calls_missed(session, reader, now),
        gifts_open=await gifts_open(session, reader),
        callups=tuple(await works_before(session, reader, ends, now=now)),
    )


def _standing(request: RequestRow, *, waiting: bool) -> DigestFacts:
    return DigestFacts(
        state=State(request.state),
        answer_by=request.answer_by,
        answered=request.answered_at is not None,
        promised_by=request.promised_by,
        owned_at=request.owned_at or request.created_at,
        waiting=waiting,
        unconfirmed=request.unconfirmed,
        call_after=request.call_after,
    )


async def _waiting(session: Session, requests: Sequence[RequestRow]) -> set[int]:
    """Tell for which of some requests the resident is waited for."""
    found = await session.scalars(
        select(PauseRow.request_id).where(
            PauseRow.request_id.in_([request.id for request in requests]),
            PauseRow.ended_at.is_(None),
        )
    )
    return set(found)


async def _orders(session: Session, person_id: int, now: datetime) -> tuple[int, int]:
    """Count somebody's rectification orders that are not carried out, and those of them late."""
    found = await session.execute(
        select(func.count(), func.count().filter(OrderRow.due_at < now)).where(
            OrderRow.person_id == person_id, OrderRow.state == OrderState.OPEN
        )
    )
    count, late = found.one()
    return count, late


async def volunteer_week(
    session: Session, actor: Person, week: Period, *, now: datetime, zone: str
) -> VolunteerWeek:
    """Add up a volunteer's week, up to `week.end`."""
    done = await session.execute(
        select(func.count(), func.sum(ClaimRow.minutes)).where(
            ClaimRow.person_id == actor.id,
            ClaimRow.done_at >= week.start,
            ClaimRow.done_at < week.end,
        )
    )
    tasks, minutes = done.one()
    held = [task for task in await my_tasks(session, actor) if task.claim in HOLDING]
    return VolunteerWeek(
        tasks=tasks,
        minutes=minutes or 0,
        hours=await my_hours(session, actor, now=now, zone=zone),
        thanks=await _thanks(session, actor, week),
        next=tuple(held),
    )


async def _thanks(session: Session, actor: Person, week: Period) -> tuple[Thanks, ...]:
    """List whose request somebody helped with was called solved in a week, the best stars first."""
    found = await session.execute(
        select(RequestRow.id, PersonRow.name, RequestRow.category, RequestRow.rating)
        .join(ClaimRow, ClaimRow.request_id == RequestRow.id)
        .join(LineRow, LineRow.request_id == RequestRow.id)
        .join(PersonRow, PersonRow.id == RequestRow.beneficiary_id)
        .where(
            ClaimRow.person_id == actor.id,
            ClaimRow.state == ClaimState.DONE,
            LineRow.what == Line.SOLVED,
            LineRow.at >= week.start,
            LineRow.at < week.end,
        )
        .distinct()
    )
    thanks = [Thanks(name, category, stars) for _, name, category, stars in found.all()]
    return tuple(sorted(thanks, key=lambda one: -(one.stars or 0)))

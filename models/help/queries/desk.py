"""What the desk reads: its requests, its people, who is to be called back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, or_, select

from models.audit.actions import deny
from models.database import Session
from models.help.queries.candidates import best
from models.help.queries.deadlines import is_waited_for, next_due
from models.help.queries.fitting import Whom
from models.help.queries.request import picture_line, request_names, whole
from models.help.rules.closing import may_give_up
from models.help.rules.limits import Channel
from models.help.rules.outcomes import Refusal
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import COUNTED, UNENDED, ClaimState, Hat, State
from models.help.tables import ClaimRow, RequestRow
from models.help.views import CallCase, Choice, DeskPage, RequestLine, RequestView
from models.names.queries import names_for
from models.names.views import Who
from models.orders.rules import State as OrderState
from models.orders.rules import VisitAnswer
from models.orders.tables import OrderRow, VisitRow
from models.people.desk import at_desk, tier
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Card, Person
from models.places.queries import find_place
from models.places.tables import PlaceRow
from models.policy.current import policy_of


async def desk_list(
    session: Session,
    actor: Person,
    *,
    now: datetime,
    page: int = 0,
    size: int = 8,
    mine: bool = False,
) -> DeskPage:
    """List unended requests of the actor's places by what is due next; `mine`: owned ones only.

    So late ones come first, and last those whose clocks stand still. Somebody with no desk sees an
    empty page; a page behind the last gives the last.
    """
    paths = actor.paths_with(Right.WORK_DESK)
    if not paths:
        return DeskPage((), 0, 0, 0)
    conditions = [RequestRow.state.in_(list(UNENDED)), _below(paths)]
    if mine:
        conditions.append(RequestRow.owner_id == actor.id)
    total = await session.scalar(select(func.count(RequestRow.id)).where(*conditions)) or 0
    pages = -(-total // size)
    page = min(max(page, 0), max(pages - 1, 0))
    found = await session.scalars(
        select(RequestRow)
        .where(*conditions)
        .order_by(is_waited_for(now), next_due(), RequestRow.id)
        .offset(page * size)
        .limit(size)
    )
    return DeskPage(tuple(await _lines(session, found.all(), now)), page, pages, total)


async def desk_view(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> RequestView | Refusal:
    """Show a request whole to the desk of its place, inner notes included."""
    request = await session.get(RequestRow, request_id)
    if request is None:
        return Refusal.MISSING
    if not actor.may(Right.WORK_DESK, await _path(session, request)):
        await deny(
            session, actor.id, "help", now=now, subject_id=request_id, detail={"tried": "desk"}
        )
        return Refusal.NOT_ALLOWED
    return await whole(session, request, Hat.DESK, now=now)


async def find_number(
    session: Session, actor: Person, number: int, *, now: datetime
) -> list[RequestLine]:
    """Find a receipt number among the requests the actor may see (own, or of the desk's places)."""
    spoken_for = select(PersonRow.id).where(PersonRow.proxy_id == actor.id)
    seen = [
        (RequestRow.requester_id == actor.id) & (RequestRow.channel != Channel.DESK),
        RequestRow.beneficiary_id == actor.id,
        RequestRow.beneficiary_id.in_(spoken_for),
    ]
    if paths := actor.paths_with(Right.WORK_DESK):
        seen.append(_below(paths))
    found = await session.scalars(
        select(RequestRow)
        .where(RequestRow.number == number, or_(*seen))
        .order_by(RequestRow.id.desc())
        .limit(8)
    )
    return await _lines(session, found.all(), now)


async def staff_choices(session: Session, actor: Person, request_id: int) -> list[Choice]:
    """List staff a request may be handed to, least loaded first; empty without the right."""
    request = await session.get(RequestRow, request_id)
    path = await _path(session, request) if request else None
    if request is None or path is None or not actor.may(Right.WORK_DESK, path):
        return []
    found = await session.execute(desk_people(path))
    return [
        Choice(Who(row.id, row.name), row.carried)
        for row in found.all()
        if row.id != request.owner_id
    ]


async def volunteer_choices(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    limit: int = 8,
) -> list[Choice]:
    """List volunteers who may be assigned, best fit first; empty without the right."""
    policy = policy_of(session, HelpPolicy)
    request = await session.get(RequestRow, request_id)
    path = await _path(session, request) if request else None
    if request is None or path is None or not actor.may(Right.WORK_DESK, path):
        return []
    ranked = await best(session, request, now, policy, limit=limit, whom=Whom.ANYBODY)
    names = await names_for(session, [one.candidate.person_id for one in ranked])
    return [
        Choice(names.known(one.candidate.person_id), one.candidate.load, one.score.reasons)
        for one in ranked
    ]


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    below = or_(*(PlaceRow.path.startswith(path) for path in paths))
    return RequestRow.place_id.in_(select(PlaceRow.id).where(below))


async def _path(session: Session, request: RequestRow) -> str:
    return (await session.get_one(PlaceRow, request.place_id)).path


async def _lines(
    session: Session, requests: Sequence[RequestRow], now: datetime
) -> list[RequestLine]:
    names = await request_names(session, requests)
    return [picture_line(request, names, now) for request in requests]


def desk_people(path: str) -> Select[int, str, int]:
    """Select (id, name, unended requests owned) of everybody at the desk of a place.

    Staff come before secretaries and admins, then the least loaded, then those granted nearest.
    """
    return (
        at_desk(select(PersonRow.id, PersonRow.name, _carried().label("carried")), path)
        .group_by(PersonRow.id, PersonRow.name)
        .order_by(func.min(tier()), _carried(), func.max(func.length(PlaceRow.path)).desc())
        .order_by(PersonRow.id)
    )


async def desk_ids(session: Session, path: str) -> list[int]:
    """List the ids of everybody at the desk of a place, in the order of `desk_people`."""
    return [row.id for row in await session.execute(desk_people(path))]


async def who_may_be_on_duty(session: Session, actor: Person, place_id: int) -> list[Card]:
    """List who may be put on duty at a place; empty for whoever may not set its roster."""
    place = await find_place(session, place_id)
    if place is None or not actor.may(Right.SUPERVISE, place.path):
        return []
    found = await session.execute(desk_people(place.path))
    return [Card(row.id, row.name, None) for row in found.all()]


def longest_idle(path: str) -> Select[int]:
    """Select the ids of everybody at the desk of a place, whoever is to own the next request first.

    Who cannot be reached comes last. Staff come before secretaries and admins, then those granted
    nearest, then who was given a request longest ago, before all who never was.
    """
    last = (
        select(func.max(RequestRow.owned_at))
        .where(RequestRow.owner_id == PersonRow.id)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    nearest = func.max(func.length(PlaceRow.path))
    return (
        at_desk(select(PersonRow.id), path)
        .group_by(PersonRow.id)
        .order_by(PersonRow.unreachable_at.is_not(None), func.min(tier()), nearest.desc())
        .order_by(last.is_not(None), last, _carried(), PersonRow.id)
    )


def _carried() -> ScalarSelect[int]:
    """Count the unended requests that a person owns."""
    return (
        select(func.count())
        .where(RequestRow.owner_id == PersonRow.id, RequestRow.state.in_(list(UNENDED)))
        .correlate(PersonRow)
        .scalar_subquery()
    )


DID_IT = COUNTED | {ClaimState.ENDED}


@dataclass(frozen=True)
class _Silent:
    """One request whose resident is to be rung."""

    request_id: int
    since: datetime
    days: int | None
    """Of the return visit, where it is one."""


async def count_calls(session: Session, actor: Person, *, now: datetime) -> int:
    """Count who is to be rung now at somebody's places."""
    return len(await _due(session, actor, now))


async def call_case(
    session: Session, actor: Person, *, now: datetime, after: int | None = None
) -> CallCase | None:
    """Return who is to be rung next: the longest silent, or the one behind `after` (a request).

    Those put off stand on the list again when their time has come. None when nobody is due.
    """
    due = await _due(session, actor, now)
    if not due:
        return None
    numbers = [one.request_id for one in due]
    place = (numbers.index(after) + 1) % len(due) if after in numbers else 0
    return await _picture(session, due[place], len(due), now)


async def call_about(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> CallCase | None:
    """Return one request of the call-back list; None where it is not on it for this person now."""
    due = await _due(session, actor, now)
    found = next((one for one in due if one.request_id == request_id), None)
    return await _picture(session, found, len(due), now) if found else None


async def due_calls(
    session: Session, actor: Person, *, now: datetime
) -> list[tuple[int, datetime]]:
    """List the requests whose residents are to be rung, with since when they are silent."""
    return [(one.request_id, one.since) for one in await _due(session, actor, now)]


async def _picture(session: Session, one: _Silent, total: int, now: datetime) -> CallCase:
    request = await session.get_one(RequestRow, one.request_id)
    return CallCase(
        request=await whole(session, request, Hat.DESK, now=now),
        since=one.since,
        days=one.days,
        calls=request.calls,
        may_give_up=may_give_up(request.calls, policy_of(session, HelpPolicy)),
        total=total,
    )


async def _due(session: Session, actor: Person, now: datetime) -> list[_Silent]:
    paths = actor.paths_with(Right.WORK_DESK)
    if not paths:
        return []
    conditions = _conditions(actor, paths, now)
    done = await session.execute(
        select(RequestRow.id, RequestRow.done_at).where(
            RequestRow.state == State.DONE, RequestRow.unconfirmed.is_(True), *conditions
        )
    )
    silent = [_Silent(row.id, row.done_at or now, None) for row in done]
    silent += await _visits(session, conditions, now)
    return sorted(silent, key=lambda one: (one.since, one.request_id))


async def _visits(
    session: Session, conditions: Sequence[ColumnElement[bool]], now: datetime
) -> list[_Silent]:
    rows = await session.execute(
        select(RequestRow.id, func.max(VisitRow.asked_at), func.max(VisitRow.days))
        .join(OrderRow, OrderRow.request_id == RequestRow.id)
        .join(VisitRow, VisitRow.order_id == OrderRow.id)
        .where(
            RequestRow.state == State.CLOSED,
            VisitRow.answer == VisitAnswer.SILENT,
            *conditions,
        )
        .group_by(RequestRow.id)
    )
    return [_Silent(request_id, asked_at or now, days) for request_id, asked_at, days in rows]


def _conditions(actor: Person, paths: Sequence[str], now: datetime) -> list[ColumnElement[bool]]:
    """Hold that a request is the actor's to ring about, and not put off."""
    below = or_(*(PlaceRow.path.startswith(path) for path in paths))
    did_it = exists().where(
        ClaimRow.request_id == RequestRow.id,
        ClaimRow.person_id == actor.id,
        ClaimRow.state.in_(list(DID_IT)),
    )
    put_right = (
        exists()
        .where(
            OrderRow.request_id == RequestRow.id,
            OrderRow.state != OrderState.OPEN,
            or_(OrderRow.person_id == actor.id, OrderRow.reported_by == actor.id),
        )
        .correlate(RequestRow)
    )
    return [
        RequestRow.place_id.in_(select(PlaceRow.id).where(below)),
        or_(RequestRow.call_after.is_(None), RequestRow.call_after <= now),
        or_(~did_it & ~put_right, RequestRow.beneficiary_id == actor.id),
    ]

"""What the desk reads: its requests, its people, who is to be called back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select

from models.audit.actions import deny
from models.database import Session
from models.help.queries.candidates import best
from models.help.queries.deadlines import is_waited_for, next_due
from models.help.queries.fitting import Whom
from models.help.queries.request import picture_line, request_names, whole
from models.help.rules.limits import Channel
from models.help.rules.outcomes import Refusal
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import UNENDED, Relation
from models.help.tables import RequestRow
from models.help.views import DeskPage, RequestLine, RequestView, StaffChoice
from models.names.queries import names_for
from models.names.views import Who
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
    return await whole(session, request, Relation.DESK, now=now)


async def find_number(
    session: Session, actor: Person, number: int, *, now: datetime
) -> list[RequestLine]:
    """Find a receipt number among the requests the actor may see (own, or of the desk's places)."""
    spoken_for = select(PersonRow.id).where(PersonRow.proxy_id == actor.id)
    seen: list[ColumnElement[bool]] = [
        (RequestRow.requester_id == actor.id)
        & RequestRow.channel.not_in([Channel.DESK, Channel.INSPECTION]),
        (RequestRow.beneficiary_id == actor.id) & (RequestRow.channel != Channel.INSPECTION),
        RequestRow.beneficiary_id.in_(spoken_for) & (RequestRow.channel != Channel.INSPECTION),
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


async def staff_choices(session: Session, actor: Person, request_id: int) -> list[StaffChoice]:
    """List staff a request may be handed to, least loaded first; empty without the right."""
    request = await session.get(RequestRow, request_id)
    path = await _path(session, request) if request else None
    if request is None or path is None or not actor.may(Right.WORK_DESK, path):
        return []
    found = await session.execute(desk_people(path))
    return [
        StaffChoice(Who(row.id, row.name), row.carried)
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
) -> list[StaffChoice]:
    """List volunteers who may be assigned, best fit first; empty without the right."""
    policy = policy_of(session, HelpPolicy)
    request = await session.get(RequestRow, request_id)
    path = await _path(session, request) if request else None
    if request is None or path is None or not actor.may(Right.WORK_DESK, path):
        return []
    ranked = await best(session, request, now, policy, limit=limit, whom=Whom.ANYBODY)
    names = await names_for(session, [one.candidate.person_id for one in ranked])
    return [
        StaffChoice(names.known(one.candidate.person_id), one.candidate.load, one.score.reasons)
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

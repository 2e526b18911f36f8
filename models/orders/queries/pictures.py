"""Reading orders: one whole, those of a supervisor or of whoever is responsible, return visits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from models.audit.actions import deny
from models.categories import Body
from models.database import Session
from models.help.queries.desk import desk_people
from models.help.queries.request import request_names, told
from models.help.rules.closing import Cause
from models.help.rules.limits import Line
from models.help.rules.outcomes import Refusal
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import Hat
from models.help.rules.states import State as RequestState
from models.help.tables import LineRow, RequestRow
from models.help.views import Choice
from models.media import Media, MediaKind
from models.names.queries import Names
from models.names.views import Who
from models.orders.queries.parts import part_of
from models.orders.rules import SAID as VISIT_SAID
from models.orders.rules import Hat as OrderHat
from models.orders.rules import (
    Move,
    Part,
    State,
    VisitAnswer,
    allowed,
    hats,
    is_overdue,
    may_answer,
)
from models.orders.tables import EvidenceRow, OrderRow, VisitRow
from models.orders.views import OrderLine, OrderView, VisitView
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of

SAID = (Line.UNSOLVED, Line.REOPENED, Line.WRONG)
"""Lines in which the resident may say what is not right."""


async def order_view(
    session: Session, actor: Person, order_id: int, *, now: datetime
) -> OrderView | Refusal:
    """Show an order whole to the desk of its place and to whoever is responsible."""
    order = await session.get(OrderRow, order_id)
    if order is None:
        return Refusal.MISSING
    request = await session.get_one(RequestRow, order.request_id)
    if not await _concerns(session, actor, order, request):
        await deny(session, actor.id, "orders", now=now, subject_id=order_id)
        return Refusal.NOT_ALLOWED
    return await _whole(session, actor, order, request, now)


async def order_told(
    session: Session, reader_id: int, order_id: int, *, now: datetime
) -> OrderView | None:
    """Show an order to the reader of a notice; None where it is none of theirs any more."""
    order = await session.get(OrderRow, order_id)
    reader = await person_by_id(session, reader_id)
    if order is None or reader is None:
        return None
    request = await session.get_one(RequestRow, order.request_id)
    if not await _concerns(session, reader, order, request):
        return None
    return await _whole(session, reader, order, request, now)


async def standing_orders(
    session: Session, actor: Person, *, now: datetime, limit: int = 10
) -> list[OrderLine]:
    """List the standing orders that somebody supervises or has to put right, first due first."""
    found = await session.scalars(
        select(OrderRow).where(*_theirs(actor)).order_by(OrderRow.due_at, OrderRow.id).limit(limit)
    )
    orders = found.all()
    requests = {order.id: await session.get_one(RequestRow, order.request_id) for order in orders}
    names = await request_names(session, list(requests.values()), [one.person_id for one in orders])
    return [_line(order, requests[order.id], names, now) for order in orders]


async def count_orders(session: Session, actor: Person) -> int:
    """Count the standing orders that somebody supervises or has to put right."""
    found = await session.scalar(select(func.count(OrderRow.id)).where(*_theirs(actor)))
    return found or 0


async def hand_on_choices(session: Session, actor: Person, order_id: int) -> list[Choice]:
    """List whom an order may be given to, least loaded first; empty without the right."""
    order = await session.get(OrderRow, order_id)
    request = await session.get(RequestRow, order.request_id) if order else None
    path = await _path(session, request) if request else None
    if order is None or path is None or not actor.may(Right.SUPERVISE, path):
        return []
    found = await session.execute(desk_people(path))
    return [
        Choice(Who(row.id, row.name), row.carried)
        for row in found.all()
        if row.id != order.person_id
    ]


async def visit_told(
    session: Session, reader_id: int, visit_id: int, *, now: datetime
) -> VisitView | None:
    """Show a return visit to resident or desk; None where it is none of theirs."""
    visit = await session.get(VisitRow, visit_id)
    order = await session.get(OrderRow, visit.order_id) if visit else None
    seen = await told(session, reader_id, order.request_id, now=now) if order else None
    if visit is None or seen is None or not seen.hats & {Hat.RESIDENT, Hat.DESK}:
        return None
    answer = VisitAnswer(visit.answer) if visit.answer else None
    closed = seen.view.line.state is RequestState.CLOSED
    asked = may_answer(visit.asked_at, now, policy_of(session, HelpPolicy), closed=closed)
    return VisitView(
        visit_id=visit.id,
        days=visit.days,
        answer=answer,
        as_resident=Hat.RESIDENT in seen.hats,
        may_answer=asked and answer not in VISIT_SAID,
        request=seen.view,
    )


def _theirs(actor: Person) -> list[ColumnElement[bool]]:
    theirs = OrderRow.person_id == actor.id
    if paths := actor.paths_with(Right.SUPERVISE):
        below = or_(*(PlaceRow.path.startswith(path) for path in paths))
        at_place = select(RequestRow.id).join(PlaceRow, PlaceRow.id == RequestRow.place_id)
        theirs |= OrderRow.request_id.in_(at_place.where(below))
    return [OrderRow.state != State.SIGNED, theirs]


async def _concerns(session: Session, reader: Person, order: OrderRow, request: RequestRow) -> bool:
    return order.person_id == reader.id or reader.may(
        Right.WORK_DESK, await _path(session, request)
    )


async def _path(session: Session, request: RequestRow) -> str:
    return (await session.get_one(PlaceRow, request.place_id)).path


async def _whole(
    session: Session, reader: Person, order: OrderRow, request: RequestRow, now: datetime
) -> OrderView:
    part = await part_of(session, reader, order, request)
    people = [order.person_id, order.reported_by, order.signed_by]
    names = await request_names(session, [request], people)
    return OrderView(
        line=_line(order, request, names, now),
        body=_body(order.body),
        beneficiary=names.known(request.beneficiary_id),
        said=await _said(session, request),
        to_show=order.to_show,
        report=order.report,
        reporter=names.person(order.reported_by),
        reported_at=order.reported_at,
        evidence=await _evidence(session, order),
        sent_back=order.sent_back,
        signer=names.person(order.signed_by),
        signed_at=order.signed_at,
        mine=part.responsible,
        partial=OrderHat.PARTIAL in hats(part),
        may=_may(order, part),
    )


def _body(code: str | None) -> Body | None:
    return Body(code) if code in set(Body) else None


def _may(order: OrderRow, part: Part) -> frozenset[Move]:
    return frozenset(move for move in Move if allowed(State(order.state), move, hats(part)))


def _line(order: OrderRow, request: RequestRow, names: Names, now: datetime) -> OrderLine:
    state = State(order.state)
    return OrderLine(
        order_id=order.id,
        request_id=request.id,
        number=request.number,
        category=request.category,
        where=names.places[request.place_id],
        cause=Cause(order.cause),
        state=state,
        person=names.person(order.person_id),
        due_at=order.due_at,
        overdue=is_overdue(state, order.due_at, now),
    )


async def _said(session: Session, request: RequestRow) -> str | None:
    return await session.scalar(
        select(LineRow.words)
        .where(
            LineRow.request_id == request.id,
            LineRow.what.in_(SAID),
            LineRow.words.is_not(None),
        )
        .order_by(LineRow.id.desc())
        .limit(1)
    )


async def _evidence(session: Session, order: OrderRow) -> tuple[Media, ...]:
    rows = await session.scalars(
        select(EvidenceRow).where(EvidenceRow.order_id == order.id).order_by(EvidenceRow.position)
    )
    return tuple(_media(rows.all()))


def _media(rows: Sequence[EvidenceRow]) -> list[Media]:
    return [Media(MediaKind(row.kind), row.file_id) for row in rows]

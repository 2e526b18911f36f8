"""Reading orders: one whole, those of somebody, the last about a request, who is to judge."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from models.categories import Body
from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.queries.desk import desk_people
from models.help.queries.request import request_names
from models.help.rules.closing import Cause, Ordered
from models.help.rules.limits import Channel, Line
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.help.views import OrderMark, StaffChoice
from models.hours.rules.clocks import Clock
from models.media import Media, MediaKind
from models.names.queries import Names
from models.names.views import Who
from models.orders.rules import (
    CARDS,
    LIFECYCLE,
    Move,
    Relation,
    State,
    is_overdue,
    relations_of,
)
from models.orders.tables import EvidenceRow, OrderRow
from models.orders.views import OrderLine, OrderView
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import desk_clock_at
from models.records.changing import RecordKind, hold
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal

SAID = (Line.UNSOLVED, Line.REOPENED, Line.WRONG)
"""Lines in which the resident may say what is not right."""

A_PAGE = 8
"""Orders on a page: with their buttons they fill a phone's screen once."""


async def relations(session: Session, who: Person, row: OrderRow) -> frozenset[Relation]:
    """Return what somebody is to an order and to the request that it is about."""
    path = await path_of(session, row)
    return relations_of(
        at_desk=who.may(Right.WORK_DESK, path),
        supervises=who.may(Right.SUPERVISE, path),
        responsible=row.person_id == who.id,
        reported=who.id in await _reporters(session, row),
        helped=who.id in await _helpers(session, row),
    )


async def _held(session: Session, order_id: int) -> OrderRow | None:
    """Hold an order behind its request, as every move on that does: so no two wait for each other.

    The request is the one of `get_one` from then on.
    """
    await session.flush()
    found = await session.get(OrderRow, order_id)
    if found is None:
        return None
    await session.get_one(
        RequestRow, found.request_id, with_for_update=True, populate_existing=True
    )
    return await hold(session, OrderRow, order_id)


ORDERS = RecordKind("orders", OrderRow, LIFECYCLE, relations, cards=CARDS, lock=_held)


async def order_view(
    session: Session, actor: Person, order_id: int, *, now: datetime
) -> OrderView | Refusal:
    """Return an order whole to the desk of its place and to whoever is responsible."""
    row = await seen(session, ORDERS, order_id, Move.LOOK, actor, now)
    return row if isinstance(row, Refusal) else await _whole(session, actor, row, now)


async def order_told(
    session: Session, reader_id: int, order_id: int, now: datetime
) -> OrderView | None:
    """Return an order to the reader of a notice; None where it is none of theirs any more."""
    row = await seen_by_id(session, ORDERS, order_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id) if row else None
    return await _whole(session, reader, row, now) if row and reader else None


async def orders_page(
    session: Session, actor: Person, page: int = 0, *, now: datetime
) -> PageOf[OrderLine]:
    """Return a page of the standing orders that somebody supervises or has to put right, the first
    due first.
    """
    theirs = _theirs(actor).order_by(OrderRow.due_at, OrderRow.id)
    found = await page_of(session, theirs, page, A_PAGE)
    about = RequestRow.id.in_([row.request_id for row in found.lines])
    requests = {one.id: one for one in await session.scalars(select(RequestRow).where(about))}
    people = [row.person_id for row in found.lines]
    names = await request_names(session, list(requests.values()), people)
    return found.of(_line(row, requests[row.request_id], names, now) for row in found.lines)


async def count_orders(session: Session, actor: Person) -> int:
    """Count the standing orders that somebody supervises or has to put right."""
    return await session.scalar(select(func.count()).select_from(_theirs(actor).subquery())) or 0


async def hand_on_choices(session: Session, actor: Person, order_id: int) -> list[StaffChoice]:
    """List whom an order may be given to, least loaded first; empty without the right."""
    order = await session.get(OrderRow, order_id)
    path = await path_of(session, order) if order else None
    if order is None or path is None or not actor.may(Right.SUPERVISE, path):
        return []
    found = await session.execute(desk_people(path))
    return [
        StaffChoice(Who(row.id, row.name), row.carried)
        for row in found.all()
        if row.id != order.person_id
    ]


async def standing_order(session: Session, request_id: int) -> OrderRow | None:
    """Return the order that stands for a locked request; at most one does."""
    return await session.scalar(
        select(OrderRow).where(OrderRow.request_id == request_id, OrderRow.state != State.SIGNED)
    )


async def last_order(session: Session, request_id: int, *, now: datetime) -> OrderMark | None:
    """Picture the last order about a request, without the name; None where there was none."""
    order = await _last(session, request_id)
    if order is None:
        return None
    return OrderMark(
        order_id=order.id,
        state=Ordered(order.state),
        person_id=order.person_id,
        due_at=order.due_at,
        overdue=is_overdue(State(order.state), order.due_at, now),
        report=order.report,
    )


async def who_put_right(session: Session, request_id: int) -> set[int]:
    """List who reported that a request was put right, and had to, by its last order.

    Nobody while that order is yet to be reported.
    """
    order = await _last(session, request_id)
    if order is None or order.state == State.OPEN:
        return set()
    return {one for one in (order.person_id, order.reported_by) if one is not None}


async def _last(session: Session, request_id: int) -> OrderRow | None:
    return await session.scalar(
        select(OrderRow)
        .where(OrderRow.request_id == request_id)
        .order_by(OrderRow.id.desc())
        .limit(1)
    )


async def ever_ordered(session: Session, request_ids: Collection[int]) -> set[int]:
    """List those of some requests about which there has been an order."""
    found = await session.scalars(
        select(OrderRow.request_id).where(OrderRow.request_id.in_(list(request_ids))).distinct()
    )
    return set(found.all())


async def judges(session: Session, order: OrderRow) -> list[int]:
    """List who is to sign an order off: those who answer for the place and had no hand in it.

    Where all of them had, the next rung of the ladder does; where even those had, it is told all
    the same to whoever answers for the place, who can hand it on.
    """
    path = await path_of(session, order)
    theirs = await _reporters(session, order) | await _helpers(session, order)
    theirs |= {order.person_id} if order.person_id is not None else set()
    for rung in (Level.SECRETARY, Level.STREET):
        people = [one for one in await people_at_level(session, path, rung) if one not in theirs]
        if people:
            return people
    return await people_at_level(session, path, Level.SECRETARY)


async def _reporters(session: Session, order: OrderRow) -> set[int]:
    lines = await session.scalars(
        select(LineRow).where(
            LineRow.request_id == order.request_id, LineRow.what == Line.ORDER_REPORTED
        )
    )
    told = [line for line in lines if (line.detail or {}).get("order") == order.id]
    return {line.actor_id for line in told if line.actor_id is not None}


async def _helpers(session: Session, order: OrderRow) -> set[int]:
    found = await session.scalars(
        select(ClaimRow.person_id).where(
            ClaimRow.request_id == order.request_id, ClaimRow.held_at.is_not(None)
        )
    )
    request = await request_of(session, order)
    # whoever found it does not judge whether it is put right
    finder = {request.requester_id} if request.channel == Channel.INSPECTION else set()
    return {*found, *finder}


async def request_of(session: Session, order: OrderRow) -> RequestRow:
    """Return the request that an order is about: held, where the order is."""
    return await session.get_one(RequestRow, order.request_id)


async def path_of(session: Session, order: OrderRow) -> str:
    """Return the path of the place that an order is about."""
    request = await request_of(session, order)
    return (await session.get_one(PlaceRow, request.place_id)).path


async def office_clock(session: Session, order: OrderRow) -> Clock:
    """Return the clock that the dates of an order are counted by: working time of the place."""
    return await desk_clock_at(session, await path_of(session, order))


def _theirs(actor: Person) -> Select[OrderRow]:
    theirs = OrderRow.person_id == actor.id
    if paths := actor.paths_with(Right.SUPERVISE):
        below = or_(*(PlaceRow.path.startswith(path) for path in paths))
        at_place = select(RequestRow.id).join(PlaceRow, PlaceRow.id == RequestRow.place_id)
        about = at_place.where(RequestRow.id == OrderRow.request_id, below)
        theirs |= about.correlate(OrderRow).exists()
    return select(OrderRow).where(OrderRow.state != State.SIGNED, theirs)


async def _whole(session: Session, reader: Person, order: OrderRow, now: datetime) -> OrderView:
    request, held = await request_of(session, order), await relations(session, reader, order)
    people = [order.person_id, order.reported_by, order.signed_by]
    names = await request_names(session, [request], people)
    return OrderView(
        line=_line(order, request, names, now),
        body=Body(order.body) if order.body in set(Body) else None,
        beneficiary=names.known(request.beneficiary_id),
        said=await _said(session, order),
        to_show=order.to_show,
        report=order.report,
        reporter=names.person(order.reported_by),
        reported_at=order.reported_at,
        evidence=await _evidence(session, order),
        sent_back=order.sent_back,
        signer=names.person(order.signed_by),
        signed_at=order.signed_at,
        mine=Relation.RESPONSIBLE in held,
        partial=Relation.PARTIAL in held,
        may=LIFECYCLE.open_to(order.state, held),
    )


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


async def _said(session: Session, order: OrderRow) -> str | None:
    return await session.scalar(
        select(LineRow.words)
        .where(
            LineRow.request_id == order.request_id,
            LineRow.what.in_(SAID),
            LineRow.words.is_not(None),
        )
        .order_by(LineRow.id.desc())
        .limit(1)
    )


async def _evidence(session: Session, order: OrderRow) -> tuple[Media, ...]:
    rows: Sequence[EvidenceRow] = (
        await session.scalars(
            select(EvidenceRow)
            .where(EvidenceRow.order_id == order.id)
            .order_by(EvidenceRow.position)
        )
    ).all()
    return tuple(Media(MediaKind(row.kind), row.file_id) for row in rows)

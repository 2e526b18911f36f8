"""Who had which part in an order, who is to judge it, and the clock that its dates go by."""

from collections.abc import Collection

from sqlalchemy import select

from models.database import Session
from models.escalation.queries import rung_people
from models.escalation.rules import Rung
from models.help.rules.limits import Line
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.hours.rules.clocks import Clock
from models.orders.rules import Part, State
from models.orders.tables import OrderRow
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import desk_clock_at


async def standing_order(session: Session, request_id: int) -> OrderRow | None:
    """Return the order that stands for a locked request; at most one does."""
    return await session.scalar(
        select(OrderRow).where(OrderRow.request_id == request_id, OrderRow.state != State.SIGNED)
    )


async def who_put_right(session: Session, request_id: int) -> set[int]:
    """List who reported that a request was put right, and had to, by its last order.

    Nobody while that order is yet to be reported.
    """
    order = await session.scalar(
        select(OrderRow)
        .where(OrderRow.request_id == request_id)
        .order_by(OrderRow.id.desc())
        .limit(1)
    )
    if order is None or order.state == State.OPEN:
        return set()
    return {one for one in (order.person_id, order.reported_by) if one is not None}


async def ever_ordered(session: Session, request_ids: Collection[int]) -> set[int]:
    """List those of some requests about which there has been an order."""
    found = await session.scalars(
        select(OrderRow.request_id).where(OrderRow.request_id.in_(list(request_ids))).distinct()
    )
    return set(found.all())


async def part_of(session: Session, actor: Person, order: OrderRow, request: RequestRow) -> Part:
    """Tell what somebody is to an order and its request."""
    return Part(
        supervises=actor.may(Right.SUPERVISE, await _path(session, request)),
        responsible=order.person_id == actor.id,
        reported=actor.id in await _reporters(session, order),
        helped=actor.id in await _helpers(session, request.id),
    )


async def judges(session: Session, order: OrderRow, request: RequestRow) -> list[int]:
    """List who is to sign an order off: those who answer for the place and had no hand in it.

    Where all of them had, the next rung of the ladder does; where even those had, it is told all
    the same to whoever answers for the place, who can hand it on.
    """
    path = await _path(session, request)
    theirs = await _reporters(session, order) | await _helpers(session, request.id)
    theirs |= {order.person_id} if order.person_id is not None else set()
    for rung in (Rung.SECRETARY, Rung.STREET):
        people = [one for one in await rung_people(session, path, rung) if one not in theirs]
        if people:
            return people
    return await rung_people(session, path, Rung.SECRETARY)


async def _reporters(session: Session, order: OrderRow) -> set[int]:
    lines = await session.scalars(
        select(LineRow).where(
            LineRow.request_id == order.request_id, LineRow.what == Line.ORDER_REPORTED
        )
    )
    told = [line for line in lines if (line.detail or {}).get("order") == order.id]
    return {line.actor_id for line in told if line.actor_id is not None}


async def _helpers(session: Session, request_id: int) -> set[int]:
    found = await session.scalars(
        select(ClaimRow.person_id).where(
            ClaimRow.request_id == request_id, ClaimRow.held_at.is_not(None)
        )
    )
    return set(found)


async def office_clock(session: Session, request: RequestRow) -> Clock:
    """Return the clock that the dates of orders are counted by: working time of the place."""
    return await desk_clock_at(session, await _path(session, request))


async def _path(session: Session, request: RequestRow) -> str:
    return (await session.get_one(PlaceRow, request.place_id)).path

"""Opening an order, by the bot alone: the resident was not content."""

from datetime import datetime

from models.categories import CATALOGUE
from models.database import Session
from models.help.actions.owner import owner_now
from models.help.actions.rows import add_line
from models.help.rules.limits import Line
from models.help.tables import RequestRow
from models.orders.actions.tell import refresh_order, tell, watch_order
from models.orders.queries.parts import judges, office_clock, standing_order
from models.orders.rules import Cause, Notice, OrderPolicy, State, due_by
from models.orders.tables import OrderRow
from models.policy.current import policy_of


async def open_order(
    session: Session, request: RequestRow, cause: Cause, *, now: datetime, actor_id: int
) -> OrderRow:
    """Have a locked request put right by its owner within the set time, under a supervisor.

    One order stands at a time: a second cause changes nothing of it, but is noted and told.
    `actor_id` is whose word it was.
    """
    standing = await standing_order(session, request.id)
    if standing is not None:
        await _once_more(session, standing, request, cause, now, actor_id)
        return standing
    clock = await office_clock(session, request)
    order = OrderRow(
        request_id=request.id,
        cause=cause,
        state=State.OPEN,
        body=CATALOGUE[request.category].body,
        person_id=await owner_now(session, request, now),
        due_at=due_by(now, clock, policy_of(session, OrderPolicy)),
        opened_at=now,
    )
    session.add(order)
    await session.flush()
    _note(session, request, order, cause, Line.ORDERED, now)
    await watch_order(session, order, request, now)
    await _tell_opened(session, order, request, now, actor_id)
    return order


async def refresh_orders(session: Session, request: RequestRow, now: datetime) -> None:
    """Change the cards of the order that stands for a locked request, if one does."""
    standing = await standing_order(session, request.id)
    if standing is not None:
        await refresh_order(session, standing, now)


async def _tell_opened(
    session: Session, order: OrderRow, request: RequestRow, now: datetime, actor_id: int
) -> None:
    people = [one for one in await judges(session, order, request) if one != order.person_id]
    await tell(session, order, Notice.OPENED, people, now=now, actor_id=actor_id)
    if order.cause == Cause.LOW_RATING:
        # of what is not solved the owner is told by the request's own notice
        mine = [order.person_id]
        await tell(session, order, Notice.YOURS, mine, now=now, actor_id=actor_id)


async def _once_more(
    session: Session,
    order: OrderRow,
    request: RequestRow,
    cause: Cause,
    now: datetime,
    actor_id: int,
) -> None:
    _note(session, request, order, cause, Line.ORDER_AGAIN, now)
    people = [order.person_id, *await judges(session, order, request)]
    await tell(session, order, Notice.AGAIN, people, now=now, actor_id=actor_id)
    await refresh_order(session, order, now)


def _note(
    session: Session,
    request: RequestRow,
    order: OrderRow,
    cause: Cause,
    what: Line,
    now: datetime,
) -> None:
    detail = {"order": order.id, "cause": str(cause)}
    add_line(session, request, what, now=now, actor_id=None, detail=detail)

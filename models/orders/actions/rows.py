"""Getting hold of an order: its locked row with its request's, and who the actor is to it."""

from datetime import datetime

from models.database import Session
from models.help.actions.rows import locked, refuse
from models.help.tables import RequestRow
from models.orders.queries.parts import part_of
from models.orders.rules import Hat, Move, OrderOutcome, State, allowed, ever_allowed, hats
from models.orders.tables import OrderRow
from models.people.views import Person


async def locked_order(session: Session, order_id: int) -> tuple[OrderRow, RequestRow] | None:
    """Return an order as it is now, with its request, and hold both until the transaction ends.

    The request is taken first, as by every move on it: so no two wait for each other.
    """
    found = await session.get(OrderRow, order_id)
    request = await locked(session, found.request_id) if found else None
    order = await session.get(
        OrderRow, order_id, with_for_update=True, populate_existing=request is not None
    )
    return (order, request) if order is not None and request is not None else None


async def refusal(
    session: Session,
    actor: Person,
    order: OrderRow,
    request: RequestRow,
    move: Move,
    now: datetime,
) -> OrderOutcome | None:
    """Return why somebody may not make a move on a locked order; None where they may."""
    worn = hats(await part_of(session, actor, order, request))
    if allowed(State(order.state), move, worn):
        return None
    if ever_allowed(move, worn):
        return OrderOutcome.WRONG_TIME
    if Hat.PARTIAL in worn:
        return OrderOutcome.PARTIAL
    await refuse(session, actor, request, f"order: {move}", now)
    return OrderOutcome.NOT_ALLOWED

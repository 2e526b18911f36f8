"""The last order about a request, at a glance."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.rules.closing import Ordered
from models.help.views import OrderMark
from models.orders.rules import State, is_overdue
from models.orders.tables import OrderRow


async def last_order(session: Session, request_id: int, *, now: datetime) -> OrderMark | None:
    """Picture the last order about a request, without the name; None where there was none."""
    order = await session.scalar(
        select(OrderRow)
        .where(OrderRow.request_id == request_id)
        .order_by(OrderRow.id.desc())
        .limit(1)
    )
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

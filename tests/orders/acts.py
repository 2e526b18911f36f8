"""Short ways to act on orders as anybody of the street."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.database import transaction
from models.help.actions.closing import rate, resident_verdict
from models.help.actions.visits import report_done
from models.help.rules.limits import Line
from models.help.rules.outcomes import RateOutcome
from models.help.tables import LineRow
from models.orders.actions import orders as of_orders
from models.orders.actions import visits
from models.orders.rules import OrderOutcome, VisitOutcome
from models.orders.tables import OrderRow, VisitRow
from models.records.rules import Refusal
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street, check_counts

ACTS: dict[str, Any] = {
    "report": of_orders.report_right,
    "send_back": of_orders.send_back,
    "sign": of_orders.sign_off,
    "body": of_orders.set_body,
    "hand_on": of_orders.hand_on,
    "due": of_orders.set_due,
    "show": of_orders.set_to_show,
}


async def act(
    street: Street,
    what: str,
    name: str,
    order_id: int,
    *more: Any,
    at: datetime | None = None,
    **named: Any,
) -> OrderOutcome | Refusal:
    """Act on an order as somebody."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await ACTS[what](session, actor, order_id, *more, now=at or street.now, **named)
        await check_counts(session)
        assert isinstance(outcome, OrderOutcome | Refusal)
        return outcome


async def help_act(
    street: Street,
    action: Callable[..., Awaitable[Any]],
    name: str,
    request_id: int,
    at: datetime | None = None,
    **more: Any,
) -> Any:
    """Act on a request as somebody."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        outcome = await action(session, actor, request_id, now=at or street.now, **more)
        await check_counts(session)
        return outcome


async def done(street: Street, name: str = "li") -> int:
    """File as wang and have it done by somebody; give the request."""
    request_id = await street.file()
    await street.claim(name, request_id)
    await help_act(street, report_done, name, request_id)
    return request_id


async def unsolved(street: Street, name: str = "li") -> int:
    """Have a request done that the resident calls not solved; give the request."""
    request_id = await done(street, name)
    await help_act(street, resident_verdict, "wang", request_id, solved=False)
    return request_id


async def solved(street: Street) -> int:
    """Have a request done that the resident calls solved; give the request."""
    request_id = await done(street)
    await help_act(street, resident_verdict, "wang", request_id, solved=True)
    return request_id


async def low_rated(street: Street) -> int:
    """Have a request solved and rated one star; give the request."""
    request_id = await solved(street)
    assert await help_act(street, rate, "wang", request_id, stars=1) is RateOutcome.LOW
    return request_id


async def orders(street: Street, request_id: int) -> list[OrderRow]:
    """Read the orders about a request, oldest first."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(OrderRow).where(OrderRow.request_id == request_id).order_by(OrderRow.id)
        )
        return list(found)


async def only_order(street: Street, request_id: int) -> OrderRow:
    """Read the one order about a request."""
    [order] = await orders(street, request_id)
    return order


async def signed(street: Street, request_id: int, by: str = "zhou") -> OrderRow:
    """Have the standing order about a request reported by zhao and signed off; give it."""
    order = (await orders(street, request_id))[-1]
    assert await act(street, "report", "zhao", order.id, "换好了") is OrderOutcome.REPORTED
    assert await act(street, "sign", by, order.id) is OrderOutcome.SIGNED
    return (await orders(street, request_id))[-1]


async def visits_of(street: Street, order_id: int) -> list[VisitRow]:
    """Read the return visits of an order."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(VisitRow).where(VisitRow.order_id == order_id).order_by(VisitRow.days)
        )
        return list(found)


async def answer(
    street: Street, name: str, visit_id: int, *, well: bool, at: datetime | None = None
) -> VisitOutcome:
    """Answer a return visit as somebody."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await visits.answer_visit(session, actor, visit_id, well=well, now=at or street.now)


async def sweep_at(street: Street, instant: datetime) -> None:
    """Have what is due by an instant done."""
    await sweep(street.sessions, EFFECTS, instant)
    async with transaction(street.sessions) as session:
        await check_counts(session)


async def said(street: Street, request_id: int, what: Line) -> list[str | None]:
    """List the words of a kind of line in a timeline."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(LineRow.words)
            .where(LineRow.request_id == request_id, LineRow.what == what)
            .order_by(LineRow.id)
        )
        return list(found)

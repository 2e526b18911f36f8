"""Opening an order, and naming its terms."""

from datetime import date, datetime, timedelta

from models.categories import CATALOGUE, Body
from models.database import Session
from models.help.actions.notify import refresh_cards
from models.help.actions.owner import owner_now
from models.help.actions.rows import add_line, path_of
from models.help.rules.closing import Cause
from models.help.rules.limits import Line
from models.help.tables import RequestRow
from models.hours.rules.clocks import DeskClock
from models.orders.actions.notify import refresh_order, tell, watch_order
from models.orders.actions.rows import locked_order, refusal
from models.orders.queries.parts import judges, office_clock, standing_order
from models.orders.rules import (
    WORDS_LENGTH,
    Move,
    Notice,
    OrderOutcome,
    OrderPolicy,
    State,
    Term,
    due_by,
    last_closing,
)
from models.orders.tables import OrderRow
from models.people.desk import works_at
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


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


FARTHEST = timedelta(days=366)


async def set_body(
    session: Session, actor: Person, order_id: int, body: Body, *, now: datetime
) -> OrderOutcome:
    """Name the body that answers (SET)."""
    found = await _settable(session, actor, order_id, Move.SET, now)
    if isinstance(found, OrderOutcome):
        return found
    order, request = found
    if order.body == body:
        return OrderOutcome.ALREADY
    order.body = body
    return await _was_set(session, actor, order, request, Term.BODY, now)


async def hand_on(
    session: Session, actor: Person, order_id: int, to_id: int, *, now: datetime
) -> OrderOutcome:
    """Make other staff of the place responsible (SET); they and the one before are told."""
    found = await _settable(session, actor, order_id, Move.HAND_ON, now)
    if isinstance(found, OrderOutcome):
        return found
    order, request = found
    if order.person_id == to_id:
        return OrderOutcome.ALREADY
    if not await works_at(session, to_id, await path_of(session, request)):
        return OrderOutcome.NOT_STAFF
    before, order.person_id = order.person_id, to_id
    await session.flush()
    people = {before, to_id, *await judges(session, order, request)}
    await tell(session, order, Notice.YOURS, people, now=now, actor_id=actor.id)
    return await _was_set(session, actor, order, request, Term.PERSON, now, told=True)


async def set_due(
    session: Session, actor: Person, order_id: int, day: date, *, now: datetime
) -> OrderOutcome:
    """Name the day (SET); the order is due when the desk of the place closes on it."""
    found = await _settable(session, actor, order_id, Move.SET, now)
    if isinstance(found, OrderOutcome):
        return found
    order, request = found
    due_at = await _closing_of(session, request, day)
    if not now < due_at <= now + FARTHEST:
        return OrderOutcome.BAD_DATE
    if order.due_at == due_at:
        return OrderOutcome.ALREADY
    order.due_at = due_at
    await watch_order(session, order, request, now)
    return await _was_set(session, actor, order, request, Term.DUE, now)


async def set_to_show(
    session: Session, actor: Person, order_id: int, words: str, *, now: datetime
) -> OrderOutcome:
    """Name what must be shown for it to count as done (SET)."""
    found = await _settable(session, actor, order_id, Move.SET, now)
    if isinstance(found, OrderOutcome):
        return found
    order, request = found
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return OrderOutcome.EMPTY
    order.to_show, order.set_by = said, actor.id
    return await _was_set(session, actor, order, request, Term.TO_SHOW, now)


async def _settable(
    session: Session, actor: Person, order_id: int, move: Move, now: datetime
) -> tuple[OrderRow, RequestRow] | OrderOutcome:
    found = await locked_order(session, order_id)
    if found is None:
        return OrderOutcome.MISSING
    return await refusal(session, actor, *found, move, now) or found


async def _was_set(
    session: Session,
    actor: Person,
    order: OrderRow,
    request: RequestRow,
    what: Term,
    now: datetime,
    *,
    told: bool = False,
) -> OrderOutcome:
    detail = {"order": order.id, "what": str(what)}
    line = Line.ORDER_SET
    add_line(session, request, line, now=now, actor_id=actor.id, detail=detail, internal=True)
    if not told:
        mine = [order.person_id]
        await tell(session, order, Notice.YOURS, mine, now=now, actor_id=actor.id)
    await refresh_order(session, order, now)
    await refresh_cards(session, request, now)
    return OrderOutcome.SET


async def _closing_of(session: Session, request: RequestRow, day: date) -> datetime:
    clock = await office_clock(session, request)
    hours = clock.hours if isinstance(clock, DeskClock) else policy_of(session).desk
    return last_closing(hours, day)

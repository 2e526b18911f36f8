"""What a supervisor names: who answers, until when, what must be shown."""

from datetime import date, datetime, timedelta

from models.categories import Body
from models.database import Session
from models.help.actions.notify import refresh_cards
from models.help.actions.rows import add_line, path_of
from models.help.queries.desk import works_at
from models.help.rules.limits import Line
from models.help.tables import RequestRow
from models.hours.rules.clocks import DeskClock
from models.orders.actions.rows import locked_order, refusal
from models.orders.actions.tell import refresh_order, tell, watch_order
from models.orders.queries.parts import judges, office_clock
from models.orders.rules import WORDS_LENGTH, Move, Notice, OrderOutcome, Term, last_closing
from models.orders.tables import OrderRow
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text

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

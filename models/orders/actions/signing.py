"""Reporting that it has been put right, and judging the report."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.help.actions.closing import hush
from models.help.actions.judging import ask_for_the_word
from models.help.actions.notify import refresh_cards, tell_resident
from models.help.actions.rows import add_line, choose_hat, end
from models.help.actions.schedule import stop_request
from models.help.rules.limits import Line
from models.help.rules.notices import Notice as HelpNotice
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import Hat as RequestHat
from models.help.rules.states import Move as RequestMove
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.media import Media
from models.orders.actions.notify import refresh_order, set_reminder, stop_order, tell
from models.orders.actions.rows import locked_order, refusal
from models.orders.queries.parts import judges
from models.orders.rules import (
    MOST_EVIDENCE,
    WORDS_LENGTH,
    Move,
    Notice,
    OrderOutcome,
    OrderPolicy,
    Reminder,
    State,
    target,
    visit_at,
)
from models.orders.tables import EvidenceRow, OrderRow, VisitRow
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


async def report_right(
    session: Session,
    actor: Person,
    order_id: int,
    words: str,
    *,
    now: datetime,
    media: Sequence[Media] = (),
) -> OrderOutcome:
    """Report that it has been put right (REPORTED), in words, with what shows it.

    Whoever is to sign it off is told. What was shown with an earlier report stays.
    """
    found = await locked_order(session, order_id)
    if found is None:
        return OrderOutcome.MISSING
    order, request = found
    if why := await refusal(session, actor, order, request, Move.REPORT, now):
        return why
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return OrderOutcome.EMPTY
    order.state, order.report = target(Move.REPORT), said
    order.reported_by, order.reported_at, order.sent_back = actor.id, now, None
    await _show(session, order, media, actor.id)
    _note(session, order, request, Line.ORDER_REPORTED, actor, now, words=said)
    await session.flush()
    people = await judges(session, order, request)
    await tell(session, order, Notice.REPORTED, people, now=now, actor_id=actor.id)
    await _refresh(session, order, request, now)
    return OrderOutcome.REPORTED


async def send_back(
    session: Session, actor: Person, order_id: int, words: str, *, now: datetime
) -> OrderOutcome:
    """Send a report back with what is missing (SENT_BACK); the date stays."""
    found = await locked_order(session, order_id)
    if found is None:
        return OrderOutcome.MISSING
    order, request = found
    if why := await refusal(session, actor, order, request, Move.SEND_BACK, now):
        return why
    said = clean_text(words, WORDS_LENGTH)
    if not said:
        return OrderOutcome.EMPTY
    order.state, order.sent_back = target(Move.SEND_BACK), said
    _note(session, order, request, Line.ORDER_BACK, actor, now, words=said, internal=True)
    people = [order.person_id, order.reported_by]
    await tell(session, order, Notice.SENT_BACK, people, now=now, actor_id=actor.id)
    await _refresh(session, order, request, now)
    return OrderOutcome.SENT_BACK


async def sign_off(
    session: Session, actor: Person, order_id: int, *, now: datetime
) -> OrderOutcome:
    """Sign off what was reported (SIGNED), and set the return visits.

    The resident of what was not solved is asked anew; what is closed stays closed.
    """
    found = await locked_order(session, order_id)
    if found is None:
        return OrderOutcome.MISSING
    order, request = found
    if order.state == State.SIGNED and order.signed_by == actor.id:
        return OrderOutcome.ALREADY
    if why := await refusal(session, actor, order, request, Move.SIGN, now):
        return why
    order.state, order.signed_by, order.signed_at = target(Move.SIGN), actor.id, now
    await stop_order(session, order, "signed off", now)
    _note(session, order, request, Line.ORDER_SIGNED, actor, now)
    people = [order.person_id, order.reported_by]
    await tell(session, order, Notice.SIGNED, people, now=now, actor_id=actor.id)
    await _plan_visits(session, order, now)
    if choose_hat(request, RequestMove.SIGN_OFF, [RequestHat.SUPERVISOR]):
        await _ask_anew(session, request, actor, now)
    await _refresh(session, order, request, now)
    return OrderOutcome.SIGNED


async def _ask_anew(session: Session, request: RequestRow, actor: Person, now: datetime) -> None:
    """Put a locked unsolved request back to done: whether it is solved is the resident's to say."""
    end(request, RequestState.DONE, now)
    request.done_at, request.solved, request.unconfirmed = now, None, False
    hush(request)
    await stop_request(session, request, "put right", now)
    await ask_for_the_word(session, request, now, policy_of(session, HelpPolicy))
    detail = {"person": actor.id}
    await tell_resident(session, request, HelpNotice.DONE, now=now, detail=detail)


async def _plan_visits(session: Session, order: OrderRow, now: datetime) -> None:
    policy = policy_of(session, OrderPolicy)
    visits = [
        VisitRow(order_id=order.id, days=days, due_at=visit_at(now, days, policy))
        for days in policy.visits
    ]
    session.add_all(visits)
    await session.flush()
    for visit in visits:
        await set_reminder(session, Reminder.VISIT, visit.id, visit.due_at)


async def _show(session: Session, order: OrderRow, media: Sequence[Media], sent_by: int) -> None:
    last = await session.scalar(
        select(func.max(EvidenceRow.position)).where(EvidenceRow.order_id == order.id)
    )
    shown = [item for item in media if item.file_id][:MOST_EVIDENCE]
    for position, item in enumerate(shown, (last or 0) + 1):
        session.add(
            EvidenceRow(
                order_id=order.id,
                position=position,
                kind=item.kind,
                file_id=item.file_id,
                sent_by=sent_by,
            )
        )


def _note(
    session: Session,
    order: OrderRow,
    request: RequestRow,
    what: Line,
    actor: Person,
    now: datetime,
    *,
    words: str | None = None,
    internal: bool = False,
) -> None:
    detail = {"order": order.id}
    add_line(
        session,
        request,
        what,
        now=now,
        actor_id=actor.id,
        detail=detail,
        words=words,
        internal=internal,
    )


async def _refresh(session: Session, order: OrderRow, request: RequestRow, now: datetime) -> None:
    await refresh_order(session, order, now)
    await refresh_cards(session, request, now)

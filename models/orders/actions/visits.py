"""Return visits 回访: what the resident answers, on the phone too."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.actions.closing import hush, open_again
from models.help.actions.judging import judging_hats
from models.help.actions.notify import refresh_cards
from models.help.actions.rows import add_line, claims_of, locked, refuse
from models.help.rules.limits import NOTE_LENGTH, Line
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.orders.actions.tell import refresh_visits
from models.orders.rules import SAID, VisitAnswer, VisitOutcome, may_answer
from models.orders.tables import OrderRow, VisitRow
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


async def answer_visit(
    session: Session,
    actor: Person,
    visit_id: int,
    *,
    well: bool,
    now: datetime,
    words: str | None = None,
) -> VisitOutcome:
    """Say whether it is still well; where it is not, the request is opened again (REOPENED), with
    the words on what is wrong.

    The resident says so, or staff who rang them and did not do the work themselves. It can be said
    for as long after the question as a closed request can be opened again.
    """
    found = await locked_visit(session, visit_id)
    if found is None or found[0].asked_at is None:
        return VisitOutcome.MISSING
    visit, request = found
    if not await judging_hats(session, actor, request, await claims_of(session, request)):
        await refuse(session, actor, request, "visit", now)
        return VisitOutcome.NOT_ALLOWED
    if visit.answer in SAID:
        return VisitOutcome.ALREADY
    closed = request.state == RequestState.CLOSED
    if not may_answer(visit.asked_at, now, policy_of(session, HelpPolicy), closed=closed):
        return VisitOutcome.TOO_LATE
    visit.answer = VisitAnswer.WELL if well else VisitAnswer.NOT_WELL
    visit.answered_by, visit.answered_at = actor.id, now
    if well:
        hush(request)
        detail = {"days": visit.days}
        add_line(session, request, Line.STILL_WELL, now=now, actor_id=actor.id, detail=detail)
        await refresh_cards(session, request, now)
    else:
        said = clean_text(words or "", NOTE_LENGTH) or None
        await open_again(session, request, now=now, actor_id=actor.id, words=said)
    await refresh_visits(session, [visit.id], now)
    return VisitOutcome.WELL if well else VisitOutcome.REOPENED


async def locked_visit(session: Session, visit_id: int) -> tuple[VisitRow, RequestRow] | None:
    """Give a return visit and its request, held until the transaction ends."""
    visit = await session.get(VisitRow, visit_id)
    order = await session.get_one(OrderRow, visit.order_id) if visit else None
    request = await locked(session, order.request_id) if order else None
    if visit is None or request is None:
        return None
    await session.refresh(visit)
    return visit, request


async def silent_visit(session: Session, request: RequestRow) -> VisitRow | None:
    """Give the return visit for which the resident of a locked request is to be called back."""
    if request.state != RequestState.CLOSED:
        return None
    return await session.scalar(
        select(VisitRow)
        .join(OrderRow, OrderRow.id == VisitRow.order_id)
        .where(OrderRow.request_id == request.id, VisitRow.answer == VisitAnswer.SILENT)
        .order_by(VisitRow.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


async def give_visit_up(session: Session, visit: VisitRow, now: datetime) -> None:
    """Leave a return visit without a word: nobody answered the telephone either."""
    visit.answer = VisitAnswer.UNREACHED
    await refresh_visits(session, [visit.id], now)

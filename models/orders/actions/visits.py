"""Return visits 回访, and what the reminders of orders do."""

from datetime import datetime

from sqlalchemy import select, update

from models.database import Session
from models.escalation.queries import rung_people
from models.escalation.rules import Rung
from models.help.actions.closing import hush, open_again
from models.help.actions.judging import judging_hats, who_rings
from models.help.actions.notify import refresh_cards
from models.help.actions.rows import add_line, claims_of, locked, path_of, refuse
from models.help.rules.limits import NOTE_LENGTH, Line
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.orders.actions.notify import refresh_order, refresh_visits, set_reminder, tell
from models.orders.actions.rows import locked_order
from models.orders.queries.parts import judges
from models.orders.rules import SAID, Notice, Reminder, State, VisitAnswer, VisitOutcome, may_answer
from models.orders.tables import OrderRow, VisitRow
from models.outbox.actions import notify
from models.people.views import Person
from models.policy.current import policy_of
from models.reminders.views import Due
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
    """Return a return visit and its request, held until the transaction ends."""
    visit = await session.get(VisitRow, visit_id)
    order = await session.get_one(OrderRow, visit.order_id) if visit else None
    request = await locked(session, order.request_id) if order else None
    if visit is None or request is None:
        return None
    await session.refresh(visit)
    return visit, request


async def silent_visit(session: Session, request: RequestRow) -> VisitRow | None:
    """Return the return visit for which the resident of a locked request is to be called back."""
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


async def due(session: Session, fired: Due, now: datetime) -> None:
    """Tell whoever is responsible, and the supervisor, that an order's date has come."""
    found = await _late(session, fired, now)
    if found is None:
        return
    order, request = found
    detail = {"order": order.id}
    add_line(
        session, request, Line.ORDER_LATE, now=now, actor_id=None, detail=detail, internal=True
    )
    waiting = order.state == State.REPORTED
    people = [None if waiting else order.person_id, *await judges(session, order, request)]
    late = {"late": fired.late, "street": False}
    await tell(session, order, Notice.LATE, people, now=now, detail=late)
    await refresh_order(session, order, now)
    await refresh_cards(session, request, now)


async def street(session: Session, fired: Due, now: datetime) -> None:
    """Tell the street of an order that is still not signed off a working day after its date."""
    found = await _late(session, fired, now)
    if found is None:
        return
    order, request = found
    people = await rung_people(session, await path_of(session, request), Rung.STREET)
    detail = {"late": fired.late, "street": True}
    await tell(session, order, Notice.LATE, people, now=now, detail=detail)


async def _late(session: Session, fired: Due, now: datetime) -> tuple[OrderRow, RequestRow] | None:
    """Return the order that a reminder is about; None when it is signed, or has another date."""
    found = await locked_order(session, fired.subject_id)
    if found is None or found[0].state == State.SIGNED or now < found[0].due_at:
        return None
    return found


async def visit(session: Session, fired: Due, now: datetime) -> None:
    """Ask the resident whether it is still well, unless the request has been opened since."""
    found = await locked_visit(session, fired.subject_id)
    if found is None or found[0].asked_at is not None or found[0].answer is not None:
        return
    if not await _stands(session, *found) or await _overtaken(session, found[0], now):
        return
    asked, request = found
    asked.asked_at = now
    await _replace_silent(session, asked, request)
    detail = {"days": asked.days}
    add_line(session, request, Line.VISITED, now=now, actor_id=None, detail=detail)
    if await _ask(session, asked, request, fired, now):
        silent_at = now + policy_of(session, HelpPolicy).unconfirmed_after
        await set_reminder(session, Reminder.SILENT, asked.id, silent_at)
    else:
        await _call_back(session, asked, request, fired, now)


async def silent(session: Session, fired: Due, now: datetime) -> None:
    """Put a return visit without an answer on the call-back list, and tell the owner."""
    found = await locked_visit(session, fired.subject_id)
    if found is None:
        return
    asked, request = found
    if asked.answer is None and await _stands(session, asked, request):
        await _call_back(session, asked, request, fired, now)


async def _stands(session: Session, asked: VisitRow, request: RequestRow) -> bool:
    """Return whether a return visit has a point: it is closed, and no newer order is about it."""
    if request.state != RequestState.CLOSED:
        return False
    newer = await session.scalar(
        select(OrderRow.id)
        .where(OrderRow.request_id == request.id, OrderRow.id > asked.order_id)
        .limit(1)
    )
    return newer is None


async def _overtaken(session: Session, asked: VisitRow, now: datetime) -> bool:
    """Tell whether, after an outage, a later visit of the same order is due as well."""
    later = await session.scalar(
        select(VisitRow.id)
        .where(
            VisitRow.order_id == asked.order_id,
            VisitRow.due_at > asked.due_at,
            VisitRow.due_at <= now,
        )
        .limit(1)
    )
    return later is not None


async def _replace_silent(session: Session, asked: VisitRow, request: RequestRow) -> None:
    """Let the new question take the place of earlier ones that nobody has answered."""
    orders = select(OrderRow.id).where(OrderRow.request_id == request.id)
    await session.execute(
        update(VisitRow)
        .where(
            VisitRow.order_id.in_(orders),
            VisitRow.id != asked.id,
            VisitRow.asked_at.is_not(None),
            VisitRow.answer.is_(None) | (VisitRow.answer == VisitAnswer.SILENT),
        )
        .values(answer=VisitAnswer.UNREACHED)
        .execution_options(synchronize_session=False)
    )


async def _ask(
    session: Session, asked: VisitRow, request: RequestRow, fired: Due, now: datetime
) -> bool:
    """Ask the beneficiary or their proxy, else whoever filed; False where nobody can be."""
    for person_id in dict.fromkeys((request.beneficiary_id, request.requester_id)):
        if await notify(
            session,
            recipient_id=person_id,
            kind=Notice.VISIT,
            subject_id=asked.id,
            now=now,
            detail={"late": fired.late},
        ):
            return True
    return False


async def _call_back(
    session: Session, asked: VisitRow, request: RequestRow, fired: Due, now: datetime
) -> None:
    asked.answer = VisitAnswer.SILENT
    hush(request)
    for person_id in await who_rings(session, request, now):
        await notify(
            session,
            recipient_id=person_id,
            kind=Notice.SILENT,
            subject_id=asked.id,
            now=now,
            detail={"late": fired.late},
        )
    await refresh_visits(session, [asked.id], now)

"""Return visits 回访, and calling back 电话回访: who is to be rung, and what came of it.

The sheet is of the actor's places alone, and each phone on it is on record as a look.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from models.database import Session
from models.help.actions.claims import count_done, release
from models.help.actions.closing import (
    hush,
    judging_relations,
    open_again,
    resident_verdict,
    who_rings,
)
from models.help.actions.notify import refresh_cards, tell_resident
from models.help.actions.rows import (
    add_line,
    choose_relation,
    claims_of,
    end,
    locked,
    path_of,
    refuse,
)
from models.help.actions.schedule import schedule_contact, stop_request
from models.help.actions.sheets import may_take, record_sheet
from models.help.queries.request import request_names
from models.help.rules.closing import call_again_at, may_give_up
from models.help.rules.limits import NOTE_LENGTH, Line
from models.help.rules.notices import Notice as HelpNotice
from models.help.rules.outcomes import CallOutcome, VerdictOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.search import Sheet
from models.help.rules.states import Move, Relation
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.help.views import CallRow
from models.names.queries import Names
from models.orders.queries.visits import due_calls
from models.orders.rules import (
    SAID,
    VISIT_CARDS,
    Notice,
    Reminder,
    VisitAnswer,
    VisitOutcome,
    may_answer,
)
from models.orders.tables import OrderRow, VisitRow
from models.outbox.actions import notify
from models.outbox.refreshing import refresh
from models.people.actions.personal import look
from models.people.rules import Field, Right
from models.people.views import Because, Denied, Person
from models.policy.current import desk_clock_at, policy_of
from models.reminders.actions import remind
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
    found = await _locked(session, visit_id)
    if found is None or found[0].asked_at is None:
        return VisitOutcome.MISSING
    visit, request = found
    if not await judging_relations(session, actor, request, await claims_of(session, request)):
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
    await _refresh(session, [visit.id], now)
    return VisitOutcome.WELL if well else VisitOutcome.REOPENED


async def _locked(session: Session, visit_id: int) -> tuple[VisitRow, RequestRow] | None:
    """Return a return visit and its request, held until the transaction ends."""
    visit = await session.get(VisitRow, visit_id)
    order = await session.get_one(OrderRow, visit.order_id) if visit else None
    request = await locked(session, order.request_id) if order else None
    if visit is None or request is None:
        return None
    await session.refresh(visit)
    return visit, request


async def _silent_visit(session: Session, request: RequestRow) -> VisitRow | None:
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


async def _give_visit_up(session: Session, visit: VisitRow, now: datetime) -> None:
    """Leave a return visit without a word: nobody answered the telephone either."""
    visit.answer = VisitAnswer.UNREACHED
    await _refresh(session, [visit.id], now)


async def visit(session: Session, fired: Due, now: datetime) -> None:
    """Ask the resident whether it is still well, unless the request has been opened since."""
    found = await _locked(session, fired.subject_id)
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
        await remind(session, kind=Reminder.SILENT, subject_id=asked.id, due_at=silent_at)
    else:
        await _call_back(session, asked, request, fired, now)


async def silent(session: Session, fired: Due, now: datetime) -> None:
    """Put a return visit without an answer on the call-back list, and tell the owner."""
    found = await _locked(session, fired.subject_id)
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
    await _refresh(session, [asked.id], now)


async def _refresh(session: Session, visit_ids: Iterable[int], now: datetime) -> None:
    """Change the cards of return visits in place, after the change has been written."""
    await session.flush()
    await refresh(session, kinds=VISIT_CARDS, subject_ids=visit_ids, now=now)


async def record_word(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    solved: bool,
    now: datetime,
    words: str | None = None,
) -> VerdictOutcome | VisitOutcome:
    """Write down what a resident said on the phone: of 'solved?', or of a return visit; where it
    is not, with their words on what is wrong.
    """
    request = await locked(session, request_id)
    visit = await _silent_visit(session, request) if request else None
    if visit is None:
        return await resident_verdict(
            session, actor, request_id, solved=solved, now=now, words=words
        )
    return await answer_visit(session, actor, visit.id, well=solved, now=now, words=words)


async def nobody_answered(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> CallOutcome:
    """Count a call that nobody answered and put the next one off (PUT_OFF), in working time."""
    request = await _callable(session, actor, request_id, now)
    if isinstance(request, CallOutcome):
        return request
    if request.call_after is not None and now < request.call_after:
        return CallOutcome.ALREADY
    clock = await desk_clock_at(session, await path_of(session, request))
    request.calls += 1
    request.call_after = call_again_at(now, clock, policy_of(session, HelpPolicy))
    request.changed_at = now
    detail = {"calls": request.calls}
    add_line(session, request, Line.CALLED, now=now, actor_id=actor.id, detail=detail)
    await refresh_cards(session, request, now)
    return CallOutcome.PUT_OFF


async def give_up(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> CallOutcome:
    """Close as unconfirmed (GIVEN_UP), after enough calls that nobody answered.

    The resident is told, and can still say solved or not, and give stars. For a return visit that
    question alone is given up.
    """
    request = await _callable(session, actor, request_id, now)
    if isinstance(request, CallOutcome):
        return request
    if not may_give_up(request.calls, policy_of(session, HelpPolicy)):
        return CallOutcome.TOO_FEW
    visit = await _silent_visit(session, request)
    detail = {"calls": request.calls}
    add_line(session, request, Line.GIVEN_UP, now=now, actor_id=actor.id, detail=detail)
    if visit is not None:
        await _give_visit_up(session, visit, now)
    else:
        await _close_unsaid(session, request, now)
    await refresh_cards(session, request, now)
    return CallOutcome.GIVEN_UP


async def _callable(
    session: Session, actor: Person, request_id: int, now: datetime
) -> RequestRow | CallOutcome:
    """Return the locked request that is to be called back about, by this person; else why not."""
    request = await locked(session, request_id)
    if request is None:
        return CallOutcome.MISSING
    relations = await judging_relations(session, actor, request, await claims_of(session, request))
    if Relation.DESK not in relations:
        await refuse(session, actor, request, "call back", now)
        return CallOutcome.NOT_ALLOWED
    waits = request.unconfirmed and choose_relation(request, Move.GIVE_UP, relations) is not None
    if not waits and await _silent_visit(session, request) is None:
        return CallOutcome.ALREADY
    return request


async def _close_unsaid(session: Session, request: RequestRow, now: datetime) -> None:
    claims = await claims_of(session, request)
    await release(session, claims, "closed without a word", now)
    end(request, RequestState.CLOSED, now)
    request.solved, request.held = None, count_done(claims)
    await stop_request(session, request, "closed without a word", now)
    await schedule_contact(session, request, policy_of(session, HelpPolicy))
    await tell_resident(session, request, HelpNotice.GIVEN_UP, now=now)


async def calls_sheet(session: Session, actor: Person, *, now: datetime) -> list[CallRow] | Denied:
    """List who is to be rung now, with phones; each phone shown is on record."""
    if not await may_take(session, actor, Sheet.CALLS, now):
        return Denied(Right.WORK_DESK)
    due = await due_calls(session, actor, now=now)
    found = await session.scalars(select(RequestRow).where(RequestRow.id.in_([i for i, _ in due])))
    requests = {request.id: request for request in found}
    names = await request_names(session, list(requests.values()))
    await record_sheet(session, actor, Sheet.CALLS, len(due), now)
    return [
        await _call(session, actor, requests[request_id], names, since, now)
        for request_id, since in due
    ]


async def _call(
    session: Session,
    actor: Person,
    request: RequestRow,
    names: Names,
    since: datetime,
    now: datetime,
) -> CallRow:
    because = Because("help", request.id)
    phone = (Field.PHONE,)
    seen = await look(session, actor, request.beneficiary_id, phone, now=now, because=because)
    return CallRow(
        number=request.number,
        category=request.category,
        who=names.known(request.beneficiary_id),
        where=names.places[request.place_id],
        since=since,
        calls=request.calls,
        phone="" if isinstance(seen, Denied) else seen.get(Field.PHONE, ""),
    )

"""Calling back 电话回访: who is to be rung, with phones, and what came of ringing them.

The sheet is of the actor's places alone, and each phone on it is on record as a look.
"""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.actions.claims import count_done, release
from models.help.actions.closing import resident_verdict
from models.help.actions.judging import judging_hats
from models.help.actions.notify import refresh_cards, tell_resident
from models.help.actions.rows import add_line, choose_hat, claims_of, end, locked, refuse
from models.help.actions.schedule import stop_request, watch_contact
from models.help.actions.sheets import may_take, record_sheet
from models.help.queries.request import request_names
from models.help.rules.closing import call_again_at, may_give_up
from models.help.rules.limits import Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import CallOutcome, VerdictOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.search import Sheet
from models.help.rules.states import Hat, Move, State
from models.help.tables import RequestRow
from models.help.views import CallRow
from models.names.queries import Names
from models.orders.actions import visits
from models.orders.queries.calls import due_calls
from models.orders.queries.parts import office_clock
from models.orders.rules import VisitOutcome
from models.people.actions.personal import look
from models.people.rules import Field, Right
from models.people.views import Because, Denied, Person
from models.policy.current import policy_of


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
    visit = await visits.silent_visit(session, request) if request else None
    if visit is None:
        return await resident_verdict(
            session, actor, request_id, solved=solved, now=now, words=words
        )
    return await visits.answer_visit(session, actor, visit.id, well=solved, now=now, words=words)


async def nobody_answered(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> CallOutcome:
    """Count a call that nobody answered and put the next one off (PUT_OFF), in working time."""
    request = await _callable(session, actor, request_id, now)
    if isinstance(request, CallOutcome):
        return request
    if request.call_after is not None and now < request.call_after:
        return CallOutcome.ALREADY
    clock = await office_clock(session, request)
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
    visit = await visits.silent_visit(session, request)
    detail = {"calls": request.calls}
    add_line(session, request, Line.GIVEN_UP, now=now, actor_id=actor.id, detail=detail)
    if visit is not None:
        await visits.give_visit_up(session, visit, now)
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
    hats = await judging_hats(session, actor, request, await claims_of(session, request))
    if Hat.DESK not in hats:
        await refuse(session, actor, request, "call back", now)
        return CallOutcome.NOT_ALLOWED
    waits = request.unconfirmed and choose_hat(request, Move.GIVE_UP, hats) is not None
    if not waits and await visits.silent_visit(session, request) is None:
        return CallOutcome.ALREADY
    return request


async def _close_unsaid(session: Session, request: RequestRow, now: datetime) -> None:
    claims = await claims_of(session, request)
    await release(session, claims, "closed without a word", now)
    end(request, State.CLOSED, now)
    request.solved, request.held = None, count_done(claims)
    await stop_request(session, request, "closed without a word", now)
    await watch_contact(session, request, policy_of(session, HelpPolicy))
    await tell_resident(session, request, Notice.GIVEN_UP, now=now)


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

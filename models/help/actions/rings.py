"""Looking for hands: ring upon ring of volunteers, then alarm upon alarm."""

from datetime import datetime

from sqlalchemy import update

from models.categories import CATALOGUE
from models.database import Session, insert_once
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.actions.notify import lane_of, refresh_parties, tell_all, tell_resident
from models.help.actions.rows import add_line, hands_of, locked, owner_now, path_of
from models.help.actions.schedule import schedule_ring
from models.help.queries.candidates import Ranked, best
from models.help.queries.fitting import Whom
from models.help.rules.limits import Line
from models.help.rules.matching import (
    Reason,
    is_vain,
    may_ask_at,
    next_step,
    next_step_at,
    steps_taken,
    steps_to_repeat,
)
from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import LIVE, OfferState
from models.help.tables import OfferRow, RequestRow
from models.hours.queries import hours_at
from models.outbox.actions import notify
from models.policy.current import policy_of
from models.reminders.views import Due


async def ask_ring(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy, *, again: bool = False
) -> int:
    """Take the next step for a locked request whose hands are missing; give how many were asked.

    With `again`, whoever was asked before and never answered is asked once more where too few new
    ones fit; whoever declined never is. In quiet hours an emergency alone goes on: all else is put
    off to their end, and no step is taken. What is the desk's alone is none of the rings' business.
    """
    if not CATALOGUE[request.category].for_volunteers:
        return 0
    at = may_ask_at(Urgency(request.urgency), now, policy)
    if at > now:
        await schedule_ring(session, request, at, now, again=again)
        return 0
    return await _step(session, request, now, policy, again=again)


async def ask_anew(session: Session, request: RequestRow, now: datetime, policy: HelpPolicy) -> int:
    """Look again from the first ring on."""
    request.ring = 0
    return await ask_ring(session, request, now, policy, again=True)


async def ask_for_lost(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> int:
    """Look for somebody in place of a holder who was lost, with one ring at least before alarms."""
    request.ring = steps_to_repeat(Urgency(request.urgency), request.ring, policy)
    return await ask_ring(session, request, now, policy, again=True)


async def ring_due(session: Session, due: Due, now: datetime) -> None:
    """Hands are still missing: take the next step, in quiet hours not before their end.

    What is the desk's alone is left to its clocks, whoever set the reminder.
    """
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, due.subject_id)
    if request is None or request.state not in LIVE:
        return
    if not CATALOGUE[request.category].for_volunteers:
        return
    if not (await hands_of(session, request)).missing:
        return
    again = bool(due.detail.get("again"))
    at = may_ask_at(Urgency(request.urgency), now, policy)
    if at > now:
        await schedule_ring(session, request, at, now, again=again)
        return
    await _step(session, request, now, policy, again=again, late=due.late)
    await refresh_parties(session, request, now)


async def _step(
    session: Session,
    request: RequestRow,
    now: datetime,
    policy: HelpPolicy,
    *,
    again: bool,
    late: bool = False,
) -> int:
    urgency = Urgency(request.urgency)
    step = next_step(urgency, request.ring, policy)
    if step is None:
        return 0
    asked = await _ask(session, request, step.size, now, policy, again=again)
    request.ring = steps_taken(urgency, request.ring, size=step.size, asked=asked, policy=policy)
    if is_vain(urgency, step, asked=asked, lost=again):
        return await _step(session, request, now, policy, again=again, late=late)
    if asked:
        detail = {"count": asked, "ring": request.ring}
        add_line(session, request, Line.ASKED, now=now, actor_id=None, detail=detail)
    if step.alarm is not None:
        await _alarm(session, request, step.alarm, now, asked=asked, late=late)
    if next_step(urgency, request.ring, policy) is not None:
        hours = await hours_at(session, await path_of(session, request), policy.zone)
        await schedule_ring(session, request, next_step_at(urgency, now, policy, hours), now)
    return asked


async def _ask(
    session: Session,
    request: RequestRow,
    size: int,
    now: datetime,
    policy: HelpPolicy,
    *,
    again: bool,
) -> int:
    chosen = await best(session, request, now, policy, limit=size, whom=Whom.NEW)
    if again and len(chosen) < size:
        left, new = size - len(chosen), [one.candidate.person_id for one in chosen]
        chosen += await best(
            session, request, now, policy, limit=left, whom=Whom.SILENT, but_for=new
        )
    return sum([await _ask_one(session, request, ranked, now) for ranked in chosen])


async def _ask_one(session: Session, request: RequestRow, ranked: Ranked, now: datetime) -> bool:
    person_id, found = ranked.candidate.person_id, ranked.score
    await offer(
        session,
        request,
        person_id,
        OfferState.ASKED,
        now=now,
        points=found.points,
        reasons=found.reasons,
    )
    return await send_offer(session, request, person_id, now)


async def _alarm(
    session: Session,
    request: RequestRow,
    rung: Level,
    now: datetime,
    *,
    asked: int,
    late: bool,
) -> None:
    """Tell whoever stands on a rung that hands are missing; an empty rung passes it on upwards.

    With the first alarm the resident learns that nobody is found yet, and who is on it.
    """
    if rung is Level.OWNER:
        await tell_resident(session, request, Notice.NOBODY_YET, now=now)
    missing = (await hands_of(session, request)).missing
    rungs = list(Level)
    for each in rungs[rungs.index(rung) :]:
        people = await _on_rung(session, request, each, now)
        if people:
            detail = {"missing": missing, "asked": asked, "late": late, "rung": str(each)}
            await tell_all(
                session, request, Notice.UNCLAIMED, people, now=now, actor_id=None, detail=detail
            )
            break
    line = {"missing": missing, "rung": str(rung)}
    add_line(session, request, Line.UNCLAIMED, now=now, actor_id=None, detail=line, internal=True)


async def _on_rung(session: Session, request: RequestRow, rung: Level, now: datetime) -> list[int]:
    if rung is not Level.OWNER:
        return await people_at_level(session, await path_of(session, request), rung)
    owner_id = await owner_now(session, request, now)
    return [] if owner_id is None else [owner_id]


async def offer(
    session: Session,
    request: RequestRow,
    person_id: int,
    state: OfferState,
    *,
    now: datetime,
    points: float = 0.0,
    reasons: tuple[Reason, ...] = (),
) -> bool:
    """Note that somebody is offered a request; False when it was offered before.

    Asking anew moves the instant; what was answered stays.
    """
    values = {
        "request_id": request.id,
        "person_id": person_id,
        "ring": request.ring,
        "points": points,
        "reasons": [str(reason) for reason in reasons],
        "state": state,
        "asked_at": now,
    }
    if await insert_once(session, OfferRow, values):
        return True
    await session.execute(
        update(OfferRow)
        .where(
            OfferRow.request_id == request.id,
            OfferRow.person_id == person_id,
            OfferRow.state == state,
        )
        .values(asked_at=now, ring=request.ring)
    )
    return False


async def send_offer(session: Session, request: RequestRow, person_id: int, now: datetime) -> bool:
    """Queue the card; the lock on the request sees to it that nobody is asked twice at once."""
    return await notify(
        session,
        recipient_id=person_id,
        kind=Notice.OFFER,
        subject_id=request.id,
        now=now,
        lane=lane_of(request, Notice.OFFER),
    )

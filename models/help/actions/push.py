"""Asking volunteers: the best-fitting few of those not asked yet."""

from datetime import datetime

from models.database import Session, insert_once
from models.help.actions.rows import add_line
from models.help.actions.tell import lane_of
from models.help.actions.timing import watch_unclaimed
from models.help.queries.matching import Ranked, best
from models.help.rules import (
    CATALOGUE,
    Line,
    Notice,
    OfferState,
    Policy,
    Reason,
    Urgency,
)
from models.help.tables import OfferRow, RequestRow
from models.outbox.actions import notify


async def ask_ring(session: Session, request: RequestRow, now: datetime, policy: Policy) -> int:
    """Ask the next ring of a locked request, set the next look, give how many were asked."""
    asked = 0
    if CATALOGUE[request.category].for_volunteers:
        size = policy.ring_size[Urgency(request.urgency)]
        chosen = await best(session, request, now, policy, limit=size, anew=True)
        for ranked in chosen:
            asked += await _ask(session, request, ranked, now)
    request.ring += 1
    if asked:
        detail = {"count": asked, "ring": request.ring}
        add_line(session, request, Line.ASKED, now=now, actor_id=None, detail=detail)
    await watch_unclaimed(session, request, now, policy)
    return asked


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
    """Note that somebody is offered a request; False when it was offered before."""
    values = {
        "request_id": request.id,
        "person_id": person_id,
        "ring": request.ring,
        "points": points,
        "reasons": [str(reason) for reason in reasons],
        "state": state,
        "asked_at": now,
    }
    return await insert_once(session, OfferRow, values)


async def _ask(session: Session, request: RequestRow, ranked: Ranked, now: datetime) -> bool:
    person_id, found = ranked.candidate.person_id, ranked.score
    if not await offer(
        session,
        request,
        person_id,
        OfferState.ASKED,
        now=now,
        points=found.points,
        reasons=found.reasons,
    ):
        return False
    return await send_offer(session, request, person_id, now)


async def send_offer(session: Session, request: RequestRow, person_id: int, now: datetime) -> bool:
    """Queue the card, once a ring and person."""
    return await notify(
        session,
        recipient_id=person_id,
        kind=Notice.OFFER,
        subject_id=request.id,
        now=now,
        lane=lane_of(request, Notice.OFFER),
        dedupe=f"{Notice.OFFER}:{request.id}:{person_id}:{request.ring}",
    )

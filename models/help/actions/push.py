"""Asking one volunteer."""

from datetime import datetime

from sqlalchemy import update

from models.database import Session, insert_once
from models.help.actions.tell import lane_of
from models.help.rules.kinds import Notice
from models.help.rules.score import Reason
from models.help.rules.states import OfferState
from models.help.tables import OfferRow, RequestRow
from models.outbox.actions import notify


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

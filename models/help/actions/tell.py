"""Telling exactly who should know, and changing cards in place."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.database import Session
from models.help.rules import AT_THE_DOOR, CARDS, Notice, Urgency
from models.help.tables import RequestRow
from models.outbox.actions import notify
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane


def lane_of(request: RequestRow, kind: Notice) -> Lane:
    """Give the lane of a notice about a request: emergencies overtake, whatever the hour."""
    if request.urgency == Urgency.EMERGENCY:
        return Lane.URGENT
    return Lane.LIVE if kind in AT_THE_DOOR else Lane.NOTICE


async def tell(
    session: Session,
    request: RequestRow,
    kind: Notice,
    person_id: int | None,
    *,
    now: datetime,
    actor_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> bool:
    """Queue a notice for one person; nobody is told what they have just done themselves."""
    if person_id is None or person_id == actor_id:
        return False
    return await notify(
        session,
        recipient_id=person_id,
        kind=kind,
        subject_id=request.id,
        now=now,
        lane=lane_of(request, kind),
        detail=detail,
    )


async def tell_all(
    session: Session,
    request: RequestRow,
    kind: Notice,
    people: Iterable[int],
    *,
    now: datetime,
    actor_id: int | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice for several people, each once."""
    for person_id in sorted(set(people)):
        await tell(session, request, kind, person_id, now=now, actor_id=actor_id, detail=detail)


async def tell_resident(
    session: Session,
    request: RequestRow,
    kind: Notice,
    *,
    now: datetime,
    actor_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice for the beneficiary or their proxy; for whoever filed if neither is there."""
    for person_id in dict.fromkeys((request.beneficiary_id, request.requester_id)):
        if person_id == actor_id or await tell(
            session, request, kind, person_id, now=now, detail=detail
        ):
            return


async def refresh_contact(session: Session, request_ids: Iterable[int], now: datetime) -> None:
    """Change the cards that show door and phone in place, after the change has been written."""
    await session.flush()
    await refresh(session, kinds=[Notice.CONTACT], subject_ids=request_ids, now=now)


async def refresh_cards(session: Session, request: RequestRow, now: datetime) -> None:
    """Change every card about a request in place, after the change has been written."""
    await session.flush()
    await refresh(session, kinds=CARDS, subject_ids=[request.id], now=now)


async def refresh_parties(
    session: Session, request: RequestRow, now: datetime, *, mover_id: int | None = None
) -> None:
    """Change the cards of all but those who were only asked, and of these the mover's.

    For moves that leave it as it was whether hands are missing, who holds them and how it ended:
    that is all a candidate's card tells, and a ring of hundreds has as many.
    """
    await session.flush()
    cards = [kind for kind in CARDS if kind is not Notice.OFFER]
    await refresh(session, kinds=cards, subject_ids=[request.id], now=now)
    if mover_id is not None:
        offers, mine = [Notice.OFFER], [request.id]
        await refresh(session, kinds=offers, subject_ids=mine, now=now, recipient_id=mover_id)

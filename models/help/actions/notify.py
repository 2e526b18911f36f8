"""Notices to those who should know, and cards changed in place."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from models.database import Session
from models.help.rules.limits import Channel
from models.help.rules.notices import AT_THE_DOOR, CARDS, Notice
from models.help.rules.policy import Urgency
from models.help.tables import RequestRow
from models.outbox.actions import notify
from models.outbox.crowd import Push, notify_each
from models.outbox.readers import readers_by_person
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane


def lane_of(request: RequestRow, kind: Notice) -> Lane:
    """Return the lane of a notice about a request: emergencies overtake, whatever the hour."""
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
    """Queue a notice for several people but whoever has just acted, each once."""
    lane, others = lane_of(request, kind), sorted({*people} - {actor_id})
    pushes = [Push(person_id, request.id, detail, lane) for person_id in others]
    await notify_each(session, pushes, kind=kind, now=now, once=True)


async def tell_resident(
    session: Session,
    request: RequestRow,
    kind: Notice,
    *,
    now: datetime,
    actor_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> int | None:
    """Queue a notice for the beneficiary or their proxy; for whoever filed if neither is there.

    Return whose notice it is; None where it is the actor's own doing, or nobody can be reached.
    """
    for person_id in _residents(request):
        if person_id == actor_id:
            return None
        if await tell(session, request, kind, person_id, now=now, detail=detail):
            return person_id
    return None


async def tell_residents(
    session: Session,
    told: Sequence[tuple[RequestRow, dict[str, Any]]],
    kind: Notice,
    *,
    now: datetime,
) -> None:
    """Queue a notice about each of these requests, with its detail, as `tell_resident` does one.

    In three statements however many they are.
    """
    people = {one for request, _detail in told for one in _residents(request)}
    reached = await readers_by_person(session, people)
    pushes = [
        Push(person_id, request.id, detail, lane_of(request, kind))
        for request, detail in told
        for person_id in [one for one in _residents(request) if one in reached][:1]
    ]
    await notify_each(session, pushes, kind=kind, now=now)


def _residents(request: RequestRow) -> list[int]:
    """List who is told of a request as its resident: the first of them who can be reached.

    Of what staff found themselves nobody is: whoever found it did not ask for anything.
    """
    if request.channel == Channel.INSPECTION:
        return []
    return list(dict.fromkeys((request.beneficiary_id, request.requester_id)))


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
    await refresh_parties_of(session, [request.id], now)
    if mover_id is not None:
        offers, mine = [Notice.OFFER], [request.id]
        await refresh(session, kinds=offers, subject_ids=mine, now=now, recipient_id=mover_id)


async def refresh_parties_of(session: Session, request_ids: Iterable[int], now: datetime) -> None:
    """Change the cards about some requests, of all but those who were only asked."""
    await session.flush()
    cards = [kind for kind in CARDS if kind is not Notice.OFFER]
    await refresh(session, kinds=cards, subject_ids=request_ids, now=now)

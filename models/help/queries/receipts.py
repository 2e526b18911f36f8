"""The receipt that a resident keeps."""

from collections.abc import Iterable

from sqlalchemy import func, select

from models.database import Session
from models.help.policy import policy_of
from models.help.rules import CATALOGUE, Urgency, may_ask_at
from models.help.tables import OfferRow, RequestRow
from models.help.views import Receipt, Who
from models.people.tables import PersonRow


async def receipt(session: Session, request_id: int) -> Receipt | None:
    """Give a request's receipt; None where there is no such request."""
    request = await session.get(RequestRow, request_id)
    return await receipt_of(session, request) if request else None


async def receipt_of(session: Session, request: RequestRow) -> Receipt:
    """Give the receipt of a request at hand."""
    owner = await session.get(PersonRow, request.owner_id) if request.owner_id else None
    for_volunteers = CATALOGUE[request.category].for_volunteers
    waits = for_volunteers and not request.ring
    asks_at = may_ask_at(Urgency(request.urgency), request.created_at, policy_of(session))
    return Receipt(
        request_id=request.id,
        number=request.number,
        promised_by=request.promised_by,
        answer_by=None if request.answered_at else request.answer_by,
        owner=Who(owner.id, owner.name) if owner else None,
        asked=await asked_count(session, request.id),
        for_volunteers=for_volunteers,
        asks_at=asks_at if waits and asks_at > request.created_at else None,
    )


async def numbers_of(session: Session, request_ids: Iterable[int]) -> dict[int, int]:
    """Give the receipt numbers of requests, by id."""
    rows = await session.execute(
        select(RequestRow.id, RequestRow.number).where(RequestRow.id.in_(list(request_ids)))
    )
    return {row.id: row.number for row in rows}


async def asked_count(session: Session, request_id: int) -> int:
    """Count the volunteers that a request was offered to."""
    count = await session.scalar(select(func.count()).where(OfferRow.request_id == request_id))
    return count or 0

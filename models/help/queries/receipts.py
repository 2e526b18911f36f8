"""The receipt that a resident keeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from models.categories import CATALOGUE
from models.database import Session
from models.help.rules.kinds import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.rings import may_ask_at
from models.help.tables import RequestRow
from models.help.views import Receipt
from models.names.views import Who
from models.outbox.rules import OPEN_STATES
from models.outbox.rules import State as Sending
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.policy.current import policy_of


async def receipt(session: Session, request_id: int) -> Receipt | None:
    """Give a request's receipt; None where there is no such request."""
    request = await session.get(RequestRow, request_id)
    return await receipt_of(session, request) if request else None


async def receipt_of(session: Session, request: RequestRow) -> Receipt:
    """Give the receipt of a request at hand."""
    owner = await session.get(PersonRow, request.owner_id) if request.owner_id else None
    for_volunteers = CATALOGUE[request.category].for_volunteers
    waits = for_volunteers and not request.ring
    asked = await asked_of(session, request.id)
    asks_at = may_ask_at(
        Urgency(request.urgency), request.created_at, policy_of(session, HelpPolicy)
    )
    return Receipt(
        request_id=request.id,
        number=request.number,
        promised_by=request.promised_by,
        answer_by=None if request.answered_at else request.answer_by,
        owner=Who(owner.id, owner.name) if owner else None,
        asked=asked.reached,
        asking=asked.on_the_way,
        for_volunteers=for_volunteers,
        asks_at=asks_at if waits and asks_at > request.created_at else None,
    )


async def numbers_of(session: Session, request_ids: Iterable[int]) -> dict[int, int]:
    """Give the receipt numbers of requests, by id."""
    rows = await session.execute(
        select(RequestRow.id, RequestRow.number).where(RequestRow.id.in_(list(request_ids)))
    )
    return {row.id: row.number for row in rows}


@dataclass(frozen=True)
class AskedCount:
    """How many volunteers are asked about a request."""

    reached: int
    """The question has come to them."""
    on_the_way: int
    """It is about to leave."""


async def asked_of(session: Session, request_id: int) -> AskedCount:
    """Count the volunteers that a request's card has reached, and those it is on its way to.

    Whoever the card could not be brought to was not asked.
    """
    cards = await session.execute(
        select(OutboxRow.recipient_id, OutboxRow.state).where(
            OutboxRow.kind == Notice.OFFER,
            OutboxRow.subject_id == request_id,
            OutboxRow.target_id.is_(None),
            OutboxRow.state.in_([*OPEN_STATES, Sending.SENT]),
        )
    )
    by_state = defaultdict[bool, set[int | None]](set)
    for card in cards:
        by_state[card.state == Sending.SENT].add(card.recipient_id)
    return AskedCount(len(by_state[True]), len(by_state[False] - by_state[True]))

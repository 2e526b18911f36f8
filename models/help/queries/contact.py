"""Door and phone as a card shows them, each time it is rendered."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from models.database import Session
from models.help.queries.pictures import request_names
from models.help.rules.policy import HelpPolicy, contact_visible
from models.help.rules.states import COUNTED, ClaimState
from models.help.tables import ClaimRow, RequestRow
from models.help.views import Contact, ContactCard
from models.names.views import Who
from models.people.actions.personal import look_again
from models.people.rules import Field
from models.people.tables import PersonRow
from models.people.views import Because
from models.policy.current import policy_of

Opening = Callable[[int, list[Field]], Awaitable[dict[Field, str]]]
"""Opens personal fields of a person by id; what was never given is left out."""


async def contact_card(
    session: Session,
    reader_id: int,
    request_id: int,
    claim_id: int,
    *,
    now: datetime,
) -> ContactCard | None:
    """Picture door and phone for a reader who has looked, as far as they may see them now.

    Nothing new is written down: only what the book says they looked at is opened. `contact` is
    None once the claim they looked by holds the task no more, a set time after closing, and when
    whoever needed the help has left. None where the claim is not the reader's.
    """
    policy = policy_of(session, HelpPolicy)
    request = await session.get(RequestRow, request_id)
    claim = await session.get(ClaimRow, claim_id)
    if (
        request is None
        or claim is None
        or (claim.person_id, claim.request_id)
        != (
            reader_id,
            request_id,
        )
    ):
        return None
    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    holds = ClaimState(claim.state) in COUNTED and beneficiary.left_at is None
    contact = None
    if holds and contact_visible(request.closed_at, now, policy):
        because = Because("help", request.id)

        async def opened(person_id: int, fields: list[Field]) -> dict[Field, str]:
            return await look_again(session, reader_id, person_id, fields, because=because)

        contact = await contact_of(session, beneficiary, opened)
    where = (await request_names(session, [request])).places[request.place_id]
    return ContactCard(request.id, request.number, request.category, where, contact)


async def contact_of(session: Session, beneficiary: PersonRow, opened: Opening) -> Contact:
    """Put together how somebody is reached: by their own phone, else by their proxy's."""
    shown = await opened(beneficiary.id, list(Field))
    proxy = await session.get(PersonRow, beneficiary.proxy_id) if beneficiary.proxy_id else None
    phone = shown.get(Field.PHONE)
    if phone is None and proxy is not None:
        phone = (await opened(proxy.id, [Field.PHONE])).get(Field.PHONE)
    return Contact(
        beneficiary=Who(beneficiary.id, beneficiary.name),
        phone=phone,
        door=shown.get(Field.DOOR),
        note=shown.get(Field.NOTE),
        through=Who(proxy.id, proxy.name) if proxy else None,
    )

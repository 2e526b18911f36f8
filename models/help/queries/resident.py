"""What residents see of their own requests."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import select, union

from models.audit.actions import deny
from models.database import Session
from models.help.queries.request import (
    is_party,
    picture_line,
    picture_said,
    request_names,
    seen_by,
    whole,
)
from models.help.rules.closing import contact_visible
from models.help.rules.limits import Channel
from models.help.rules.outcomes import Refusal
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import COUNTED, UNENDED, ClaimState, Relation
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.help.views import ContactView, DoorAndPhone, RequestLine, RequestView, TimelineLine
from models.names.queries import names_for
from models.names.views import Who
from models.people.actions.personal import look_again
from models.people.rules import Field
from models.people.tables import PersonRow
from models.people.views import Because, Person
from models.policy.current import policy_of


async def my_requests(
    session: Session, actor: Person, *, now: datetime, limit: int = 20
) -> list[RequestLine]:
    """List what the actor filed, needs or is proxy for: unended first, then newest first.

    What they filed at a desk stands on the desk.
    """
    filed = (RequestRow.requester_id == actor.id) & (RequestRow.channel != Channel.DESK)
    spoken_for = (
        select(RequestRow.id)
        .join(PersonRow, PersonRow.id == RequestRow.beneficiary_id)
        .where(PersonRow.proxy_id == actor.id)
    )
    theirs = union(  # of an OR with a query in it PostgreSQL would go through all requests
        select(RequestRow.id).where(filed),
        select(RequestRow.id).where(RequestRow.beneficiary_id == actor.id),
        spoken_for,
    )
    found = await session.scalars(
        select(RequestRow)
        .where(RequestRow.id.in_(theirs), RequestRow.channel != Channel.INSPECTION)
        .order_by(RequestRow.state.in_(list(UNENDED)).desc(), RequestRow.id.desc())
        .limit(limit)
    )
    requests = found.all()
    names = await request_names(session, requests)
    return [picture_line(request, names, now) for request in requests]


async def where_is_it_now(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> RequestView | Refusal:
    """Show a request whole to its resident: state, owner, helpers, timeline without inner notes."""
    request = await session.get(RequestRow, request_id)
    if request is None:
        return Refusal.MISSING
    if not await is_party(session, actor, request):
        await deny(
            session, actor.id, "help", now=now, subject_id=request_id, detail={"tried": "read"}
        )
        return Refusal.NOT_ALLOWED
    return seen_by(await whole(session, request, Relation.RESIDENT, now=now), actor.id)


async def line_said(session: Session, request_id: int, line_id: int) -> TimelineLine | None:
    """Return one line of a request's timeline, for a notice that tells of it."""
    row = await session.get(LineRow, line_id)
    if row is None or row.request_id != request_id:
        return None
    names = await names_for(session, [row.actor_id])
    return picture_said(row, names)


Opening = Callable[[int, list[Field]], Awaitable[dict[Field, str]]]
"""Opens personal fields of a person by id; what was never given is left out."""


async def contact_card(
    session: Session,
    reader_id: int,
    request_id: int,
    claim_id: int,
    *,
    now: datetime,
) -> ContactView | None:
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
    return ContactView(request.id, request.number, request.category, where, contact)


async def contact_of(session: Session, beneficiary: PersonRow, opened: Opening) -> DoorAndPhone:
    """Put together how somebody is reached: by their own phone, else by their proxy's."""
    shown = await opened(beneficiary.id, list(Field))
    proxy = await session.get(PersonRow, beneficiary.proxy_id) if beneficiary.proxy_id else None
    phone = shown.get(Field.PHONE)
    if phone is None and proxy is not None:
        phone = (await opened(proxy.id, [Field.PHONE])).get(Field.PHONE)
    return DoorAndPhone(
        beneficiary=Who(beneficiary.id, beneficiary.name),
        phone=phone,
        door=shown.get(Field.DOOR),
        note=shown.get(Field.NOTE),
        through=Who(proxy.id, proxy.name) if proxy else None,
    )

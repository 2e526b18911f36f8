"""What residents see of their own requests."""

from datetime import datetime

from sqlalchemy import or_, select

from models.audit.actions import deny
from models.database import Session
from models.help.queries.parties import is_party
from models.help.queries.pictures import picture_line, picture_said, request_names
from models.help.queries.whole import seen_by, whole
from models.help.rules.outcomes import Refusal
from models.help.rules.states import UNENDED, Hat
from models.help.rules.words import Channel
from models.help.tables import LineRow, RequestRow
from models.help.views import RequestLine, RequestView, TimelineLine
from models.names.queries import names_for
from models.people.tables import PersonRow
from models.people.views import Person


async def my_requests(
    session: Session, actor: Person, *, now: datetime, limit: int = 20
) -> list[RequestLine]:
    """List what the actor filed, needs or is proxy for: unended first, then newest first.

    What they filed at a desk stands on the desk.
    """
    spoken_for = select(PersonRow.id).where(PersonRow.proxy_id == actor.id)
    found = await session.scalars(
        select(RequestRow)
        .where(
            or_(
                (RequestRow.requester_id == actor.id) & (RequestRow.channel != Channel.DESK),
                RequestRow.beneficiary_id == actor.id,
                RequestRow.beneficiary_id.in_(spoken_for),
            )
        )
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
    return seen_by(await whole(session, request, Hat.RESIDENT, now=now), actor.id)


async def line_said(session: Session, request_id: int, line_id: int) -> TimelineLine | None:
    """Give one line of a request's timeline, for a notice that tells of it."""
    row = await session.get(LineRow, line_id)
    if row is None or row.request_id != request_id:
        return None
    names = await names_for(session, [row.actor_id])
    return picture_said(row, names)

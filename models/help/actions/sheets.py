"""What the desk takes along as spreadsheets: requests, and hours given.

Each is of the actor's places alone and is written into the audit book. None has a phone or a door.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.help.queries.request import request_names
from models.help.rules.policy import Urgency
from models.help.rules.search import Sheet
from models.help.rules.states import State
from models.help.tables import ClaimRow, RequestRow
from models.help.views import HoursRow, RequestSheetRow
from models.names.queries import Names
from models.people.rules import Right
from models.people.views import Denied, Person
from models.places.tables import PlaceRow

SHEET_SPAN = timedelta(days=366)
"""A year is what is reported on; older requests are found by searching."""
ROWS_AT_MOST = 10_000


async def requests_sheet(
    session: Session, actor: Person, *, now: datetime
) -> list[RequestSheetRow] | Denied:
    """List a year's requests of the actor's places, the newest first."""
    if not await may_take(session, actor, Sheet.REQUESTS, now):
        return Denied(Right.WORK_DESK)
    found = await session.scalars(
        select(RequestRow)
        .where(_theirs(actor), RequestRow.created_at > now - SHEET_SPAN)
        .order_by(RequestRow.id.desc())
        .limit(ROWS_AT_MOST)
    )
    requests = found.all()
    names = await request_names(session, requests)
    await record_sheet(session, actor, Sheet.REQUESTS, len(requests), now)
    return [_request(request, names) for request in requests]


async def hours_sheet(session: Session, actor: Person, *, now: datetime) -> list[HoursRow] | Denied:
    """List what volunteers gave within a year to requests of the actor's places."""
    if not await may_take(session, actor, Sheet.HOURS, now):
        return Denied(Right.WORK_DESK)
    found = await session.execute(
        select(ClaimRow, RequestRow)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(_theirs(actor), ClaimRow.done_at > now - SHEET_SPAN)
        .order_by(ClaimRow.done_at.desc(), ClaimRow.id)
        .limit(ROWS_AT_MOST)
    )
    rows = found.all()
    names = await request_names(
        session, [request for _, request in rows], [claim.person_id for claim, _ in rows]
    )
    await record_sheet(session, actor, Sheet.HOURS, len(rows), now)
    return [
        HoursRow(
            who=names.known(claim.person_id),
            done_at=claim.done_at or now,
            minutes=claim.minutes or 0,
            number=request.number,
            category=request.category,
            where=names.places[request.place_id],
        )
        for claim, request in rows
    ]


async def may_take(session: Session, actor: Person, sheet: Sheet, now: datetime) -> bool:
    """Return whether somebody works at any desk; a try without is written down."""
    if actor.may_anywhere(Right.WORK_DESK):
        return True
    await deny(session, actor.id, "desk", now=now, detail={"tried": f"sheet of {sheet}"})
    return False


async def record_sheet(
    session: Session, actor: Person, sheet: Sheet, rows: int, now: datetime
) -> None:
    """Write into the audit book that somebody took a sheet along."""
    detail = {"sheet": str(sheet), "rows": rows}
    await record(
        session, AuditAct.SHEET_MADE, now=now, actor_id=actor.id, subject="desk", detail=detail
    )


def _theirs(actor: Person) -> ColumnElement[bool]:
    paths: Sequence[str] = actor.paths_with(Right.WORK_DESK)
    below = or_(*(PlaceRow.path.startswith(path, autoescape=True) for path in paths))
    return RequestRow.place_id.in_(select(PlaceRow.id).where(below))


def _request(request: RequestRow, names: Names) -> RequestSheetRow:
    return RequestSheetRow(
        number=request.number,
        category=request.category,
        urgency=Urgency(request.urgency),
        state=State(request.state),
        unconfirmed=request.unconfirmed,
        where=names.places[request.place_id],
        beneficiary=names.known(request.beneficiary_id),
        owner=names.person(request.owner_id),
        created_at=request.created_at,
        answered_at=request.answered_at,
        promised_by=request.promised_by,
        done_at=request.done_at,
        closed_at=request.closed_at,
        solved=request.solved,
        rating=request.rating,
        words=request.text,
    )

"""What the desk takes along as spreadsheets: requests, hours given, who is to be rung.

Each is of the actor's places alone and is written into the audit book. No sheet has a phone or a
door but that of the calls, for which phones are there to be rung: each is on record as a look.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from models.audit.actions import deny, record
from models.audit.rules import Act
from models.database import Session
from models.help.queries.desk import due_calls
from models.help.queries.request import request_names
from models.help.rules.policy import Urgency
from models.help.rules.search import Sheet
from models.help.rules.states import State
from models.help.tables import ClaimRow, RequestRow
from models.help.views import CallRow, HoursRow, RequestSheetRow
from models.names.queries import Names
from models.people.actions.personal import look
from models.people.rules import Field, Right
from models.people.views import Because, Denied, Person
from models.places.tables import PlaceRow

SHEET_SPAN = timedelta(days=366)
"""A year is what is reported on; older requests are found by searching."""
ROWS_AT_MOST = 10_000


async def requests_sheet(
    session: Session, actor: Person, *, now: datetime
) -> list[RequestSheetRow] | Denied:
    """List a year's requests of the actor's places, the newest first."""
    if not await _may(session, actor, Sheet.REQUESTS, now):
        return Denied(Right.WORK_DESK)
    found = await session.scalars(
        select(RequestRow)
        .where(_theirs(actor), RequestRow.created_at > now - SHEET_SPAN)
        .order_by(RequestRow.id.desc())
        .limit(ROWS_AT_MOST)
    )
    requests = found.all()
    names = await request_names(session, requests)
    await _record(session, actor, Sheet.REQUESTS, len(requests), now)
    return [_request(request, names) for request in requests]


async def hours_sheet(session: Session, actor: Person, *, now: datetime) -> list[HoursRow] | Denied:
    """List what volunteers gave within a year to requests of the actor's places."""
    if not await _may(session, actor, Sheet.HOURS, now):
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
    await _record(session, actor, Sheet.HOURS, len(rows), now)
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


async def calls_sheet(session: Session, actor: Person, *, now: datetime) -> list[CallRow] | Denied:
    """List who is to be rung now, with phones; each phone shown is on record."""
    if not await _may(session, actor, Sheet.CALLS, now):
        return Denied(Right.WORK_DESK)
    due = await due_calls(session, actor, now=now)
    found = await session.scalars(select(RequestRow).where(RequestRow.id.in_([i for i, _ in due])))
    requests = {request.id: request for request in found}
    names = await request_names(session, list(requests.values()))
    await _record(session, actor, Sheet.CALLS, len(due), now)
    return [
        await _call(session, actor, requests[request_id], names, since, now)
        for request_id, since in due
    ]


async def _call(
    session: Session,
    actor: Person,
    request: RequestRow,
    names: Names,
    since: datetime,
    now: datetime,
) -> CallRow:
    because = Because("help", request.id)
    phone = (Field.PHONE,)
    seen = await look(session, actor, request.beneficiary_id, phone, now=now, because=because)
    return CallRow(
        number=request.number,
        category=request.category,
        who=names.known(request.beneficiary_id),
        where=names.places[request.place_id],
        since=since,
        calls=request.calls,
        phone="" if isinstance(seen, Denied) else seen.get(Field.PHONE, ""),
    )


async def _may(session: Session, actor: Person, sheet: Sheet, now: datetime) -> bool:
    if actor.may_anywhere(Right.WORK_DESK):
        return True
    await deny(session, actor.id, "desk", now=now, detail={"tried": f"sheet of {sheet}"})
    return False


async def _record(session: Session, actor: Person, sheet: Sheet, rows: int, now: datetime) -> None:
    detail = {"sheet": str(sheet), "rows": rows}
    await record(session, Act.SHEET_MADE, now=now, actor_id=actor.id, subject="desk", detail=detail)


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

"""Turning rows into pictures; names and places are read once for a whole list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.queries.clocks import waits_of
from models.help.rules.clocks import Wait, is_late, waiting_now
from models.help.rules.policy import Urgency
from models.help.rules.states import UNENDED, ClaimState, State
from models.help.rules.words import Line, MediaKind
from models.help.tables import ClaimRow, LineRow, MediaRow, RequestRow
from models.help.views import Media, RequestLine, TaskLine, TimelineLine, Where, Who
from models.people.tables import PersonRow
from models.places.queries import lines_of


@dataclass(frozen=True)
class Names:
    """Places and people of a list, and what residents are waited for, by id."""

    places: dict[int, Where]
    people: dict[int, Who]
    waits: dict[int, list[Wait]] = field(default_factory=dict)
    """By request."""

    def person(self, person_id: int | None) -> Who | None:
        """Give somebody by name; None for nobody and for those who left."""
        return self.people.get(person_id) if person_id is not None else None

    def known(self, person_id: int) -> Who:
        """Give somebody by name, without a name if they left."""
        return self.people.get(person_id) or Who(person_id, "")


async def names_for(
    session: Session, requests: Sequence[RequestRow], people: Iterable[int | None] = ()
) -> Names:
    """Read what lists of requests show beside them, in a few statements."""
    wanted = {one for one in people if one is not None}
    for request in requests:
        wanted |= {request.beneficiary_id, request.requester_id}
        wanted |= {request.owner_id} if request.owner_id is not None else set()
    return Names(
        await places_by_id(session, {r.place_id for r in requests}),
        await _people(session, wanted),
        await waits_of(session, [r.id for r in requests if r.state in UNENDED]),
    )


async def places_by_id(session: Session, place_ids: set[int]) -> dict[int, Where]:
    """Read places by name, with their community in front."""
    lines = await lines_of(session, place_ids) if place_ids else {}
    return {
        place_id: Where(place_id, line.short("zh_Hans"), line.short("en"))
        for place_id, line in lines.items()
    }


async def _people(session: Session, person_ids: set[int]) -> dict[int, Who]:
    if not person_ids:
        return {}
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name).where(
            PersonRow.id.in_(person_ids), PersonRow.left_at.is_(None)
        )
    )
    return {row.id: Who(row.id, row.name) for row in rows.all()}


def picture_line(request: RequestRow, names: Names, now: datetime) -> RequestLine:
    """Picture a request for a list."""
    state = State(request.state)
    wait = waiting_now(names.waits.get(request.id, ()), now)
    return RequestLine(
        request_id=request.id,
        number=request.number,
        category=request.category,
        urgency=Urgency(request.urgency),
        where=names.places[request.place_id],
        state=state,
        hands=request.hands,
        held=request.held,
        beneficiary=names.known(request.beneficiary_id),
        owner=names.person(request.owner_id),
        created_at=request.created_at,
        promised_by=request.promised_by,
        overdue=state in UNENDED and is_late(request.promised_by, wait, now),
        unconfirmed=request.unconfirmed,
        answer_by=None if request.answered_at else request.answer_by,
        wait=wait,
    )


def picture_task(
    request: RequestRow, claim: ClaimRow, names: Names, position: int | None
) -> TaskLine:
    """Picture a request as the task of whoever claims it."""
    return TaskLine(
        request_id=request.id,
        number=request.number,
        category=request.category,
        urgency=Urgency(request.urgency),
        where=names.places[request.place_id],
        state=State(request.state),
        claim=ClaimState(claim.state),
        position=position,
        when_text=request.when_text,
        start_at=request.start_at,
    )


def picture_said(row: LineRow, names: Names) -> TimelineLine:
    """Picture a line of the timeline."""
    return TimelineLine(
        at=row.at,
        what=Line(row.what),
        who=names.person(row.actor_id),
        detail=row.detail or {},
        words=row.words,
        internal=row.internal,
    )


async def media_of(session: Session, request_id: int, *, evidence: bool) -> tuple[Media, ...]:
    """Give what was sent along with a request, or as evidence at 'done', in order."""
    rows = await session.scalars(
        select(MediaRow)
        .where(MediaRow.request_id == request_id, MediaRow.evidence.is_(evidence))
        .order_by(MediaRow.position)
    )
    return tuple(
        Media(MediaKind(row.kind), row.file_id, row.latitude, row.longitude) for row in rows
    )


async def claims_on(
    session: Session, request_ids: Iterable[int], states: Iterable[ClaimState]
) -> list[ClaimRow]:
    """List claims in these states on requests, in the order of coming."""
    rows = await session.scalars(
        select(ClaimRow)
        .where(ClaimRow.request_id.in_(list(request_ids)), ClaimRow.state.in_(list(states)))
        .order_by(ClaimRow.request_id, ClaimRow.line)
    )
    return list(rows)


def places_in_line(claims: Iterable[ClaimRow]) -> dict[int, int]:
    """Number the waiting claims of each request from 1, by claim id, given in order of coming."""
    counts: dict[int, int] = {}
    numbered = {}
    for claim in claims:
        if claim.state == ClaimState.WAITING:
            counts[claim.request_id] = counts.get(claim.request_id, 0) + 1
            numbered[claim.id] = counts[claim.request_id]
    return numbered


def has_agreed(claim: ClaimRow) -> bool:
    """Tell whether whoever holds a task took it, or has said yes since somebody chose them."""
    return claim.summoned_at is None or claim.state != ClaimState.HELD

"""Reading one request: for its resident, its helpers, the desk and for notices."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from models.categories import CATALOGUE
from models.database import Session
from models.help import hooks
from models.help.queries.deadlines import resident_reach, waits_of
from models.help.rules.closing import may_reopen
from models.help.rules.deadlines import Wait, is_late, waiting_now
from models.help.rules.limits import Channel, Line
from models.help.rules.matching import may_ask_at
from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import (
    COUNTED,
    DID_IT,
    ENDED,
    UNENDED,
    ClaimState,
    Move,
    Relation,
    State,
    allowed,
)
from models.help.rules.visits import has_answered
from models.help.tables import ClaimRow, LineRow, MediaRow, RequestRow
from models.help.views import (
    Holder,
    Receipt,
    RequestLine,
    RequestView,
    TaskLine,
    TimelineLine,
    Told,
)
from models.media import Media, MediaKind
from models.names.queries import Names, names_for
from models.names.views import Who
from models.outbox.rules import OPEN_STATES
from models.outbox.rules import State as Sending
from models.outbox.tables import OutboxRow
from models.people.queries import person_by_id
from models.people.reach import Reach, reach_of
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of

SHOWN_CLAIMS = DID_IT | {ClaimState.WAITING}


TOLD_THE_DESK = {Line.HANDED_BACK, Line.LEFT_LINE}
"""Lines whose reason and words were meant for the desk alone; that they happened all may see."""


async def whole(
    session: Session, request: RequestRow, relation: Relation, *, now: datetime
) -> RequestView:
    """Return a request whole, with what `relation` may do with it; inner lines for the desk."""
    claims = await claims_on(session, [request.id], SHOWN_CLAIMS)
    rows = await _timeline(session, request, internal=relation is Relation.DESK)
    people = [claim.person_id for claim in claims] + [row.actor_id for row in rows]
    order = await hooks.last_order(session, request.id, now=now)
    people.append(order.person_id if order else None)
    mentioned = [row.detail.get("person") for row in rows if row.detail]
    took = await hooks.minutes_said(session, request.id)
    names = await request_names(session, [request], [*people, *mentioned, *took])
    state = State(request.state)
    unsaid = request.solved is None and allowed(state, Move.CONFIRM, relation)
    open_still = may_reopen(request.closed_at, now, policy_of(session, HelpPolicy))
    asked = await asked_of(session, request.id)
    reach = await reach_of(session, [claim.person_id for claim in claims])
    asked_for = request.channel != Channel.INSPECTION
    begun = any(claim.state in COUNTED for claim in claims) or state is not State.OPEN
    return RequestView(
        line=picture_line(request, names, now),
        text=request.text,
        media=await media_of(session, request.id, evidence=False),
        evidence=await media_of(session, request.id, evidence=True),
        channel=Channel(request.channel),
        requester=names.known(request.requester_id),
        when_text=request.when_text,
        start_at=request.start_at,
        holders=_holders(claims, names, reach, waiting=False),
        waiting=_holders(claims, names, reach, waiting=True),
        asked=asked.reached,
        asking=asked.on_the_way,
        reach=await resident_reach(session, request),
        timeline=tuple(_said(row, names, relation) for row in rows),
        rating=request.rating,
        close_reason=request.close_reason,
        may_cancel=asked_for and allowed(state, Move.CANCEL, relation),
        may_say_solved=asked_for
        and (unsaid or (begun and allowed(state, Move.SAY_SOLVED, relation))),
        may_say_unsolved=asked_for
        and ((unsaid and open_still) or allowed(state, Move.SAY_UNSOLVED, relation)),
        may_rate=asked_for and state in ENDED and request.solved is True,
        may_reopen=asked_for
        and open_still
        and not unsaid
        and allowed(state, Move.REOPEN, relation),
        solved=request.solved,
        order=replace(order, person=names.person(order.person_id)) if order else None,
        mentioned=tuple(names.known(int(person)) for person in mentioned if person),
        took=tuple((names.known(one), minutes) for one, minutes in took.items()),
    )


def seen_by(view: RequestView, reader_id: int) -> RequestView:
    """Return a request as a reader is addressed: who speaks for somebody is not that somebody."""
    if reader_id == view.line.beneficiary.id:
        return view
    view = replace(view, spoken_for=view.line.beneficiary.name)
    if not any(one.who.id == reader_id and one.state in DID_IT for one in view.holders):
        return view
    return replace(
        view, own_work=True, may_say_solved=False, may_say_unsolved=False, may_rate=False
    )


async def _timeline(session: Session, request: RequestRow, *, internal: bool) -> list[LineRow]:
    statement = select(LineRow).where(LineRow.request_id == request.id).order_by(LineRow.id)
    if not internal:
        statement = statement.where(LineRow.internal.is_(False))
    return list(await session.scalars(statement))


def _said(row: LineRow, names: Names, relation: Relation) -> TimelineLine:
    said = picture_said(row, names)
    if relation is Relation.DESK or said.what not in TOLD_THE_DESK:
        return said
    return replace(said, detail={}, words=None)


def _holders(
    claims: list[ClaimRow], names: Names, reach: dict[int, Reach], *, waiting: bool
) -> tuple[Holder, ...]:
    numbered = places_in_line(claims)
    return tuple(
        Holder(
            who=names.known(claim.person_id),
            state=ClaimState(claim.state),
            position=numbered.get(claim.id),
            start_confirmed=has_answered(claim.asked_at, claim.confirmed_at),
            agreed=has_agreed(claim),
            reached=reach[claim.person_id].arrives,
        )
        for claim in claims
        if (claim.state == ClaimState.WAITING) is waiting
    )


KNOWN_CLAIMS = COUNTED | {ClaimState.ENDED, ClaimState.RELEASED, ClaimState.WAITING}


def has_agreed(claim: ClaimRow) -> bool:
    """Return whether whoever holds a task took it, or has said yes since somebody chose them."""
    return claim.summoned_at is None or claim.state != ClaimState.HELD


async def told(session: Session, reader_id: int, request_id: int, *, now: datetime) -> Told | None:
    """Return the view of a request for the reader of a notice, under the relations that stand now.

    None where the reader has left or is nothing to the request any more.
    """
    request = await session.get(RequestRow, request_id)
    reader = await person_by_id(session, reader_id)
    if request is None or reader is None:
        return None
    relations = await _relations(session, reader, request)
    if not relations:
        return None
    seen_as = Relation.DESK if Relation.DESK in relations else Relation.RESIDENT
    view = await whole(session, request, seen_as, now=now)
    return Told(seen_by(view, reader_id), relations)


async def _relations(session: Session, reader: Person, request: RequestRow) -> frozenset[Relation]:
    place = await session.get_one(PlaceRow, request.place_id)
    claimed = await session.scalar(
        select(ClaimRow.id)
        .where(
            ClaimRow.request_id == request.id,
            ClaimRow.person_id == reader.id,
            ClaimRow.state.in_(list(KNOWN_CLAIMS)),
        )
        .limit(1)
    )
    theirs = (
        (Relation.RESIDENT, await is_party(session, reader, request)),
        (Relation.DESK, reader.may(Right.WORK_DESK, place.path)),
        (Relation.HOLDER, claimed is not None),
    )
    return frozenset(relation for relation, holds in theirs if holds)


async def is_party(session: Session, actor: Person, request: RequestRow) -> bool:
    """Return whether somebody speaks as the resident: beneficiary, their proxy, or whoever filed.

    Whoever filed it at the desk does so only for as long as they work there. Of what staff found
    themselves nobody does.
    """
    if request.channel == Channel.INSPECTION:
        return False
    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    if actor.id in {beneficiary.id, beneficiary.proxy_id}:
        return True
    if actor.id != request.requester_id or request.channel != Channel.DESK:
        return actor.id == request.requester_id
    place = await session.get_one(PlaceRow, request.place_id)
    return actor.may(Right.WORK_DESK, place.path)


@dataclass(frozen=True)
class RequestNames(Names):
    """Places and people of a list of requests, and what residents are waited for."""

    waits: dict[int, list[Wait]] = field(default_factory=dict)
    """By request."""


async def request_names(
    session: Session, requests: Sequence[RequestRow], people: Iterable[int | None] = ()
) -> RequestNames:
    """Read what lists of requests show beside them, in a few statements."""
    wanted = {*people}
    for request in requests:
        wanted |= {request.beneficiary_id, request.requester_id, request.owner_id}
    names = await names_for(session, wanted, {request.place_id for request in requests})
    unended = [request.id for request in requests if request.state in UNENDED]
    return RequestNames(names.places, names.people, await waits_of(session, unended))


def picture_line(request: RequestRow, names: RequestNames, now: datetime) -> RequestLine:
    """Return the view of a request for a list."""
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
    """Return the view of a request as the task of whoever claims it."""
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
    """Return the view of a line of the timeline."""
    return TimelineLine(
        at=row.at,
        what=Line(row.what),
        who=names.person(row.actor_id),
        detail=row.detail or {},
        words=row.words,
        internal=row.internal,
    )


async def media_of(session: Session, request_id: int, *, evidence: bool) -> tuple[Media, ...]:
    """Return what was sent along with a request, or as evidence at 'done', in order."""
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


async def receipt(session: Session, request_id: int) -> Receipt | None:
    """Return a request's receipt; None where there is no such request."""
    request = await session.get(RequestRow, request_id)
    return await receipt_of(session, request) if request else None


async def receipt_of(session: Session, request: RequestRow) -> Receipt:
    """Return the receipt of a request at hand."""
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
    """Return the receipt numbers of requests, by id."""
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

"""What volunteers see: cards of what they are asked, open tasks, their own tasks and hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, exists, or_, select
from sqlalchemy.orm import aliased

from models.audit.actions import deny
from models.categories import CATALOGUE
from models.database import Session
from models.help import hooks
from models.help.queries.deadlines import resident_reach
from models.help.queries.request import (
    claims_on,
    has_agreed,
    media_of,
    picture_said,
    picture_task,
    places_in_line,
    request_names,
)
from models.help.rules.closing import contact_visible
from models.help.rules.limits import Line
from models.help.rules.matching import Reason
from models.help.rules.outcomes import Refusal
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import (
    COUNTED,
    HOLDING,
    LIVE,
    OPEN_CLAIM,
    ClaimState,
    OfferState,
    State,
)
from models.help.rules.visits import has_answered
from models.help.tables import ClaimRow, LineRow, OfferRow, RequestRow
from models.help.views import HoursGiven, OfferCard, TaskDetail, TaskLine
from models.hours.rules.quiet import QuietHours, in_quiet_hours
from models.names.queries import Names
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.rules import ancestors, distance
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.volunteers.rules import State as Standing
from models.volunteers.tables import ServedPlaceRow, VolunteerRow

FAR = 99
"""Stands in for the distance of a home that is not known."""
LOOKED_AT = 200
"""Oldest open requests among which the nearest are sought."""
CARD_CLAIMS = COUNTED | {ClaimState.WAITING}
LET_GO = {ClaimState.NO_ANSWER, ClaimState.NO_SHOW, ClaimState.RELEASED}
PASSED = timedelta(hours=12)
"""After its named start a request is no longer shown as a task to take."""
ASKABLE = [code for code, kind in CATALOGUE.items() if kind.for_volunteers]


async def held_tasks(session: Session, actor: Person) -> list[TaskLine]:
    """List what the actor has taken on and not yet reported done."""
    return [task for task in await my_tasks(session, actor) if task.claim in HOLDING]


async def once_helped(session: Session, person_id: int, request_id: int) -> bool:
    """Return whether a person has ever taken a request on, whatever came of it."""
    mine = exists().where(
        ClaimRow.request_id == request_id,
        ClaimRow.person_id == person_id,
        ClaimRow.state.not_in([ClaimState.WAITING, ClaimState.LEFT_LINE]),
    )
    return bool(await session.scalar(select(mine)))


async def my_tasks(session: Session, actor: Person) -> list[TaskLine]:
    """List what the actor holds, waits for, or has done and the resident has not yet judged."""
    found = await session.execute(
        select(RequestRow, ClaimRow)
        .join(ClaimRow, ClaimRow.request_id == RequestRow.id)
        .where(
            ClaimRow.person_id == actor.id,
            ClaimRow.state.in_(list(CARD_CLAIMS)),
            RequestRow.state.in_([*LIVE, State.DONE]),
        )
        .order_by(RequestRow.start_at.is_(None), RequestRow.start_at, RequestRow.promised_by)
    )
    rows = found.all()
    requests = [request for request, _ in rows]
    names = await request_names(session, requests)
    numbered = places_in_line(await claims_on(session, [r.id for r in requests], OPEN_CLAIM))
    return [picture_task(request, claim, names, numbered.get(claim.id)) for request, claim in rows]


async def awaits_yes(session: Session, person_id: int, request_id: int | None = None) -> list[int]:
    """List the requests whose holder was asked 'still coming?' and has not said yes since."""
    asked = (
        select(ClaimRow.request_id)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            ClaimRow.person_id == person_id,
            ClaimRow.state.in_(list(HOLDING)),
            RequestRow.state.in_(list(LIVE)),
            ClaimRow.asked_at.is_not(None),
            or_(ClaimRow.confirmed_at.is_(None), ClaimRow.confirmed_at < ClaimRow.asked_at),
        )
        .order_by(ClaimRow.request_id)
    )
    if request_id is not None:
        asked = asked.where(ClaimRow.request_id == request_id)
    return list((await session.scalars(asked)).all())


async def my_hours(session: Session, actor: Person, *, now: datetime, zone: str) -> HoursGiven:
    """Add up what the actor has given; the month is the present one by the zone's calendar."""
    found = await session.execute(
        select(ClaimRow.done_at, ClaimRow.minutes, RequestRow.rating)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(ClaimRow.person_id == actor.id, ClaimRow.done_at.is_not(None))
    )
    rows = found.all()
    local = now.astimezone(ZoneInfo(zone))
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lately = [row for row in rows if row.done_at and row.done_at >= month]
    ratings = [row.rating for row in rows if row.rating is not None]
    return HoursGiven(
        month_minutes=sum(row.minutes or 0 for row in lately),
        month_tasks=len(lately),
        all_minutes=sum(row.minutes or 0 for row in rows),
        all_tasks=len(rows),
        ratings=len(ratings),
        mean_rating=sum(ratings) / len(ratings) if ratings else None,
    )


async def task_detail(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> TaskDetail | Refusal:
    """Show a task to the one who holds it or did it; a waiting or former holder is refused."""
    policy = policy_of(session, HelpPolicy)
    request = await session.get(RequestRow, request_id)
    if request is None:
        return Refusal.MISSING
    claims = await claims_on(session, [request.id], COUNTED)
    mine = next((claim for claim in claims if claim.person_id == actor.id), None)
    if mine is None:
        await deny(
            session, actor.id, "help", now=now, subject_id=request_id, detail={"tried": "task"}
        )
        return Refusal.NOT_ALLOWED
    if not contact_visible(request.closed_at, now, policy):
        return Refusal.EXPIRED
    notes = await _said_since(session, request, actor.id)
    people = [claim.person_id for claim in claims]
    people += [note.actor_id for note in notes if note.actor_id is not None]
    names = await request_names(session, [request], people)
    others = [names.known(c.person_id).name for c in claims if c.person_id != actor.id]
    working = mine.state in HOLDING
    until = request.closed_at + policy.contact_kept if request.closed_at else None
    return TaskDetail(
        line=picture_task(request, mine, names, None),
        beneficiary=names.known(request.beneficiary_id),
        text=request.text,
        media=await media_of(session, request.id, evidence=False),
        hands=request.hands,
        held=request.held,
        others=tuple(others),
        may_see_contact=True,
        contact_until=until,
        may_set_out=mine.state == ClaimState.HELD,
        may_report_done=working,
        may_hand_back=working,
        reach=await resident_reach(session, request),
        may_swap=mine.state == ClaimState.HELD and not_begun(request, now),
        added=tuple(picture_said(note, names) for note in notes),
        agreed=has_agreed(mine),
        took=(await hooks.minutes_said(session, request.id)).get(actor.id),
        asks_time=mine.state == ClaimState.DONE and request.solved is None,
    )


async def _said_since(session: Session, request: RequestRow, reader_id: int) -> list[LineRow]:
    """Return what was added in words while a request lives: who comes late knows it all."""
    if request.state not in LIVE:
        return []
    notes = await session.scalars(
        select(LineRow)
        .where(
            LineRow.request_id == request.id,
            LineRow.what == Line.NOTE,
            LineRow.internal.is_(False),
            LineRow.words.is_not(None),
            or_(LineRow.actor_id.is_(None), LineRow.actor_id != reader_id),
        )
        .order_by(LineRow.id)
    )
    return list(notes)


def not_begun(request: RequestRow, now: datetime) -> bool:
    """Return whether a request's start, if it names one, is still to come."""
    return request.state in LIVE and (request.start_at is None or request.start_at > now)


async def offer_card(session: Session, person_id: int, request_id: int) -> OfferCard | None:
    """Show a request as a card to one volunteer; None when it is none of theirs to see.

    Seen by those asked, by those with a claim, and by active volunteers who serve the place.
    """
    request = await session.get(RequestRow, request_id)
    if request is None:
        return None
    cards = await _cards(session, person_id, [request])
    card = cards[0]
    if card.offer or card.claim or await _serves(session, person_id, request):
        return card
    return None


async def open_tasks(
    session: Session, actor: Person, *, now: datetime, limit: int = 10
) -> list[OfferCard]:
    """List requests with hands missing at the places the volunteer serves.

    Emergencies first, then the nearest, then the oldest. Left out are own, declined and held ones,
    and those whose named start has long passed.
    """
    found = (await session.execute(_open_for(actor, now))).all()
    ranked = sorted(found, key=lambda row: _rank(row[0], row[1], actor))
    return await _cards(session, actor.id, [request for request, _ in ranked[:limit]])


async def nearest_open(
    session: Session, actor: Person, *, now: datetime, but_for: int
) -> int | None:
    """Return the nearest open task other than one; None when there is none."""
    found = (await session.execute(_open_for(actor, now).where(RequestRow.id != but_for))).all()
    ranked = sorted(found, key=lambda row: _rank(row[0], row[1], actor))
    return ranked[0][0].id if ranked else None


def _rank(request: RequestRow, path: str, actor: Person) -> tuple[bool, int, int]:
    steps = distance(actor.place_path, path) if actor.place_path else FAR
    return request.urgency != Urgency.EMERGENCY, steps, request.id


def _open_for(actor: Person, now: datetime) -> Select[RequestRow, str]:
    served = aliased(PlaceRow)
    serves = (
        exists()
        .where(
            ServedPlaceRow.person_id == VolunteerRow.person_id,
            ServedPlaceRow.place_id == served.id,
            VolunteerRow.person_id == actor.id,
            VolunteerRow.state == Standing.ACTIVE,
            PlaceRow.path.startswith(served.path),
        )
        .correlate(PlaceRow)
    )
    declined = exists().where(
        OfferRow.request_id == RequestRow.id,
        OfferRow.person_id == actor.id,
        OfferRow.state == OfferState.DECLINED,
    )
    claimed = exists().where(
        ClaimRow.request_id == RequestRow.id,
        ClaimRow.person_id == actor.id,
        ClaimRow.state.in_(list(CARD_CLAIMS)),
    )
    spoken_for = select(PersonRow.id).where(PersonRow.proxy_id == actor.id)
    return (
        select(RequestRow, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == RequestRow.place_id)
        .where(
            RequestRow.state.in_(list(LIVE)),
            RequestRow.held < RequestRow.hands,
            RequestRow.category.in_(ASKABLE),
            RequestRow.requester_id != actor.id,
            RequestRow.beneficiary_id != actor.id,
            RequestRow.beneficiary_id.not_in(spoken_for),
            or_(RequestRow.start_at.is_(None), RequestRow.start_at > now - PASSED),
            serves,
            ~declined,
            ~claimed,
        )
        .order_by(case((RequestRow.urgency == Urgency.EMERGENCY, 0), else_=1), RequestRow.id)
        .limit(LOOKED_AT)
    )


async def _serves(session: Session, person_id: int, request: RequestRow) -> bool:
    place = await session.get_one(PlaceRow, request.place_id)
    if not CATALOGUE[request.category].for_volunteers:
        return False
    found = await session.scalar(
        select(ServedPlaceRow.place_id)
        .join(VolunteerRow, VolunteerRow.person_id == ServedPlaceRow.person_id)
        .where(
            ServedPlaceRow.person_id == person_id,
            ServedPlaceRow.place_id.in_(ancestors(place.path)),
            VolunteerRow.state == Standing.ACTIVE,
        )
        .limit(1)
    )
    return found is not None


async def _cards(
    session: Session, person_id: int, requests: Sequence[RequestRow]
) -> list[OfferCard]:
    ids = [request.id for request in requests]
    claims = await claims_on(session, ids, CARD_CLAIMS | LET_GO)
    offers = await session.scalars(
        select(OfferRow).where(OfferRow.request_id.in_(ids), OfferRow.person_id == person_id)
    )
    asked = {row.request_id: row for row in offers}
    names = await request_names(session, requests, [claim.person_id for claim in claims])
    quiet = policy_of(session).quiet
    return [
        _card(
            request,
            [claim for claim in claims if claim.request_id == request.id],
            asked.get(request.id),
            person_id,
            names,
            quiet,
        )
        for request in requests
    ]


def _card(
    request: RequestRow,
    claims: Sequence[ClaimRow],
    asked: OfferRow | None,
    person_id: int,
    names: Names,
    quiet: QuietHours,
) -> OfferCard:
    mine = [claim for claim in claims if claim.person_id == person_id]
    own = next((claim for claim in mine if claim.state in CARD_CLAIMS), None)
    holders = [names.known(c.person_id).name for c in claims if c.state in COUNTED]
    return OfferCard(
        request_id=request.id,
        number=request.number,
        category=request.category,
        urgency=Urgency(request.urgency),
        where=names.places[request.place_id],
        state=State(request.state),
        hands=request.hands,
        held=request.held,
        when_text=request.when_text,
        start_at=request.start_at,
        promised_by=request.promised_by,
        created_at=request.created_at,
        reasons=_reasons(asked),
        offer=OfferState(asked.state) if asked else None,
        claim=ClaimState(own.state) if own else None,
        position=places_in_line(claims).get(own.id) if own else None,
        holders=tuple(holders),
        asked_at_night=asked is not None and in_quiet_hours(asked.asked_at, quiet),
        let_go=ClaimState(mine[-1].state) if mine and own is None else None,
        agreed=own is None or has_agreed(own),
        start_confirmed=own is not None and has_answered(own.asked_at, own.confirmed_at),
        words=request.text if request.words_open else "",
    )


def _reasons(offer: OfferRow | None) -> tuple[Reason, ...]:
    return tuple(Reason(reason) for reason in offer.reasons) if offer else ()

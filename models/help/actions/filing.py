"""Filing a request, adding to it, calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from models.categories import CATALOGUE, EMERGENCY
from models.database import Session, insert_once
from models.help import hooks
from models.help.actions.claims import count_done, release
from models.help.actions.deadlines import promised, start_clocks
from models.help.actions.notify import refresh_cards, tell, tell_all, tell_resident
from models.help.actions.rings import ask_ring
from models.help.actions.rows import (
    add_line,
    choose_owner,
    choose_relation,
    claim_of,
    claims_of,
    end,
    locked,
    owner_now,
    refuse,
    relations_of,
)
from models.help.actions.schedule import schedule_contact, schedule_expiry, stop_request
from models.help.queries.request import receipt_of
from models.help.rules.deadlines import Promise
from models.help.rules.limits import (
    FIRST_NUMBER,
    MOST_MEDIA,
    REASON_LENGTH,
    TEXT_LENGTH,
    WHEN_LENGTH,
    Channel,
    Line,
)
from models.help.rules.notices import Notice
from models.help.rules.outcomes import CancelOutcome, DeskOutcome, FileOutcome, WorkOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import ENDED, HOLDING, LIVE, UNENDED, Move, Relation, State
from models.help.tables import CounterRow, LineRow, MediaRow, RequestRow
from models.help.views import Draft, Filed
from models.media import Media, MediaKind
from models.people.queries import new_until
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import line_of
from models.places.rules import PlaceKind
from models.places.views import PlaceWithAbove as PlaceLine
from models.policy.current import policy_of
from models.text import clean_line, clean_text


@dataclass(frozen=True)
class ReadyRequest:
    """A draft that may be filed: for whom, where, how it came in."""

    draft: Draft
    urgency: Urgency
    beneficiary: PersonRow
    at: PlaceLine
    channel: Channel

    @property
    def community_id(self) -> int:
        """Return the community whose numbers are counted; outside of one, the place itself."""
        above = [place.id for place in self.at.places if place.kind is PlaceKind.COMMUNITY]
        return above[-1] if above else self.at.place.id


async def file_request(session: Session, actor: Person, draft: Draft, *, now: datetime) -> Filed:
    """File a request for oneself, for somebody one is proxy of, or (staff) for anybody of a place.

    The same `draft.token` files once: later sends give ALREADY and the first receipt. The owner is
    named at once (staff who files on behalf, else who is on duty or longest idle), the best
    fitting volunteers are asked at once, and the owner's 'nobody claims' reminder is set.
    """
    policy = policy_of(session, HelpPolicy)
    if before := await _filed_before(session, actor, draft):
        return before
    ready = await _ready(session, actor, draft, now, policy)
    if isinstance(ready, FileOutcome):
        if ready is FileOutcome.NOT_ALLOWED:
            await refuse(session, actor, None, "file", now)
        if ready is FileOutcome.NEW_HERE:
            return Filed(ready, until=await new_until(session, actor, policy.new_for, now))
        return Filed(ready)
    request = await _insert(session, actor, ready, now)
    if request is None:
        return await _filed_before(session, actor, draft) or Filed(FileOutcome.BAD_CHOICE)
    add_media(session, request, draft.media, actor.id, evidence=False)
    add_line(session, request, Line.FILED, now=now, actor_id=actor.id)
    await ask_ring(session, request, now, policy)
    await schedule_expiry(session, request, now, policy)
    await start_clocks(session, request, now)
    await hooks.filed(session, request, now=now)
    await tell(session, request, Notice.NEW, request.owner_id, now=now, actor_id=actor.id)
    if ready.channel is Channel.DESK:
        await tell_resident(session, request, Notice.FILED_FOR, now=now, actor_id=actor.id)
    return Filed(FileOutcome.FILED, await receipt_of(session, request))


async def cancel_request(
    session: Session, actor: Person, request_id: int, *, now: datetime, reason: str | None = None
) -> CancelOutcome:
    """Call a request off: its resident while nobody has reported done, or the desk, with a reason.

    Everybody who held it or waited is thanked and told.
    """
    request = await locked(session, request_id)
    if request is None:
        return CancelOutcome.MISSING
    relations = await relations_of(session, actor, request)
    if not relations:
        await refuse(session, actor, request, "cancel", now)
        return CancelOutcome.NOT_ALLOWED
    if request.state == State.CANCELLED:
        return CancelOutcome.ALREADY
    relation = choose_relation(request, Move.CANCEL, relations)
    if relation is None:
        return CancelOutcome.TOO_LATE
    words = clean_line(reason or "", REASON_LENGTH) or None
    if relation is Relation.DESK and words is None:
        return CancelOutcome.REASON_NEEDED
    await call_off(session, request, now=now, actor_id=actor.id, reason=words)
    if relation is Relation.DESK:
        await tell_resident(session, request, Notice.CANCELLED, now=now, actor_id=actor.id)
    return CancelOutcome.CANCELLED


async def call_off(
    session: Session, request: RequestRow, *, now: datetime, actor_id: int, reason: str | None
) -> None:
    """End a locked request as cancelled, and tell the owner and whoever held it or waited."""
    claims = await claims_of(session, request)
    people = await release(session, claims, "cancelled", now)
    end(request, State.CANCELLED, now)
    request.held, request.close_reason = count_done(claims), reason
    await stop_request(session, request, "cancelled", now)
    await schedule_contact(session, request, policy_of(session, HelpPolicy))
    add_line(session, request, Line.CANCELLED, now=now, actor_id=actor_id, words=reason)
    owner_id = await owner_now(session, request, now)
    people |= set() if owner_id is None else {owner_id}
    await tell_all(session, request, Notice.CANCELLED, people, now=now, actor_id=actor_id)
    await refresh_cards(session, request, now)


def add_media(
    session: Session,
    request: RequestRow,
    media: tuple[Media, ...],
    sent_by: int,
    *,
    evidence: bool,
    after: int = 0,
) -> None:
    """Keep what was sent along, in order, behind the `after` pieces there are already."""
    for position, piece in enumerate(media[: 2 * MOST_MEDIA], start=after):
        row = MediaRow(
            request_id=request.id,
            position=position,
            kind=piece.kind,
            file_id=piece.file_id,
            latitude=piece.latitude,
            longitude=piece.longitude,
            sent_by=sent_by,
            evidence=evidence,
        )
        session.add(row)


async def _filed_before(session: Session, actor: Person, draft: Draft) -> Filed | None:
    request = await session.scalar(select(RequestRow).where(RequestRow.token == draft.token))
    if request is None:
        return None
    if request.requester_id != actor.id:
        return Filed(FileOutcome.BAD_CHOICE)
    return Filed(FileOutcome.ALREADY, await receipt_of(session, request))


async def _ready(
    session: Session, actor: Person, draft: Draft, now: datetime, policy: HelpPolicy
) -> ReadyRequest | FileOutcome:
    if problem := problem_with(draft, now, policy):
        return problem
    person_id = actor.id if draft.beneficiary_id is None else draft.beneficiary_id
    beneficiary = await session.get(PersonRow, person_id)
    if beneficiary is None or beneficiary.left_at is not None:
        return FileOutcome.BAD_CHOICE
    place_id = draft.place_id or beneficiary.place_id
    at = await line_of(session, place_id) if place_id is not None else None
    if at is None:
        return FileOutcome.NO_PLACE
    channel = await _channel(session, actor, beneficiary, at.place.path)
    if channel is None:
        return FileOutcome.NOT_ALLOWED
    urgency = Urgency.EMERGENCY if draft.category == EMERGENCY else draft.urgency
    ready = ReadyRequest(draft, urgency, beneficiary, at, channel)
    return await _limit(session, actor, ready, now, policy) or ready


async def _limit(
    session: Session, actor: Person, ready: ReadyRequest, now: datetime, policy: HelpPolicy
) -> FileOutcome | None:
    """Return the limit that is reached, if one is; an emergency knows none."""
    if ready.urgency is Urgency.EMERGENCY:
        return None
    if await _has_many(session, ready.beneficiary, policy):
        return FileOutcome.TOO_MANY
    known = ready.channel is Channel.DESK or ready.draft.looked_after
    if known or not await _new_with_many(session, actor, now, policy):
        return None
    return FileOutcome.NEW_HERE


def problem_with(draft: Draft, now: datetime, policy: HelpPolicy) -> FileOutcome | None:
    """Return what is wrong with a draft in itself; None if nothing is."""
    # whoever cannot speak taps: an emergency needs no words
    wordless = draft.known or draft.category == EMERGENCY
    tells = clean_text(draft.text, TEXT_LENGTH) or draft.media or wordless
    if not tells:
        return FileOutcome.EMPTY
    past = draft.start_at is not None and draft.start_at < now
    hands = 1 <= draft.hands <= policy.most_hands
    if draft.category not in CATALOGUE or past or not hands:
        return FileOutcome.BAD_CHOICE
    return None


async def _channel(
    session: Session, actor: Person, beneficiary: PersonRow, path: str
) -> Channel | None:
    if not actor.registered:
        return None
    if beneficiary.id == actor.id:
        return Channel.SELF
    if beneficiary.proxy_id == actor.id:
        return Channel.PROXY
    home = await line_of(session, beneficiary.place_id) if beneficiary.place_id else None
    reached = [path, home.place.path] if home else [path]
    staff = all(actor.may(Right.WORK_DESK, one) for one in reached)
    return Channel.DESK if staff else None


async def _has_many(session: Session, beneficiary: PersonRow, policy: HelpPolicy) -> bool:
    count = await session.scalar(
        select(func.count()).where(
            RequestRow.beneficiary_id == beneficiary.id, _asked_for(), _goes_on()
        )
    )
    return (count or 0) >= policy.most_open


async def _new_with_many(
    session: Session, actor: Person, now: datetime, policy: HelpPolicy
) -> bool:
    """Tell whether somebody new has asked for as much as they may, for whomever."""
    if await new_until(session, actor, policy.new_for, now) is None:
        return False
    count = await session.scalar(
        select(func.count()).where(RequestRow.requester_id == actor.id, _asked_for(), _goes_on())
    )
    return (count or 0) >= policy.new_most_open


def _goes_on() -> ColumnElement[bool]:
    return RequestRow.state.in_(list(UNENDED))


def _asked_for() -> ColumnElement[bool]:
    """Leave out what they found as staff: that is no help they asked for."""
    return RequestRow.channel != Channel.INSPECTION


async def _insert(
    session: Session, actor: Person, ready: ReadyRequest, now: datetime
) -> RequestRow | None:
    """Write the row; None when the same form was filed at the same moment.

    Whom the desk writes down has spoken with it: they have been answered.
    """
    draft, urgency = ready.draft, ready.urgency
    by = await promised(session, ready.at.place.path, urgency, draft.start_at, now)
    values = {
        "community_id": ready.community_id,
        "number": await next_number(session, ready.community_id),
        "token": draft.token,
        "requester_id": actor.id,
        "beneficiary_id": ready.beneficiary.id,
        "owner_id": await _owner(session, actor, ready, now),
        "place_id": ready.at.place.id,
        "channel": ready.channel,
        "category": draft.category,
        "text": clean_text(draft.text, TEXT_LENGTH),
        "words_open": draft.words_open,
        "urgency": urgency,
        "when_text": clean_line(draft.when_text or "", WHEN_LENGTH) or None,
        "start_at": draft.start_at,
        "hands": draft.hands,
        "state": State.OPEN,
        "answer_by": by[Promise.ANSWER],
        "answered_at": now if ready.channel is Channel.DESK else None,
        "promised_by": by[Promise.SOLVE],
        "owned_at": now,
        "created_at": now,
        "changed_at": now,
    }
    if not await insert_once(session, RequestRow, values):
        return None
    found = await session.scalars(select(RequestRow).where(RequestRow.token == draft.token))
    return found.one()


async def _owner(session: Session, actor: Person, ready: ReadyRequest, now: datetime) -> int | None:
    """Name whoever was asked first: staff who file for somebody else, else who is on duty."""
    for_another = ready.beneficiary.id != actor.id
    if for_another and actor.may(Right.WORK_DESK, ready.at.place.path):
        return actor.id
    parties = {actor.id, ready.beneficiary.id}
    return await choose_owner(session, ready.at.place.path, rather_not=parties, now=now)


async def next_number(session: Session, community_id: int) -> int:
    """Take the next receipt number of a community."""
    first = {"community_id": community_id, "last": FIRST_NUMBER - 1}
    await insert_once(session, CounterRow, first)
    number = await session.scalar(
        update(CounterRow)
        .where(CounterRow.community_id == community_id)
        .values(last=CounterRow.last + 1)
        .returning(CounterRow.last)
        .execution_options(synchronize_session=False)
    )
    assert number is not None  # noqa: S101 - the counter was put there above
    return number


LATE_MINUTES = range(1, 601)
"""A delay beyond ten hours is no delay: the task is handed back instead."""


async def move_point(
    session: Session,
    actor: Person,
    request_id: int,
    latitude: float,
    longitude: float,
    *,
    now: datetime,
) -> DeskOutcome:
    """Move a point that the actor added to a request (NOTED): they go on sending where they are.

    Of several the nearest one: nobody moves far between two messages. Nobody is told each time;
    whoever looks at the map sees the newest point. EMPTY when no point is theirs.
    """
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    holds = mine is not None and mine.state in HOLDING
    if not holds and not await relations_of(session, actor, request):
        return DeskOutcome.NOT_ALLOWED
    if request.state in ENDED:
        return DeskOutcome.TOO_LATE
    points = await session.scalars(
        select(MediaRow).where(
            MediaRow.request_id == request.id,
            MediaRow.sent_by == actor.id,
            MediaRow.kind == MediaKind.LOCATION,
        )
    )
    near = min(points, key=lambda row: _apart(row, latitude, longitude), default=None)
    if near is None:
        return DeskOutcome.EMPTY
    near.latitude, near.longitude, request.changed_at = latitude, longitude, now
    return DeskOutcome.NOTED


def _apart(row: MediaRow, latitude: float, longitude: float) -> float:
    return ((row.latitude or 0) - latitude) ** 2 + ((row.longitude or 0) - longitude) ** 2


async def running_late(
    session: Session, actor: Person, request_id: int, *, minutes: int, now: datetime
) -> WorkOutcome:
    """Tell the resident that a holder comes `minutes` later (TOLD_LATE, then ALREADY)."""
    request = await locked(session, request_id)
    if request is None:
        return WorkOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    holds = mine is not None and mine.state in HOLDING and request.state in LIVE
    if not holds or minutes not in LATE_MINUTES:
        return WorkOutcome.NOT_HOLDER
    detail = {"person": actor.id, "minutes": minutes}
    last = await last_line(session, request)
    if last is not None and (last.what, last.detail) == (Line.LATE, detail):
        return WorkOutcome.ALREADY
    add_line(session, request, Line.LATE, now=now, actor_id=actor.id, detail=detail)
    await tell_resident(session, request, Notice.LATE, now=now, actor_id=actor.id, detail=detail)
    return WorkOutcome.TOLD_LATE


async def last_line(session: Session, request: RequestRow) -> LineRow | None:
    """Return the latest line: a tap that Telegram brings twice would write it a second time."""
    await session.flush()
    return await session.scalar(
        select(LineRow).where(LineRow.request_id == request.id).order_by(LineRow.id.desc()).limit(1)
    )


async def just_said(session: Session, request: RequestRow, actor: Person, words: str) -> bool:
    """Return whether these words are the last thing said about it, by the same person."""
    last = await last_line(session, request)
    return last is not None and (last.what, last.actor_id, last.words) == (
        Line.NOTE,
        actor.id,
        words,
    )


async def keep(session: Session, request: RequestRow, media: Sequence[Media], sent_by: int) -> int:
    """Keep media of a request as far as it has room; return how many were kept."""
    there = select(func.count()).where(MediaRow.request_id == request.id)
    count = await session.scalar(there) or 0
    last = select(func.max(MediaRow.position)).where(MediaRow.request_id == request.id)
    after = await session.scalar(last)
    room = tuple(media)[: max(2 * MOST_MEDIA - count, 0)]
    start = 0 if after is None else after + 1
    add_media(session, request, room, sent_by, evidence=False, after=start)
    return len(room)

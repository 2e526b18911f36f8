"""Taking a task on, or declining it."""

from datetime import datetime

from sqlalchemy import select, update

from models.categories import CATALOGUE
from models.database import Session
from models.help.actions.clocks import note_answer
from models.help.actions.push import offer
from models.help.actions.rows import (
    add_line,
    claim_of,
    is_desk,
    locked,
    path_of,
    position,
    refuse,
    settle,
)
from models.help.actions.tell import refresh_cards, refresh_parties, tell_resident
from models.help.actions.timing import stop_unclaimed, watch_start, watch_visit
from models.help.queries.parties import is_party
from models.help.queries.volunteer import nearest_open
from models.help.rules.kinds import Notice
from models.help.rules.outcomes import Claimed, ClaimOutcome, DeclineOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.score import may_be_asked
from models.help.rules.states import LIVE, ClaimState, OfferState
from models.help.rules.words import Line
from models.help.tables import ClaimRow, OfferRow, RequestRow
from models.people.views import Person
from models.policy.current import policy_of
from models.volunteers.queries import standing
from models.volunteers.rules import State as Standing


async def claim(session: Session, actor: Person, request_id: int, *, now: datetime) -> Claimed:
    """Take a hand of a request, or the next place in line when none is missing.

    Exactly as many hold as hands are needed, however many tap at once. Whoever loses the race, or
    comes to a request that has ended, is given the nearest other open task (`other_id`).
    """
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, request_id)
    if request is None:
        return Claimed(ClaimOutcome.MISSING)
    if mine := await claim_of(session, request, actor.id):
        return await _standing_claim(session, mine)
    refusal = await _refusal(session, actor, request, now, policy)
    if refusal is ClaimOutcome.NOT_ALLOWED:
        await refuse(session, actor, request, "claim", now)
    if refusal is None:
        row = await take(session, request, actor.id, now, policy)
        if row.state == ClaimState.HELD:
            return Claimed(ClaimOutcome.HELD)
        place = await position(session, row)
        other = await nearest_open(session, actor, now=now, but_for=request.id)
        return Claimed(ClaimOutcome.WAITING, place, other)
    ended = refusal is ClaimOutcome.ENDED
    other = await nearest_open(session, actor, now=now, but_for=request.id) if ended else None
    return Claimed(refusal, other_id=other)


async def decline(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> DeclineOutcome:
    """Say 'not this one': the person is not asked about this request again."""
    request = await locked(session, request_id)
    asked = await _offer(session, request, actor.id) if request else None
    if request is None or asked is None:
        return DeclineOutcome.NOT_ASKED
    if await claim_of(session, request, actor.id):
        return DeclineOutcome.HOLDING
    if asked.state == OfferState.DECLINED:
        return DeclineOutcome.ALREADY
    asked.state, asked.answered_at = OfferState.DECLINED, now
    return DeclineOutcome.DECLINED


async def take(
    session: Session,
    request: RequestRow,
    person_id: int,
    now: datetime,
    policy: HelpPolicy,
    *,
    assigned_by: int | None = None,
) -> ClaimRow:
    """Give a person a hand of a locked request if one is missing, else the last place in line."""
    found_hand = await _take_hand(session, request)
    row = await add_claim(session, request, person_id, now)
    await _note_answer(session, request, person_id, now)
    if not found_hand:
        add_line(session, request, Line.QUEUED, now=now, actor_id=person_id)
        await refresh_parties(session, request, now, mover_id=person_id)
        return row
    _write_taken(session, request, person_id, assigned_by, now)
    row.summoned_at = now if assigned_by not in {None, person_id} else None
    await hold(session, request, row, now, policy)
    await tell_resident(session, request, Notice.CLAIMED, now=now, detail={"person": person_id})
    await refresh_cards(session, request, now)
    return row


async def add_claim(
    session: Session, request: RequestRow, person_id: int, now: datetime
) -> ClaimRow:
    """Put a person at the end of the line of a locked request."""
    request.line += 1
    row = ClaimRow(
        request_id=request.id,
        person_id=person_id,
        state=ClaimState.WAITING,
        line=request.line,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def _take_hand(session: Session, request: RequestRow) -> bool:
    """Count one hand more as held, if one is missing: the database decides."""
    found = await session.scalar(
        update(RequestRow)
        .where(RequestRow.id == request.id, RequestRow.held < RequestRow.hands)
        .values(held=RequestRow.held + 1)
        .returning(RequestRow.id)
        .execution_options(synchronize_session=False)
    )
    return found is not None


def _write_taken(
    session: Session, request: RequestRow, person_id: int, assigned_by: int | None, now: datetime
) -> None:
    if assigned_by is None:
        add_line(session, request, Line.CLAIMED, now=now, actor_id=person_id)
        return
    detail = {"person": person_id}
    add_line(session, request, Line.ASSIGNED, now=now, actor_id=assigned_by, detail=detail)


async def hold(
    session: Session, request: RequestRow, row: ClaimRow, now: datetime, policy: HelpPolicy
) -> None:
    """Let a claim fill a hand that is missing, or that was just given back."""
    row.state, row.held_at = ClaimState.HELD, now
    request.claimed_at = request.claimed_at or now
    await note_answer(session, request, now)
    hands = await settle(session, request, now)
    if not hands.missing:
        await stop_unclaimed(session, request, now)
    await watch_start(session, request, row, now, policy)
    await watch_visit(session, request, row, now, policy)


async def _standing_claim(session: Session, mine: ClaimRow) -> Claimed:
    if mine.state == ClaimState.WAITING:
        return Claimed(ClaimOutcome.WAITING, await position(session, mine))
    return Claimed(ClaimOutcome.ALREADY_YOURS)


async def _refusal(
    session: Session, actor: Person, request: RequestRow, now: datetime, policy: HelpPolicy
) -> ClaimOutcome | None:
    if await is_party(session, actor, request):
        return ClaimOutcome.OWN_REQUEST
    if request.state not in LIVE:
        return ClaimOutcome.ENDED
    if await is_desk(session, actor, request):
        return None
    return await _volunteer_refusal(session, actor, request, now, policy)


async def _volunteer_refusal(
    session: Session, actor: Person, request: RequestRow, now: datetime, policy: HelpPolicy
) -> ClaimOutcome | None:
    path = await path_of(session, request)
    stands = await standing(session, actor.id, path, now=now, window=policy.load_window)
    if stands is None or stands.state not in {Standing.ACTIVE, Standing.PAUSED}:
        return ClaimOutcome.NOT_VOLUNTEER
    was_asked = await _offer(session, request, actor.id) is not None
    fits = CATALOGUE[request.category].for_volunteers and stands.serves
    if not (was_asked or fits):
        return ClaimOutcome.NOT_ALLOWED
    if stands.state is Standing.PAUSED:
        return ClaimOutcome.PAUSED
    emergency = request.urgency == Urgency.EMERGENCY
    over = not may_be_asked(stands.load, stands.load_cap)
    return ClaimOutcome.OVER_CAP if over and not emergency else None


async def _offer(session: Session, request: RequestRow, person_id: int) -> OfferRow | None:
    return await session.scalar(
        select(OfferRow).where(OfferRow.request_id == request.id, OfferRow.person_id == person_id)
    )


async def _note_answer(
    session: Session, request: RequestRow, person_id: int, now: datetime
) -> None:
    """Mark the offer as taken up; somebody who came unasked gets one, to see their card."""
    await offer(session, request, person_id, OfferState.CLAIMED, now=now)
    asked = await _offer(session, request, person_id)
    if asked is not None:
        asked.state, asked.answered_at = OfferState.CLAIMED, now

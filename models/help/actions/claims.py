"""Taking a task on, declining it, giving it back; who comes instead."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from models.categories import CATALOGUE
from models.database import Session
from models.help.actions.deadlines import note_answer
from models.help.actions.notify import refresh_cards, refresh_parties, tell, tell_resident
from models.help.actions.rings import ask_for_lost, offer
from models.help.actions.rows import (
    add_line,
    claim_of,
    is_desk,
    locked,
    owner_now,
    path_of,
    position,
    refuse,
    settle,
)
from models.help.actions.schedule import (
    schedule_start,
    schedule_summons,
    schedule_visit,
    stop_claims,
    stop_unclaimed,
)
from models.help.queries.fitting import standing
from models.help.queries.request import is_party
from models.help.queries.volunteer import nearest_open
from models.help.rules.limits import NOTE_LENGTH, Line
from models.help.rules.matching import may_be_asked
from models.help.rules.notices import Notice
from models.help.rules.outcomes import (
    Claimed,
    ClaimOutcome,
    DeclineOutcome,
    HandBackOutcome,
    HandBackReason,
)
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import HOLDING, LIVE, OPEN_CLAIM, ClaimState, OfferState
from models.help.rules.visits import minutes_given
from models.help.tables import ClaimRow, OfferRow, RequestRow
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text
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
    refusal = await _refusal(session, actor, request, now)
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
    """Assign a hand of a locked request if one is missing, else the last place in line."""
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
    await schedule_start(session, request, row, now, policy)
    await schedule_visit(session, request, row, now, policy)


async def _standing_claim(session: Session, mine: ClaimRow) -> Claimed:
    if mine.state == ClaimState.WAITING:
        return Claimed(ClaimOutcome.WAITING, await position(session, mine))
    return Claimed(ClaimOutcome.ALREADY_YOURS)


async def _refusal(
    session: Session, actor: Person, request: RequestRow, now: datetime
) -> ClaimOutcome | None:
    if await is_party(session, actor, request):
        return ClaimOutcome.OWN_REQUEST
    if request.state not in LIVE:
        return ClaimOutcome.ENDED
    if await is_desk(session, actor, request):
        return None
    return await _volunteer_refusal(session, actor, request, now)


async def _volunteer_refusal(
    session: Session, actor: Person, request: RequestRow, now: datetime
) -> ClaimOutcome | None:
    path = await path_of(session, request)
    stands = await standing(session, actor.id, path, now=now)
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


async def hand_back(
    session: Session,
    actor: Person,
    request_id: int,
    reason: HandBackReason,
    *,
    now: datetime,
    words: str | None = None,
) -> HandBackOutcome:
    """Return a held task back, or leave the line; the first in line is promoted and told.

    When nobody waits, more volunteers are asked at once and the owner is told.
    """
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, request_id)
    if request is None:
        return HandBackOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    if mine is None:
        return HandBackOutcome.NOT_HOLDER
    if mine.state == ClaimState.DONE or request.state not in LIVE:
        return HandBackOutcome.TOO_LATE
    said = clean_text(words or "", NOTE_LENGTH) or None
    return await give_back(session, request, mine, reason, now=now, policy=policy, words=said)


async def give_back(
    session: Session,
    request: RequestRow,
    row: ClaimRow,
    reason: HandBackReason,
    *,
    now: datetime,
    policy: HelpPolicy,
    words: str | None = None,
) -> HandBackOutcome:
    """End an open claim on a locked request and fill the hand it leaves, if it held one."""
    held = row.state in HOLDING
    row.state = ClaimState.HANDED_BACK if held else ClaimState.LEFT_LINE
    row.ended_at, row.reason = now, reason
    await stop_claims(session, [row], "handed back", now)
    what = Line.HANDED_BACK if held else Line.LEFT_LINE
    detail = {"reason": str(reason)}
    add_line(session, request, what, now=now, actor_id=row.person_id, detail=detail, words=words)
    if held:
        await replace_lost(session, request, [row], reason, now, policy)
    await refresh_cards(session, request, now)
    return HandBackOutcome.HANDED_BACK if held else HandBackOutcome.LEFT_LINE


async def replace_lost(
    session: Session,
    request: RequestRow,
    lost: Sequence[ClaimRow],
    why: str,
    now: datetime,
    policy: HelpPolicy,
    *,
    actor_id: int | None = None,
) -> None:
    """Promote the next in line for each claim on a locked request that holds no more.

    Where too few wait, others are asked at once. Resident and owner learn who is lost, `why`, and
    who comes instead; whoever has just said so themselves (`actor_id`) is not told.
    """
    instead = [await _promote(session, request, now, policy) for _ in lost]
    if None in instead:
        await settle(session, request, now)
        await ask_for_lost(session, request, now, policy)
    for left, following in zip(lost, instead, strict=True):
        promoted = following.person_id if following else None
        detail = {"person": left.person_id, "reason": why, "promoted": promoted}
        await _tell_lost(session, request, left, detail, now, actor_id)


async def _tell_lost(
    session: Session,
    request: RequestRow,
    left: ClaimRow,
    detail: dict[str, Any],
    now: datetime,
    actor_id: int | None,
) -> None:
    kind = Notice.HANDED_BACK
    await tell_resident(session, request, kind, now=now, actor_id=actor_id, detail=detail)
    owner_id = await owner_now(session, request, now)
    if owner_id != left.person_id:
        await tell(session, request, kind, owner_id, now=now, actor_id=actor_id, detail=detail)


async def _promote(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> ClaimRow | None:
    first = await session.scalar(
        select(ClaimRow)
        .where(ClaimRow.request_id == request.id, ClaimRow.state == ClaimState.WAITING)
        .order_by(ClaimRow.line)
        .limit(1)
    )
    if first is None:
        return None
    add_line(session, request, Line.PROMOTED, now=now, actor_id=first.person_id)
    first.summoned_at = now
    await hold(session, request, first, now, policy)
    await schedule_summons(session, request, first, now, policy)
    await tell(session, request, Notice.PROMOTED, first.person_id, now=now)
    return first


def finish(claim: ClaimRow, now: datetime, minutes: int | None = None) -> None:
    """Mark a claim done, with the minutes given."""
    claim.state, claim.done_at = ClaimState.DONE, now
    claim.minutes = minutes_given(minutes, claim.on_way_at, now)


def finish_holding(claims: Iterable[ClaimRow], now: datetime) -> None:
    """Mark done whoever holds: the work is over, so they have done it."""
    for claim in claims:
        if claim.state in HOLDING:
            finish(claim, now)


async def release(
    session: Session, claims: Iterable[ClaimRow], reason: str, now: datetime
) -> set[int]:
    """Let everybody go who holds or waits; give who they are."""
    let_go = [claim for claim in claims if claim.state in OPEN_CLAIM]
    await stop_claims(session, let_go, reason, now)
    for claim in let_go:
        claim.state, claim.ended_at = ClaimState.RELEASED, now
    return {claim.person_id for claim in let_go}


def count_done(claims: Iterable[ClaimRow]) -> int:
    """Count the claims that reported done: once nobody holds any more, all that fill a hand."""
    return sum(claim.state == ClaimState.DONE for claim in claims)

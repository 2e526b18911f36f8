"""Giving a task back, and who takes it on instead."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.actions.claim import hold
from models.help.actions.owner import owner_now
from models.help.actions.push import ask_ring
from models.help.actions.rows import add_line, claim_of, locked, settle
from models.help.actions.tell import refresh_cards, tell, tell_resident
from models.help.actions.timing import stop_claims, watch_start
from models.help.policy import policy_of
from models.help.rules import (
    HOLDING,
    LIVE,
    NOTE_LENGTH,
    ClaimState,
    ConfirmOutcome,
    HandBackOutcome,
    HandBackReason,
    Line,
    Notice,
    Policy,
    clean_text,
)
from models.help.tables import ClaimRow, RequestRow
from models.people.views import Person


async def hand_back(
    session: Session,
    actor: Person,
    request_id: int,
    reason: HandBackReason,
    *,
    now: datetime,
    words: str | None = None,
) -> HandBackOutcome:
    """Give a held task back, or leave the line; the first in line is promoted and told.

    When nobody waits, more volunteers are asked at once and the owner is told.
    """
    policy = policy_of(session)
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


async def confirm_coming(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    coming: bool,
    now: datetime,
) -> ConfirmOutcome:
    """Answer 'still coming?': yes is noted, no hands the task back (HandBackReason.NO_TIME)."""
    policy = policy_of(session)
    request = await locked(session, request_id)
    mine = await claim_of(session, request, actor.id) if request else None
    if request is None or mine is None or mine.state not in HOLDING:
        return ConfirmOutcome.NOT_HOLDER
    if not coming:
        await give_back(session, request, mine, HandBackReason.NO_TIME, now=now, policy=policy)
        return ConfirmOutcome.HANDED_BACK
    if mine.confirmed_at is None:
        add_line(session, request, Line.CONFIRMED, now=now, actor_id=actor.id)
    mine.confirmed_at = now
    await stop_claims(session, [mine], "confirmed", now)
    if request.start_at is None and mine.state == ClaimState.HELD:
        await watch_start(session, request, mine, now, policy)
    await refresh_cards(session, request, now)
    return ConfirmOutcome.CONFIRMED


async def give_back(
    session: Session,
    request: RequestRow,
    row: ClaimRow,
    reason: HandBackReason,
    *,
    now: datetime,
    policy: Policy,
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
        await _replace(session, request, row, reason, now, policy)
    await refresh_cards(session, request, now)
    return HandBackOutcome.HANDED_BACK if held else HandBackOutcome.LEFT_LINE


async def _replace(
    session: Session,
    request: RequestRow,
    left: ClaimRow,
    reason: HandBackReason,
    now: datetime,
    policy: Policy,
) -> None:
    following = await _promote(session, request, now, policy)
    if following is None:
        await settle(session, request, now)
        await ask_ring(session, request, now, policy)
    detail = {
        "person": left.person_id,
        "reason": str(reason),
        "promoted": following.person_id if following else None,
    }
    await tell_resident(session, request, Notice.HANDED_BACK, now=now, detail=detail)
    await tell(
        session,
        request,
        Notice.HANDED_BACK,
        await owner_now(session, request, now),
        now=now,
        actor_id=left.person_id,
        detail=detail,
    )


async def _promote(
    session: Session, request: RequestRow, now: datetime, policy: Policy
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
    await hold(session, request, first, now, policy)
    await tell(session, request, Notice.PROMOTED, first.person_id, now=now)
    return first

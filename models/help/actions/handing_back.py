"""Giving a task back."""

from datetime import datetime

from models.database import Session
from models.help.actions.replacing import replace_lost
from models.help.actions.rows import add_line, claim_of, locked
from models.help.actions.tell import refresh_cards
from models.help.actions.timing import stop_claims
from models.help.rules.outcomes import HandBackOutcome, HandBackReason
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import HOLDING, LIVE, ClaimState
from models.help.rules.words import NOTE_LENGTH, Line
from models.help.tables import ClaimRow, RequestRow
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


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

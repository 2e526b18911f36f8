"""What becomes of claims when the work on a request is over."""

from collections.abc import Iterable
from datetime import datetime

from models.database import Session
from models.help.actions.timing import stop_claims
from models.help.rules.given import minutes_given
from models.help.rules.states import HOLDING, OPEN_CLAIM, ClaimState
from models.help.tables import ClaimRow


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

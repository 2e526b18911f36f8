"""Opening again what was closed: not solved after all. Number and history stay."""

from datetime import datetime

from models.database import Session
from models.help.actions.clocks import leave_out, wind
from models.help.actions.judging import judging_hats
from models.help.actions.owner import owner_now
from models.help.actions.rows import add_line, choose_hat, claims_of, end, locked, refuse
from models.help.actions.tell import refresh_cards, tell
from models.help.actions.timing import stop_request
from models.help.rules.kinds import Notice
from models.help.rules.last_word import may_reopen
from models.help.rules.outcomes import ReopenOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import UNENDED, ClaimState, Move, State
from models.help.rules.words import NOTE_LENGTH, Line
from models.help.tables import ClaimRow, RequestRow
from models.orders.actions import opening
from models.orders.rules import Cause
from models.people.views import Person
from models.policy.current import policy_of
from models.text import clean_text


async def reopen(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    words: str | None = None,
) -> ReopenOutcome:
    """Say of what is closed that it is not solved after all, or came back (REOPENED).

    For a set time after closing. The owner is told, and it is to be put right under an order.
    """
    request = await locked(session, request_id)
    if request is None:
        return ReopenOutcome.MISSING
    hats = await judging_hats(session, actor, request, await claims_of(session, request))
    if not hats:
        await refuse(session, actor, request, "reopen", now)
        return ReopenOutcome.NOT_ALLOWED
    if request.state in UNENDED:
        return ReopenOutcome.ALREADY
    closed = choose_hat(request, Move.REOPEN, hats) is not None
    if not closed or not may_reopen(request.closed_at, now, policy_of(session, HelpPolicy)):
        return ReopenOutcome.TOO_LATE
    said = clean_text(words or "", NOTE_LENGTH) or None
    await open_again(session, request, now=now, actor_id=actor.id, words=said)
    return ReopenOutcome.REOPENED


async def open_again(
    session: Session,
    request: RequestRow,
    *,
    now: datetime,
    actor_id: int,
    words: str | None = None,
) -> None:
    """Put a locked closed request back to 'not solved', with all that follows."""
    await stop_request(session, request, "opened again", now)
    if request.closed_at is not None:
        await leave_out(session, request, request.closed_at, now)
    set_back(request, await claims_of(session, request), now)
    request.rating = None
    add_line(session, request, Line.REOPENED, now=now, actor_id=actor_id, words=words)
    await order_it(session, request, Cause.CAME_BACK, now=now, actor_id=actor_id)
    await refresh_cards(session, request, now)


def set_back(request: RequestRow, claims: list[ClaimRow], now: datetime) -> None:
    """Make a locked request unsolved; what was reported done has not done it."""
    for claim in claims:
        if claim.state == ClaimState.DONE:
            claim.state, claim.ended_at = ClaimState.ENDED, now
    end(request, State.UNSOLVED, now)
    request.solved, request.unconfirmed, request.held = False, False, 0
    request.closed_at = None
    hush(request)


def hush(request: RequestRow) -> None:
    """Forget the calls that nobody answered: the word has come, or is asked for anew."""
    request.calls, request.call_after = 0, None


async def order_it(
    session: Session, request: RequestRow, cause: Cause, *, now: datetime, actor_id: int
) -> None:
    """Have a locked unsolved request put right under an order, and tell the owner so."""
    await wind(session, request, now)
    await opening.open_order(session, request, cause, now=now, actor_id=actor_id)
    owner_id = await owner_now(session, request, now)
    await tell(session, request, Notice.UNSOLVED, owner_id, now=now, actor_id=actor_id)

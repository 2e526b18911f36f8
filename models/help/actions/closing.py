"""The resident's last word: solved or not, and stars."""

from datetime import datetime

from models.database import Session
from models.help.actions.ending import count_done, finish_holding, release
from models.help.actions.owner import owner_now
from models.help.actions.rows import (
    add_line,
    choose_hat,
    claims_of,
    end,
    hats_of,
    locked,
    refuse,
)
from models.help.actions.tell import refresh_cards, tell, tell_all
from models.help.actions.timing import stop_claims, stop_request, watch_contact
from models.help.policy import policy_of
from models.help.rules import (
    COUNTED,
    NOTE_LENGTH,
    STARS,
    ClaimState,
    Hat,
    Line,
    Move,
    Notice,
    RateOutcome,
    State,
    VerdictOutcome,
    clean_text,
)
from models.help.tables import ClaimRow, RequestRow
from models.people.views import Person


async def resident_verdict(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    solved: bool,
    now: datetime,
    words: str | None = None,
) -> VerdictOutcome:
    """Say solved (closes) or not solved (back to the owner's desk).

    Staff may write down what the resident said on the phone, unless they hold the task themselves.
    """
    request = await locked(session, request_id)
    if request is None:
        return VerdictOutcome.MISSING
    claims = await claims_of(session, request)
    hats = await _judging_hats(session, actor, request, claims)
    if not hats:
        await refuse(session, actor, request, "verdict", now)
        return VerdictOutcome.NOT_ALLOWED
    if refusal := _refusal(request, claims, hats, solved=solved):
        return refusal
    said = clean_text(words or "", NOTE_LENGTH) or None
    if solved:
        await _close(session, actor, request, claims, said, now)
    else:
        await _reject(session, actor, request, claims, said, now)
    await refresh_cards(session, request, now)
    return VerdictOutcome.CLOSED if solved else VerdictOutcome.UNSOLVED


async def rate(
    session: Session, actor: Person, request_id: int, *, stars: int, now: datetime
) -> RateOutcome:
    """Give a closed request 1 to 5 stars; a later rating takes the place of the earlier."""
    request = await locked(session, request_id)
    if request is None:
        return RateOutcome.MISSING
    if stars not in STARS:
        return RateOutcome.BAD_CHOICE
    claims = await claims_of(session, request)
    if not await _judging_hats(session, actor, request, claims):
        await refuse(session, actor, request, "rate", now)
        return RateOutcome.NOT_ALLOWED
    if request.state != State.CLOSED or not request.solved:
        return RateOutcome.NOT_CLOSED
    if request.rating != stars:
        request.rating, request.changed_at = stars, now
        add_line(session, request, Line.RATED, now=now, actor_id=actor.id, detail={"stars": stars})
        await refresh_cards(session, request, now)
    return RateOutcome.RATED


async def _judging_hats(
    session: Session, actor: Person, request: RequestRow, claims: list[ClaimRow]
) -> list[Hat]:
    """List as what somebody may judge; whoever did the work judges only if it was for them."""
    worked = any(claim.person_id == actor.id and claim.state in COUNTED for claim in claims)
    if worked and actor.id != request.beneficiary_id:
        return []
    return await hats_of(session, actor, request)


def _refusal(
    request: RequestRow, claims: list[ClaimRow], hats: list[Hat], *, solved: bool
) -> VerdictOutcome | None:
    said_before = State.CLOSED if solved else State.UNSOLVED
    if request.state == said_before:
        return VerdictOutcome.ALREADY
    move = Move.SAY_SOLVED if solved else Move.SAY_UNSOLVED
    if choose_hat(request, move, hats) is None:
        over = request.state in {State.CLOSED, State.CANCELLED, State.EXPIRED}
        return VerdictOutcome.TOO_LATE if over else VerdictOutcome.NOT_YET
    nobody = request.state == State.OPEN and not any(one.state in COUNTED for one in claims)
    return VerdictOutcome.NOT_YET if nobody else None


async def _close(
    session: Session,
    actor: Person,
    request: RequestRow,
    claims: list[ClaimRow],
    words: str | None,
    now: datetime,
) -> None:
    await stop_claims(session, claims, "solved", now)
    finish_holding(claims, now)
    await release(session, claims, "solved", now)
    end(request, State.CLOSED, now)
    request.solved, request.unconfirmed, request.held = True, False, count_done(claims)
    await stop_request(session, request, "solved", now)
    await watch_contact(session, request, policy_of(session))
    add_line(session, request, Line.SOLVED, now=now, actor_id=actor.id, words=words)
    helpers = [claim.person_id for claim in claims if claim.state == ClaimState.DONE]
    await tell_all(session, request, Notice.THANKS, helpers, now=now, actor_id=actor.id)


async def _reject(
    session: Session,
    actor: Person,
    request: RequestRow,
    claims: list[ClaimRow],
    words: str | None,
    now: datetime,
) -> None:
    for claim in claims:
        if claim.state == ClaimState.DONE:
            claim.state, claim.ended_at = ClaimState.ENDED, now
    end(request, State.UNSOLVED, now)
    request.solved, request.unconfirmed, request.held = False, False, 0
    await stop_request(session, request, "not solved", now)
    add_line(session, request, Line.UNSOLVED, now=now, actor_id=actor.id, words=words)
    owner_id = await owner_now(session, request, now)
    await tell(session, request, Notice.UNSOLVED, owner_id, now=now, actor_id=actor.id)

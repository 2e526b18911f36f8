"""Two holders change tasks: one proposes, the other agrees, and both tasks change hands at once."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.database import Session
from models.help.actions.claims import add_claim, hold
from models.help.actions.notify import refresh_cards, tell, tell_resident
from models.help.actions.rings import offer
from models.help.actions.rows import add_line, claim_of, locked
from models.help.actions.schedule import stop_claims
from models.help.queries.swaps import fits_both, swap_state
from models.help.rules.limits import Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import SwapOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import ClaimState, OfferState, SwapState
from models.help.tables import ClaimRow, RequestRow, SwapRow
from models.people.views import Person
from models.policy.current import policy_of


class Side(NamedTuple):
    """One half of a swap: a claim on a locked request."""

    claim: ClaimRow
    request: RequestRow


class Both(NamedTuple):
    """A proposal with its two halves, both requests locked."""

    swap: SwapRow
    offered: Side
    wanted: Side


async def propose_swap(
    session: Session, actor: Person, request_id: int, wanted_id: int, *, now: datetime
) -> SwapOutcome:
    """Offer one's own task for the claim of another holder, who is asked (ASKED)."""
    wanted = await session.get(ClaimRow, wanted_id)
    if wanted is None:
        return SwapOutcome.MISSING
    requests = await _lock_both(session, request_id, wanted.request_id)
    if requests is None:
        return SwapOutcome.MISSING
    mine = await claim_of(session, requests[0], actor.id)
    if mine is None or mine.state != ClaimState.HELD:
        return SwapOutcome.NOT_HOLDER
    await session.refresh(wanted)
    ours, theirs = Side(mine, requests[0]), Side(wanted, requests[1])
    swap = SwapRow(offered_id=mine.id, wanted_id=wanted.id, state=SwapState.ASKED, asked_at=now)
    if refusal := await _refusal(session, swap, ours, theirs, now):
        return refusal
    session.add(swap)
    await session.flush()
    detail = {"swap": swap.id}
    await tell(session, ours.request, Notice.SWAP, wanted.person_id, now=now, detail=detail)
    return SwapOutcome.ASKED


async def answer_swap(
    session: Session, actor: Person, swap_id: int, *, yes: bool, now: datetime
) -> SwapOutcome:
    """Agree to change tasks (SWAPPED), or not (DECLINED); whoever proposed it is told.

    Both requests are locked, the lower number first, so that of all that may happen to the two
    tasks at once one thing happens after the other. Residents learn who comes now, and what was
    to be asked of the holders is asked of the new ones.
    """
    both = await _both(session, swap_id)
    if both is None:
        return SwapOutcome.MISSING
    if both.wanted.claim.person_id != actor.id:
        return SwapOutcome.NOT_YOURS
    if both.swap.state != SwapState.ASKED:
        return SwapOutcome.ALREADY
    if _over(both.swap, both.offered, both.wanted, now):
        return SwapOutcome.OVER
    if yes and not await fits_both(session, both.offered, both.wanted, now):
        return SwapOutcome.NOT_FIT
    both.swap.state = SwapState.SWAPPED if yes else SwapState.DECLINED
    both.swap.answered_at = now
    if yes:
        await _change(session, both, now, policy_of(session, HelpPolicy))
    detail = {"swap": swap_id}
    proposer = both.offered.claim.person_id
    await tell(session, both.offered.request, Notice.SWAP_ANSWER, proposer, now=now, detail=detail)
    for side in (both.offered, both.wanted):
        await refresh_cards(session, side.request, now)
    return SwapOutcome.SWAPPED if yes else SwapOutcome.DECLINED


async def _change(session: Session, both: Both, now: datetime, policy: HelpPolicy) -> None:
    one, other = both.offered.claim.person_id, both.wanted.claim.person_id
    await stop_claims(session, [both.offered.claim, both.wanted.claim], "swapped", now)
    for side in (both.offered, both.wanted):
        side.claim.state, side.claim.ended_at = ClaimState.SWAPPED, now
    await session.flush()
    await _give(session, both.offered, other, now, policy)
    await _give(session, both.wanted, one, now, policy)


async def _give(
    session: Session, side: Side, person_id: int, now: datetime, policy: HelpPolicy
) -> None:
    """Give the hand that a swapped claim leaves to the other holder."""
    before = side.claim.person_id
    row = await add_claim(session, side.request, person_id, now)
    await offer(session, side.request, person_id, OfferState.CLAIMED, now=now)
    detail = {"person": person_id, "instead_of": before}
    add_line(session, side.request, Line.SWAPPED, now=now, actor_id=before, detail=detail)
    await hold(session, side.request, row, now, policy)
    await tell_resident(session, side.request, Notice.SWAPPED, now=now, detail=detail)


async def _refusal(
    session: Session, swap: SwapRow, ours: Side, theirs: Side, now: datetime
) -> SwapOutcome | None:
    same = ours.claim.person_id == theirs.claim.person_id or ours.request.id == theirs.request.id
    if same or _over(swap, ours, theirs, now):
        return SwapOutcome.OVER
    if await _asked_before(session, ours.claim, theirs.claim):
        return SwapOutcome.ALREADY
    if not await fits_both(session, ours, theirs, now):
        return SwapOutcome.NOT_FIT
    return None


def _over(swap: SwapRow, offered: Side, wanted: Side, now: datetime) -> bool:
    return swap_state(swap, offered, wanted, now) is SwapState.OVER


async def _lock_both(
    session: Session, one_id: int, other_id: int
) -> tuple[RequestRow, RequestRow] | None:
    """Lock two requests, the lower number first; give them in the order asked for."""
    found = {number: await locked(session, number) for number in sorted({one_id, other_id})}
    one, other = found[one_id], found[other_id]
    return (one, other) if one is not None and other is not None else None


async def _both(session: Session, swap_id: int) -> Both | None:
    swap = await session.get(SwapRow, swap_id)
    if swap is None:
        return None
    claims = [await session.get_one(ClaimRow, one) for one in (swap.offered_id, swap.wanted_id)]
    requests = await _lock_both(session, claims[0].request_id, claims[1].request_id)
    if requests is None:
        return None
    for row in (swap, *claims):
        await session.refresh(row)
    return Both(swap, Side(claims[0], requests[0]), Side(claims[1], requests[1]))


async def _asked_before(session: Session, mine: ClaimRow, wanted: ClaimRow) -> bool:
    found = await session.scalar(
        select(SwapRow.id)
        .where(
            SwapRow.offered_id == mine.id,
            SwapRow.wanted_id == wanted.id,
            SwapRow.state.in_([SwapState.ASKED, SwapState.DECLINED]),
        )
        .limit(1)
    )
    return found is not None

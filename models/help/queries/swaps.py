"""Which tasks two holders can change, and a proposal to do so as it stands."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.database import Session
from models.help.queries.fitting import standing
from models.help.queries.request import claims_on, is_party, picture_task, request_names
from models.help.queries.volunteer import not_begun
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import HOLDING, LIVE, OPEN_CLAIM, ClaimState, SwapState
from models.help.rules.visits import clashes
from models.help.tables import ClaimRow, RequestRow, SwapRow
from models.help.views import SwapCard, SwapChoice
from models.people.queries import person_by_id
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.volunteers.rules import State as Standing

MOST_CHOICES = 8
LOOKED_AT = 60
"""Soonest tasks among which those that can be changed are sought."""


async def swap_choices(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> list[SwapChoice]:
    """List tasks of others in the same community for which the actor could give up their own.

    Each of the two could take on the other's; soonest first. Empty for whoever does not hold the
    task, or whose task has begun.
    """
    mine = await _held_by(session, actor.id, request_id)
    request = await session.get(RequestRow, request_id)
    if mine is None or request is None or not not_begun(request, now):
        return []
    found = list[tuple[ClaimRow, RequestRow]]()
    for theirs, other in await _others(session, request, actor, now):
        if await fits_both(session, (mine, request), (theirs, other), now):
            found.append((theirs, other))
        if len(found) == MOST_CHOICES:
            break
    requests = [other for _, other in found]
    names = await request_names(session, requests, [theirs.person_id for theirs, _ in found])
    return [
        SwapChoice(
            theirs.id, picture_task(other, theirs, names, None), names.known(theirs.person_id)
        )
        for theirs, other in found
    ]


async def swap_card(
    session: Session, reader_id: int, swap_id: int, *, now: datetime
) -> SwapCard | None:
    """Return the view of a proposal for one of the two it is between; None for anybody else."""
    swap = await session.get(SwapRow, swap_id)
    if swap is None:
        return None
    offered = await session.get_one(ClaimRow, swap.offered_id)
    wanted = await session.get_one(ClaimRow, swap.wanted_id)
    if reader_id not in {offered.person_id, wanted.person_id}:
        return None
    requests = [await session.get_one(RequestRow, one.request_id) for one in (offered, wanted)]
    names = await request_names(session, requests, [offered.person_id, wanted.person_id])
    return SwapCard(
        id=swap.id,
        state=swap_state(swap, (offered, requests[0]), (wanted, requests[1]), now),
        proposer=names.known(offered.person_id),
        theirs=picture_task(requests[0], offered, names, None),
        yours=picture_task(requests[1], wanted, names, None),
    )


def swap_state(
    swap: SwapRow,
    offered: tuple[ClaimRow, RequestRow],
    wanted: tuple[ClaimRow, RequestRow],
    now: datetime,
) -> SwapState:
    """Return where a proposal stands: whatever became of either claim in between ends it."""
    state = SwapState(swap.state)
    stands = all(
        claim.state == ClaimState.HELD and not_begun(request, now)
        for claim, request in (offered, wanted)
    )
    return SwapState.OVER if state is SwapState.ASKED and not stands else state


async def fits_both(
    session: Session,
    one: tuple[ClaimRow, RequestRow],
    other: tuple[ClaimRow, RequestRow],
    now: datetime,
) -> bool:
    """Return whether each of two holders could take on the other's task."""
    policy = policy_of(session, HelpPolicy)
    return await _could_take(session, one[0], other[1], now, policy) and await _could_take(
        session, other[0], one[1], now, policy
    )


async def _could_take(
    session: Session, held: ClaimRow, request: RequestRow, now: datetime, policy: HelpPolicy
) -> bool:
    """Return whether a holder could take on a task in exchange for the one they hold."""
    person = await person_by_id(session, held.person_id)
    if person is None or await is_party(session, person, request):
        return False
    path = (await session.get_one(PlaceRow, request.place_id)).path
    stands = await standing(session, person.id, path, now=now)
    if stands is None or stands.state is not Standing.ACTIVE or not stands.serves:
        return False
    if await claims_of_person(session, person.id, request.id):
        return False
    return not await _is_busy(session, held, request, now, policy)


async def claims_of_person(session: Session, person_id: int, request_id: int) -> bool:
    """Return whether somebody holds, waits for or has done a task."""
    claims = await claims_on(session, [request_id], OPEN_CLAIM | {ClaimState.DONE})
    return any(claim.person_id == person_id for claim in claims)


async def _is_busy(
    session: Session, given: ClaimRow, request: RequestRow, now: datetime, policy: HelpPolicy
) -> bool:
    """Return whether what somebody else holds besides the given claim clashes with a task."""
    rows = await session.execute(
        select(ClaimRow.state, RequestRow.start_at)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            ClaimRow.person_id == given.person_id,
            ClaimRow.id != given.id,
            ClaimRow.state.in_(list(HOLDING)),
        )
    )
    at = request.start_at or now
    return any(
        clashes(at, start_at, on_way=state == ClaimState.ON_WAY, now=now, policy=policy)
        for state, start_at in rows.all()
    )


async def _held_by(session: Session, person_id: int, request_id: int) -> ClaimRow | None:
    return await session.scalar(
        select(ClaimRow).where(
            ClaimRow.request_id == request_id,
            ClaimRow.person_id == person_id,
            ClaimRow.state == ClaimState.HELD,
        )
    )


async def _others(
    session: Session, request: RequestRow, actor: Person, now: datetime
) -> list[tuple[ClaimRow, RequestRow]]:
    soonest = func.coalesce(RequestRow.start_at, now + timedelta(days=365))
    rows = await session.execute(
        select(ClaimRow, RequestRow)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            RequestRow.community_id == request.community_id,
            RequestRow.id != request.id,
            RequestRow.state.in_(list(LIVE)),
            (RequestRow.start_at.is_(None)) | (RequestRow.start_at > now),
            ClaimRow.state == ClaimState.HELD,
            ClaimRow.person_id != actor.id,
        )
        .order_by(soonest, ClaimRow.id)
        .limit(LOOKED_AT)
    )
    return [(claim, other) for claim, other in rows.all()]

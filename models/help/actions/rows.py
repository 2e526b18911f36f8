"""Getting hold of a request: its locked row, its claims, its owner, who the actor is to it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from models.audit.actions import deny
from models.database import Session
from models.duty.queries import on_duty
from models.duty.rules import weekday_at
from models.help.queries.desk import longest_idle
from models.help.queries.request import is_party
from models.help.rules.limits import Channel, Line
from models.help.rules.states import (
    HOLDING,
    LIVE,
    OPEN_CLAIM,
    ClaimState,
    Hands,
    Move,
    Relation,
    State,
    live_state,
    relation_for,
)
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.people.desk import works_at
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of

SUBJECT = "help"
"""What the audit book calls a request."""


async def locked(session: Session, request_id: int) -> RequestRow | None:
    """Return a request as it is now and hold it until the transaction ends.

    Every move takes this lock before it looks at claims, so moves on one request are serial.
    """
    await session.flush()
    return await session.get(RequestRow, request_id, with_for_update=True, populate_existing=True)


async def locked_all(
    session: Session, request_ids: Collection[int] | Select[int]
) -> dict[int, RequestRow]:
    """Return requests by number, each held as by `locked`, in the order of their numbers."""
    await session.flush()
    theirs = request_ids if isinstance(request_ids, Select) else list(request_ids)
    held = await session.scalars(
        select(RequestRow)
        .where(RequestRow.id.in_(theirs))
        .order_by(RequestRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {request.id: request for request in held}


async def awaited_all(
    session: Session, claim_ids: Collection[int]
) -> dict[int, tuple[RequestRow, ClaimRow]]:
    """Give claims by number, each with its request, held as by `locked`; none once that is over."""
    theirs = select(ClaimRow.request_id).where(ClaimRow.id.in_(list(claim_ids)))
    held = await locked_all(session, theirs)
    live = {number: request for number, request in held.items() if request.state in LIVE}
    claims = await session.scalars(
        select(ClaimRow)
        .where(ClaimRow.id.in_(list(claim_ids)))
        .execution_options(populate_existing=True)
    )
    return {
        claim.id: (live[claim.request_id], claim) for claim in claims if claim.request_id in live
    }


async def path_of(session: Session, request: RequestRow) -> str:
    """Return the path of the place a request is at."""
    return (await session.get_one(PlaceRow, request.place_id)).path


async def claims_of(session: Session, request: RequestRow) -> list[ClaimRow]:
    """List every claim on a locked request, in the order of coming."""
    return list(await session.scalars(_claims().where(ClaimRow.request_id == request.id)))


async def claim_of(session: Session, request: RequestRow, person_id: int) -> ClaimRow | None:
    """Return a person's latest claim on a locked request that is open or done; None if none is."""
    claims = await session.scalars(
        _claims().where(
            ClaimRow.request_id == request.id,
            ClaimRow.person_id == person_id,
            ClaimRow.state.in_([*OPEN_CLAIM, ClaimState.DONE]),
        )
    )
    return next(reversed(claims.all()), None)


def _claims() -> Select[ClaimRow]:
    return select(ClaimRow).order_by(ClaimRow.line).execution_options(populate_existing=True)


async def position(session: Session, claim: ClaimRow) -> int:
    """Return a waiting claim's place in line, from 1."""
    ahead = await session.scalar(
        select(func.count()).where(
            ClaimRow.request_id == claim.request_id,
            ClaimRow.state == ClaimState.WAITING,
            ClaimRow.line < claim.line,
        )
    )
    return (ahead or 0) + 1


async def hands_of(session: Session, request: RequestRow) -> Hands:
    """Count the hands of a locked request from its claims."""
    counted = await session.execute(
        select(ClaimRow.state, func.count())
        .where(ClaimRow.request_id == request.id)
        .group_by(ClaimRow.state)
    )
    by_state = {ClaimState(state): count for state, count in counted.all()}
    done = by_state.get(ClaimState.DONE, 0)
    return Hands(
        needed=request.hands,
        held=done + sum(by_state.get(state, 0) for state in HOLDING),
        on_way=by_state.get(ClaimState.ON_WAY, 0),
        done=done,
    )


async def settle(session: Session, request: RequestRow, now: datetime) -> Hands:
    """Bring count and live state of a locked request in line with its claims."""
    hands = await hands_of(session, request)
    request.held, request.state, request.changed_at = hands.held, live_state(hands), now
    return hands


def end(request: RequestRow, state: State, now: datetime) -> None:
    """Put a locked request into a state that does not follow from claims."""
    request.state, request.changed_at = state, now
    if state in {State.CLOSED, State.CANCELLED, State.EXPIRED}:
        request.closed_at = now


def add_line(
    session: Session,
    request: RequestRow,
    what: Line,
    *,
    now: datetime,
    actor_id: int | None,
    detail: dict[str, Any] | None = None,
    words: str | None = None,
    internal: bool = False,
) -> LineRow:
    """Write a line of the timeline."""
    line = LineRow(
        request_id=request.id,
        at=now,
        actor_id=actor_id,
        what=what,
        detail=detail,
        words=words,
        internal=internal,
    )
    session.add(line)
    return line


async def relations_of(session: Session, actor: Person, request: RequestRow) -> list[Relation]:
    """List as what somebody can act on a request apart from claims: resident first, then desk."""
    desk = actor.may(Right.WORK_DESK, await path_of(session, request))
    theirs = ((Relation.RESIDENT, await is_party(session, actor, request)), (Relation.DESK, desk))
    return [relation for relation, holds in theirs if holds]


async def is_desk(session: Session, actor: Person, request: RequestRow) -> bool:
    """Return whether somebody works at the desk of a request's place."""
    return actor.may(Right.WORK_DESK, await path_of(session, request))


async def refuse(
    session: Session, actor: Person, request: RequestRow | None, what: str, now: datetime
) -> None:
    """Write into the audit book that somebody tried what they may not do."""
    request_id = request.id if request else None
    await deny(session, actor.id, SUBJECT, now=now, subject_id=request_id, detail={"tried": what})


def choose_relation(request: RequestRow, move: Move, relations: list[Relation]) -> Relation | None:
    """Choose as what the actor makes a move; None where no relation allows it.

    What staff found moves with its order alone.
    """
    if request.channel == Channel.INSPECTION:
        return None
    return relation_for(State(request.state), move, relations)


async def choose_owner(
    session: Session, path: str, *, rather_not: set[int], now: datetime
) -> int | None:
    """Choose who answers for a request at a place: who is on duty that day, else longest idle.

    The roster of the nearest place counts first, by the weekday on the clocks of the house. Staff
    come before the secretary, then an admin; None where nobody is granted anything. Those in
    `rather_not` (who need the help themselves) are taken only if there is nobody else.
    """
    weekday = weekday_at(now, policy_of(session).zone)
    people = list((await session.scalars(longest_idle(path))).all())
    rostered = [one for one in await on_duty(session, path, weekday) if one in people]
    ordered = [*rostered, *people]
    return next((one for one in ordered if one not in rather_not), next(iter(ordered), None))


async def owner_now(session: Session, request: RequestRow, now: datetime) -> int | None:
    """Return the owner of a locked request, naming another where the last no longer works there."""
    path = await path_of(session, request)
    if request.owner_id is not None and await works_at(session, request.owner_id, path):
        return request.owner_id
    parties = {request.requester_id, request.beneficiary_id}
    chosen = await choose_owner(session, path, rather_not=parties, now=now)
    if chosen is not None and chosen != request.owner_id:
        request.owner_id, request.owned_at = chosen, now
        add_line(session, request, Line.OWNER, now=now, actor_id=None, detail={"person": chosen})
    return chosen

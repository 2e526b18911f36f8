"""What becomes of tasks and requests of somebody who leaves."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from models.database import Session
from models.help.actions.claims import give_back
from models.help.actions.filing import call_off
from models.help.actions.notify import refresh_cards, refresh_contact
from models.help.actions.rows import claim_of, end, locked
from models.help.actions.schedule import stop_request
from models.help.rules.limits import Channel
from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import HOLDING, LIVE, OPEN_CLAIM, UNENDED, ClaimState, State
from models.help.tables import ClaimRow, LineRow, MediaRow, RequestRow, SearchRow
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.policy.current import policy_of


async def release_person(
    session: Session, person_id: int, *, now: datetime, requests_too: bool
) -> int:
    """Hand back all that a person holds or waits for; with `requests_too` call off their requests.

    Give how many tasks and requests were let go. For leaving as a volunteer, and for good.
    """
    policy = policy_of(session, HelpPolicy)
    let_go = 0
    for request_id in await _claimed(session, person_id):
        let_go += await _give_up(session, request_id, person_id, now, policy)
    if requests_too:
        for request_id in await _needed(session, person_id):
            let_go += await _withdraw(session, request_id, person_id, now)
    return let_go


async def hand_all_back(session: Session, person_id: int, now: datetime) -> None:
    """Hand back all that somebody holds or waits for who is a volunteer no longer."""
    await release_person(session, person_id, now=now, requests_too=False)


async def duties(session: Session, person_id: int) -> int:
    """Count tasks a person holds and unended requests they answer for."""
    holding = await session.scalar(
        select(func.count()).where(
            ClaimRow.person_id == person_id, ClaimRow.state.in_(list(HOLDING))
        )
    )
    owned = await session.scalar(
        select(func.count()).where(
            RequestRow.owner_id == person_id, RequestRow.state.in_(list(UNENDED))
        )
    )
    return (holding or 0) + (owned or 0)


async def let_go(session: Session, person_id: int, now: datetime) -> None:
    """End what somebody who leaves for good has here, and erase what they wrote and sent."""
    await release_person(session, person_id, now=now, requests_too=True)
    await session.flush()
    theirs = select(RequestRow.id).where(_needs(person_id))
    await session.execute(delete(MediaRow).where(MediaRow.request_id.in_(theirs)))
    await session.execute(delete(MediaRow).where(MediaRow.sent_by == person_id))
    await session.execute(
        update(RequestRow)
        .where(_needs(person_id))
        .values(text="", when_text=None, close_reason=None)
    )
    await session.execute(
        update(LineRow)
        .where((LineRow.actor_id == person_id) | LineRow.request_id.in_(theirs))
        .values(words=None)
    )
    await session.execute(delete(SearchRow).where(SearchRow.person_id == person_id))
    await refresh_contact(session, (await session.scalars(theirs)).all(), now)


async def _going_on(session: Session, path: str) -> int:
    return await count_below(
        session, RequestRow.place_id, path, RequestRow.state.in_(list(UNENDED))
    )


LEAVE_HOOKS = LeaveHooks(let_go, duties)
PLACE_HOOKS = PlaceHooks(_going_on)


async def _claimed(session: Session, person_id: int) -> list[int]:
    found = await session.scalars(
        select(ClaimRow.request_id)
        .where(ClaimRow.person_id == person_id, ClaimRow.state.in_(list(OPEN_CLAIM)))
        .order_by(ClaimRow.request_id)
    )
    return list(found)


def _needs(person_id: int) -> ColumnElement[bool]:
    """Say of a request that it is theirs; what staff found is the desk's and stays."""
    return (RequestRow.beneficiary_id == person_id) & (RequestRow.channel != Channel.INSPECTION)


async def _needed(session: Session, person_id: int) -> list[int]:
    found = await session.scalars(
        select(RequestRow.id)
        .where(_needs(person_id), RequestRow.state.in_(list(UNENDED)))
        .order_by(RequestRow.id)
    )
    return list(found)


async def _give_up(
    session: Session, request_id: int, person_id: int, now: datetime, policy: HelpPolicy
) -> bool:
    request = await locked(session, request_id)
    claim = await claim_of(session, request, person_id) if request else None
    if request is None or claim is None or claim.state == ClaimState.DONE:
        return False
    await give_back(session, request, claim, HandBackReason.LEFT, now=now, policy=policy)
    return True


async def _withdraw(session: Session, request_id: int, person_id: int, now: datetime) -> bool:
    """Call a request off; one that is done closes without the resident's word."""
    request = await locked(session, request_id)
    if request is None or request.state not in UNENDED:
        return False
    if request.state in LIVE or request.state == State.UNSOLVED:
        await call_off(session, request, now=now, actor_id=person_id, reason=None)
        return True
    end(request, State.CLOSED, now)
    request.unconfirmed = True
    await stop_request(session, request, "the resident has left", now)
    await refresh_cards(session, request, now)
    return True

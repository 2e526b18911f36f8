"""Somebody is out of reach: whoever counts on them hears of it at once."""

from datetime import datetime

from sqlalchemy import or_, select

from models.database import Session
from models.help.actions.notify import lane_of, refresh_parties
from models.help.actions.owner import owner_now
from models.help.actions.rows import claim_of, claims_of, locked
from models.help.actions.visits import let_go_of
from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import HOLDING, LIVE, ClaimState
from models.help.tables import ClaimRow, RequestRow
from models.outbox.crowd import Push, notify_each
from models.people.reach import reach_of
from models.policy.current import policy_of
from models.reminders.views import Due


async def out_of_touch(session: Session, due: Due, now: datetime) -> None:
    """Notify owner and resident of a helper who is out of reach, and helpers of a resident."""
    person_id = due.subject_id
    if (await reach_of(session, [person_id]))[person_id].arrives:
        return
    held = select(ClaimRow.request_id).where(
        ClaimRow.person_id == person_id, ClaimRow.state.in_(list(HOLDING))
    )
    found = await session.scalars(
        select(RequestRow.id)
        .where(
            RequestRow.state.in_(list(LIVE)),
            or_(RequestRow.id.in_(held), RequestRow.beneficiary_id == person_id),
        )
        .order_by(RequestRow.id)
    )
    for request_id in found.all():
        await _tell(session, request_id, person_id, now)


async def _tell(session: Session, request_id: int, person_id: int, now: datetime) -> None:
    request = await locked(session, request_id)
    if request is None or await _replaced(session, request, person_id, now):
        return
    owner_id = await owner_now(session, request, now)
    people = {owner_id} if owner_id is not None else set()
    if request.beneficiary_id == person_id:
        claims = await claims_of(session, request)
        people |= {claim.person_id for claim in claims if claim.state in HOLDING}
    else:
        people |= {request.beneficiary_id, request.requester_id}
    lane, once = lane_of(request, Notice.OUT_OF_TOUCH), f"{Notice.OUT_OF_TOUCH}:{request.id}"
    pushes = [
        Push(one, request.id, {"person": person_id}, lane, f"{once}:{person_id}:{one}:{now:%Y%m%d}")
        for one in sorted(people - {person_id})
    ]
    await notify_each(session, pushes, kind=Notice.OUT_OF_TOUCH, now=now, once=True)
    await refresh_parties(session, request, now)


async def _replaced(session: Session, request: RequestRow, person_id: int, now: datetime) -> bool:
    """Let go of a helper in an emergency who has not set out: the next is asked at once.

    Whoever has set out may be at the door already; the others are given the time that the clock
    gives them. Resident and owner hear of it as of any other who is lost.
    """
    mine = await claim_of(session, request, person_id)
    waits = mine is not None and mine.state == ClaimState.HELD
    if mine is None or not waits or request.urgency != Urgency.EMERGENCY:
        return False
    await let_go_of(
        session, request, [mine], ClaimState.NO_ANSWER, now, policy_of(session, HelpPolicy)
    )
    return True

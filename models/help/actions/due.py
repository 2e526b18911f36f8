"""What the reminders of help do when they fall due, and what follows when a helper is lost.

Each looks at the state first.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from models.categories import CATALOGUE
from models.database import Session
from models.help.actions.closing import hush, who_rings, whose_owner_rings
from models.help.actions.notify import (
    lane_of,
    refresh_cards,
    refresh_contact,
    refresh_parties,
    refresh_parties_of,
    tell,
    tell_resident,
    tell_residents,
)
from models.help.actions.rows import (
    add_line,
    claim_of,
    claims_of,
    end,
    locked,
    locked_all,
    owner_now,
)
from models.help.actions.schedule import schedule_expiry, stop_request
from models.help.actions.visits import let_go_of
from models.help.rules.closing import contact_visible, is_overtaken
from models.help.rules.limits import Line
from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import HOLDING, LIVE, OPEN_CLAIM, ClaimState, State
from models.help.tables import ClaimRow, RequestRow
from models.outbox.crowd import Push, notify_each
from models.people.reach import reach_of
from models.policy.current import policy_of
from models.reminders.views import Due


async def expire(session: Session, due: Due, now: datetime) -> None:
    """End an open request that nobody took; one that goes on is looked at again later.

    What is the desk's own is never taken by anybody: it stays open, and late for all to see.
    """
    request = await locked(session, due.subject_id)
    if request is None or request.state not in LIVE:
        return
    claims = await claims_of(session, request)
    waited_for = any(claim.state in {*OPEN_CLAIM, ClaimState.DONE} for claim in claims)
    desks_own = not CATALOGUE[request.category].for_volunteers
    if request.state != State.OPEN or waited_for or desks_own:
        await schedule_expiry(session, request, now, policy_of(session, HelpPolicy))
        return
    end(request, State.EXPIRED, now)
    await stop_request(session, request, "expired", now)
    add_line(session, request, Line.EXPIRED, now=now, actor_id=None)
    await tell_resident(session, request, Notice.EXPIRED, now=now)
    owner_id = await owner_now(session, request, now)
    await tell(session, request, Notice.EXPIRED, owner_id, now=now)
    await refresh_cards(session, request, now)


async def contact_ends(session: Session, due: Due, now: datetime) -> None:
    """Take door and phone off the phones of those who helped: the set time after closing is up."""
    await contact_ends_all(session, [due], now)


async def contact_ends_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Take doors and phones of many requests off, in as many statements as for one."""
    found, policy = (
        await locked_all(session, [due.subject_id for due in fired]),
        policy_of(session, HelpPolicy),
    )
    over = [one.id for one in found.values() if not contact_visible(one.closed_at, now, policy)]
    if over:
        await refresh_contact(session, over, now)


async def after_done(session: Session, due: Due, now: datetime) -> None:
    """Ask a silent resident again whether it is solved."""
    await after_done_all(session, [due], now)


async def after_done_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Ask many silent residents again, in as many statements as for one."""
    found, policy = await _silent(session, fired), policy_of(session, HelpPolicy)
    told = list[tuple[RequestRow, dict[str, Any]]]()
    for due in fired:
        request = found.get(due.subject_id)
        if request is None:
            continue
        if request.done_at and is_overtaken(request.done_at, due.due_at, now, policy):
            continue
        told.append((request, {"late": due.late}))
    await tell_residents(session, told, Notice.AFTER_DONE, now=now)


async def unconfirmed(session: Session, due: Due, now: datetime) -> None:
    """Put a request whose resident stayed silent on the call-back list, and tell the owner."""
    await unconfirmed_all(session, [due], now)


async def unconfirmed_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Put many requests on the call-back list, in about as many statements as one."""
    found, pushes = await _silent(session, fired), list[Push]()
    owners = await whose_owner_rings(session, found.values())
    for due in fired:
        request = found.get(due.subject_id)
        if request is None or request.unconfirmed:
            continue
        request.unconfirmed, request.changed_at = True, now
        hush(request)
        add_line(session, request, Line.UNCONFIRMED, now=now, actor_id=None)
        detail, lane = {"late": due.late}, lane_of(request, Notice.UNCONFIRMED)
        theirs = request.owner_id if request.id in owners else None
        ringing = [theirs] if theirs is not None else await who_rings(session, request, now)
        pushes += [Push(one, request.id, detail, lane) for one in ringing]
    await notify_each(session, pushes, kind=Notice.UNCONFIRMED, now=now)
    if found:
        await refresh_parties_of(session, found, now)


async def _silent(session: Session, fired: Sequence[Due]) -> dict[int, RequestRow]:
    """Return the requests that reminders are about and of which the resident's word is awaited."""
    held = await locked_all(session, [due.subject_id for due in fired])
    return {
        number: request
        for number, request in held.items()
        if request.state == State.DONE and not request.unconfirmed
    }


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

"""What the reminders of help do when they fall due. Each looks at the state first."""

from datetime import datetime

from models.database import Session
from models.help.actions.owner import owner_now
from models.help.actions.push import ask_ring
from models.help.actions.rows import add_line, claims_of, end, hands_of, locked
from models.help.actions.tell import refresh_cards, refresh_contact, tell, tell_resident
from models.help.actions.timing import stop_request, watch_expiry
from models.help.policy import policy_of
from models.help.rules import (
    LIVE,
    OPEN_CLAIM,
    ClaimState,
    Line,
    Notice,
    State,
    contact_visible,
    is_overtaken,
)
from models.help.tables import ClaimRow
from models.reminders.views import Due


async def unclaimed(session: Session, due: Due, now: datetime) -> None:
    """Hands are still missing: ask the next ring, tell the owner, look again later."""
    request = await locked(session, due.subject_id)
    if request is None or request.state not in LIVE:
        return
    missing = (await hands_of(session, request)).missing
    if not missing:
        return
    asked = await ask_ring(session, request, now, policy_of(session))
    detail = {"missing": missing, "asked": asked, "late": due.late}
    add_line(
        session,
        request,
        Line.UNCLAIMED,
        now=now,
        actor_id=None,
        detail={"missing": missing},
        internal=True,
    )
    owner_id = await owner_now(session, request, now)
    await tell(session, request, Notice.UNCLAIMED, owner_id, now=now, detail=detail)
    await refresh_cards(session, request, now)


async def before_start(session: Session, due: Due, now: datetime) -> None:
    """Ask a holder who has not set out: 'still coming?'."""
    claim = await session.get(ClaimRow, due.subject_id)
    request = await locked(session, claim.request_id) if claim else None
    if claim is None or request is None or request.state not in LIVE:
        return
    await session.refresh(claim)
    if claim.state == ClaimState.HELD:
        detail = {"late": due.late}
        await tell(session, request, Notice.BEFORE_START, claim.person_id, now=now, detail=detail)


async def after_done(session: Session, due: Due, now: datetime) -> None:
    """Ask a silent resident again whether it is solved."""
    request = await locked(session, due.subject_id)
    if request is None or request.state != State.DONE or request.unconfirmed:
        return
    if request.done_at and is_overtaken(request.done_at, due.due_at, now, policy_of(session)):
        return
    detail = {"late": due.late}
    await tell_resident(session, request, Notice.AFTER_DONE, now=now, detail=detail)


async def unconfirmed(session: Session, due: Due, now: datetime) -> None:
    """Mark a request whose resident stayed silent, and tell the owner to ring."""
    request = await locked(session, due.subject_id)
    if request is None or request.state != State.DONE or request.unconfirmed:
        return
    request.unconfirmed, request.changed_at = True, now
    add_line(session, request, Line.UNCONFIRMED, now=now, actor_id=None)
    owner_id = await owner_now(session, request, now)
    await tell(session, request, Notice.UNCONFIRMED, owner_id, now=now, detail={"late": due.late})
    await refresh_cards(session, request, now)


async def expire(session: Session, due: Due, now: datetime) -> None:
    """End an open request that nobody took; one that goes on is looked at again later."""
    request = await locked(session, due.subject_id)
    if request is None or request.state not in LIVE:
        return
    claims = await claims_of(session, request)
    waited_for = any(claim.state in {*OPEN_CLAIM, ClaimState.DONE} for claim in claims)
    if request.state != State.OPEN or waited_for:
        await watch_expiry(session, request, now, policy_of(session))
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
    request = await locked(session, due.subject_id)
    if request is not None and not contact_visible(request.closed_at, now, policy_of(session)):
        await refresh_contact(session, [request.id], now)

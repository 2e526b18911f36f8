"""What the reminders of help do when they fall due. Each looks at the state first."""

from collections.abc import Sequence
from datetime import datetime

from models.categories import CATALOGUE
from models.database import Session
from models.help.actions.owner import owner_now
from models.help.actions.rows import add_line, claims_of, end, locked, locked_all
from models.help.actions.tell import refresh_cards, refresh_contact, tell, tell_resident
from models.help.actions.timing import stop_request, watch_expiry
from models.help.rules.kinds import Notice
from models.help.rules.policy import HelpPolicy, contact_visible
from models.help.rules.states import LIVE, OPEN_CLAIM, ClaimState, State
from models.help.rules.words import Line
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
        await watch_expiry(session, request, now, policy_of(session, HelpPolicy))
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

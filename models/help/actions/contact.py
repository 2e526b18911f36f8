"""Door and phone: shown with every look written down, hidden again."""

from datetime import datetime

from models.database import Session
from models.help.actions.rows import SUBJECT, add_line, claim_of, locked, path_of, refuse
from models.help.queries.resident import contact_of
from models.help.rules.closing import contact_visible
from models.help.rules.limits import Channel, Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import ContactOutcome, Refusal
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import ClaimState
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.help.views import DoorAndPhone
from models.outbox.actions import add_detail, notify
from models.outbox.rules import Lane
from models.people.actions.personal import look
from models.people.rules import Field, Right
from models.people.tables import PersonRow
from models.people.views import Because, Denied, Person
from models.policy.current import policy_of


async def show_contact(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> ContactOutcome | Refusal:
    """Send the holder a card with door and phone, while the task lasts and a set time after.

    The look is written to the audit book and to the timeline that the resident reads. The card
    keeps no words of its own: it is rendered anew with every move, and hides them once the holder
    has no right to them any more.
    """
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, request_id)
    if request is None:
        return Refusal.MISSING
    mine = await _claim_that_shows(session, actor, request, now, policy)
    if isinstance(mine, Refusal):
        return await _refused(session, actor, request, mine, now)
    _, line = await _look(session, actor, request, now)
    await session.flush()
    await notify(
        session,
        recipient_id=actor.id,
        kind=Notice.CONTACT,
        subject_id=request.id,
        now=now,
        lane=Lane.ANSWER,
        detail={"look": line.id, "claim": mine.id},
        dedupe=card_of(line.id),
    )
    return ContactOutcome.SHOWN


async def hide_contact(
    session: Session, actor: Person, request_id: int, look_id: int
) -> ContactOutcome | Refusal:
    """Hide door and phone for good on the card of one's own look; a new look has a new card."""
    request = await locked(session, request_id)
    found = request is not None and await add_detail(
        session, recipient_id=actor.id, dedupe=card_of(look_id), detail={"hidden": True}
    )
    return ContactOutcome.HIDDEN if found else Refusal.MISSING


async def see_contact(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> DoorAndPhone | Refusal:
    """Return door and phone to staff who may see them, or to the holder as `show_contact` does.

    Every look is written to the audit book and to the timeline that the resident reads.
    """
    policy = policy_of(session, HelpPolicy)
    request = await locked(session, request_id)
    if request is None or request.channel == Channel.INSPECTION:
        return Refusal.MISSING  # of what staff found nobody's door is to be knocked at
    if not actor.may(Right.SEE_PERSONAL, await path_of(session, request)):
        mine = await _claim_that_shows(session, actor, request, now, policy)
        if isinstance(mine, Refusal):
            return await _refused(session, actor, request, mine, now)
    contact, _ = await _look(session, actor, request, now)
    return contact


def card_of(look_id: int) -> str:
    """Name the one card of a look."""
    return f"{Notice.CONTACT}:{look_id}"


async def _claim_that_shows(
    session: Session, actor: Person, request: RequestRow, now: datetime, policy: HelpPolicy
) -> ClaimRow | Refusal:
    mine = await claim_of(session, request, actor.id)
    if mine is None or mine.state == ClaimState.WAITING:
        return Refusal.NOT_ALLOWED
    return mine if contact_visible(request.closed_at, now, policy) else Refusal.EXPIRED


async def _refused(
    session: Session, actor: Person, request: RequestRow, refusal: Refusal, now: datetime
) -> Refusal:
    if refusal is Refusal.NOT_ALLOWED:
        await refuse(session, actor, request, "contact", now)
    return refusal


async def _look(
    session: Session, actor: Person, request: RequestRow, now: datetime
) -> tuple[DoorAndPhone, LineRow]:
    because = Because(SUBJECT, request.id)

    async def opened(person_id: int, fields: list[Field]) -> dict[Field, str]:
        shown = await look(session, actor, person_id, fields, now=now, because=because)
        return {} if isinstance(shown, Denied) else shown

    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    contact = await contact_of(session, beneficiary, opened)
    return contact, add_line(session, request, Line.LOOKED, now=now, actor_id=actor.id)

"""What the holder of a task does: set out, look at door and phone, report done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.help.actions.ending import count_done, finish, release
from models.help.actions.intake import add_media
from models.help.actions.rows import (
    SUBJECT,
    add_line,
    claim_of,
    claims_of,
    end,
    hands_of,
    locked,
    path_of,
    refuse,
    settle,
)
from models.help.actions.tell import refresh_cards, tell_resident
from models.help.actions.timing import stop_claims, stop_request, watch_verdict
from models.help.rules import (
    HOLDING,
    LIVE,
    POLICY,
    ClaimState,
    DoneOutcome,
    Line,
    Notice,
    Policy,
    Refusal,
    State,
    WorkOutcome,
    contact_visible,
    is_finished,
)
from models.help.tables import MediaRow, RequestRow
from models.help.views import Contact, Media, Who
from models.people.actions import look
from models.people.rules import Field, Right
from models.people.tables import PersonRow
from models.people.views import Because, Denied, Person


async def on_my_way(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> WorkOutcome:
    """Tell the resident that the holder has set out."""
    request = await locked(session, request_id)
    if request is None:
        return WorkOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    if mine is not None and mine.state in {ClaimState.ON_WAY, ClaimState.DONE}:
        return WorkOutcome.ALREADY
    if mine is None or mine.state not in HOLDING or request.state not in LIVE:
        return WorkOutcome.NOT_HOLDER
    mine.state, mine.on_way_at = ClaimState.ON_WAY, now
    await stop_claims(session, [mine], "on the way", now)
    add_line(session, request, Line.ON_WAY, now=now, actor_id=actor.id)
    await settle(session, request, now)
    await tell_resident(session, request, Notice.ON_WAY, now=now, detail={"person": actor.id})
    await refresh_cards(session, request, now)
    return WorkOutcome.ON_WAY


async def report_done(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    all_finished: bool = False,
    media: Sequence[Media] = (),
    minutes: int | None = None,
    policy: Policy = POLICY,
) -> DoneOutcome:
    """Report one's own part done, with photos if wanted and minutes given if known.

    The request is done (ALL_DONE) when every hand was found and has reported, or when the reporter
    says that nothing is left (`all_finished`); the resident is asked then.
    """
    request = await locked(session, request_id)
    if request is None:
        return DoneOutcome.MISSING
    mine = await claim_of(session, request, actor.id)
    if mine is None or mine.state == ClaimState.WAITING:
        return DoneOutcome.NOT_HOLDER
    if request.state not in LIVE or (mine.state == ClaimState.DONE and not all_finished):
        return DoneOutcome.ALREADY
    if mine.state in HOLDING:
        await stop_claims(session, [mine], "done", now)
        finish(mine, now, minutes)
    await _show(session, request, media, actor.id)
    finished = is_finished(await hands_of(session, request), all_finished=all_finished)
    if finished:
        await _finish_request(session, request, actor.id, now, policy)
    else:
        add_line(session, request, Line.PART_DONE, now=now, actor_id=actor.id)
        await settle(session, request, now)
    await refresh_cards(session, request, now)
    return DoneOutcome.ALL_DONE if finished else DoneOutcome.PART_DONE


async def see_contact(
    session: Session, actor: Person, request_id: int, *, now: datetime, policy: Policy = POLICY
) -> Contact | Refusal:
    """Show door and phone to the holder, while it lasts and 48 hours after closing; or to staff.

    Every look is written to the audit book and to the timeline that the resident reads.
    """
    request = await locked(session, request_id)
    if request is None:
        return Refusal.MISSING
    refusal = await _may_not_see(session, actor, request, now, policy)
    if refusal is None:
        return await _contact(session, actor, request, now)
    if refusal is Refusal.NOT_ALLOWED:
        await refuse(session, actor, request, "contact", now)
    return refusal


async def _may_not_see(
    session: Session, actor: Person, request: RequestRow, now: datetime, policy: Policy
) -> Refusal | None:
    if actor.may(Right.SEE_PERSONAL, await path_of(session, request)):
        return None
    mine = await claim_of(session, request, actor.id)
    if mine is None or mine.state == ClaimState.WAITING:
        return Refusal.NOT_ALLOWED
    return None if contact_visible(request.closed_at, now, policy) else Refusal.EXPIRED


async def _contact(session: Session, actor: Person, request: RequestRow, now: datetime) -> Contact:
    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    shown = await _look(session, actor, beneficiary.id, list(Field), request, now)
    proxy = await session.get(PersonRow, beneficiary.proxy_id) if beneficiary.proxy_id else None
    phone = shown.get(Field.PHONE)
    if phone is None and proxy is not None:
        through = await _look(session, actor, proxy.id, [Field.PHONE], request, now)
        phone = through.get(Field.PHONE)
    add_line(session, request, Line.LOOKED, now=now, actor_id=actor.id)
    return Contact(
        beneficiary=Who(beneficiary.id, beneficiary.name),
        phone=phone,
        door=shown.get(Field.DOOR),
        note=shown.get(Field.NOTE),
        through=Who(proxy.id, proxy.name) if proxy else None,
    )


async def _look(
    session: Session,
    actor: Person,
    person_id: int,
    fields: list[Field],
    request: RequestRow,
    now: datetime,
) -> dict[Field, str]:
    because = Because(SUBJECT, request.id)
    shown = await look(session, actor, person_id, fields, now=now, because=because)
    return {} if isinstance(shown, Denied) else shown


async def _show(
    session: Session, request: RequestRow, media: Sequence[Media], sent_by: int
) -> None:
    there = await session.scalar(select(func.count()).where(MediaRow.request_id == request.id))
    add_media(session, request, tuple(media), sent_by, evidence=True, after=there or 0)


async def _finish_request(
    session: Session, request: RequestRow, actor_id: int, now: datetime, policy: Policy
) -> None:
    """Put a locked request to done: who was on the way has done it, the others are let go."""
    claims = await claims_of(session, request)
    for claim in claims:
        if claim.state == ClaimState.ON_WAY:
            finish(claim, now)
    await release(session, claims, "done", now)
    request.held = count_done(claims)
    request.done_at, request.unconfirmed = now, False
    end(request, State.DONE, now)
    await stop_request(session, request, "done", now)
    await watch_verdict(session, request, now, policy)
    add_line(session, request, Line.DONE, now=now, actor_id=actor_id)
    await tell_resident(session, request, Notice.DONE, now=now, detail={"person": actor_id})

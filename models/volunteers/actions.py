"""Signing up, approval, changing one's offer, pausing and leaving."""

from datetime import datetime

from sqlalchemy import delete, func, select

from models.audit.actions import deny
from models.database import Session, insert_once
from models.outbox.actions import notify
from models.outbox.crowd import Push, notify_each
from models.outbox.refreshing import refresh
from models.people.hanging import PlaceHooks, count_below
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.tables import PlaceRow
from models.text import clean_line
from models.volunteers import hooks
from models.volunteers.rules import (
    REASON_LENGTH,
    ChangeOutcome,
    DecisionOutcome,
    Notice,
    Offered,
    SignUpOutcome,
    State,
    may_become,
)
from models.volunteers.tables import ServedPlaceRow, SkillRow, VolunteerRow

SUBJECT = "volunteers"
APPROVERS_TOLD = 3
"""Staff told of an application: the least loaded, so that not everybody looks into it."""


async def sign_up(
    session: Session, actor: Person, offered: Offered, *, now: datetime, at_once: bool = False
) -> SignUpOutcome:
    """Offer to help: staff are asked to approve, or `at_once` makes it stand without them.

    Whoever may approve at their own place stands at once. After a refusal or leaving one may
    sign up anew.
    """
    if not actor.registered:
        await deny(session, actor.id, SUBJECT, now=now, detail={"tried": "sign up"})
        return SignUpOutcome.NOT_ALLOWED
    if not await _sound(session, offered):
        return SignUpOutcome.BAD_CHOICE
    own = actor.place_path is not None and actor.may(Right.APPROVE_VOLUNTEERS, actor.place_path)
    state = State.ACTIVE if at_once or own else State.APPLIED
    fresh = await insert_once(session, VolunteerRow, _values(actor.id, offered, state, now))
    row = await _locked(session, actor.id)
    if row is None or not (fresh or may_become(State(row.state), state)):
        return SignUpOutcome.ALREADY
    row.state, row.applied_at, row.changed_at = state, now, now
    row.reason = row.decided_by = row.decided_at = None
    await _write(session, row, offered)
    if state is State.ACTIVE:
        return SignUpOutcome.ACTIVE
    await _ask_approvers(session, actor, offered, now)
    return SignUpOutcome.APPLIED


async def approve(
    session: Session, actor: Person, person_id: int, *, now: datetime
) -> DecisionOutcome:
    """Approve an application; the right counts at the applicant's home or at a served place."""
    return await _decide(session, actor, person_id, State.ACTIVE, None, now)


async def refuse(
    session: Session, actor: Person, person_id: int, *, now: datetime, reason: str | None = None
) -> DecisionOutcome:
    """Refuse an application, with a reason the applicant reads."""
    words = clean_line(reason or "", REASON_LENGTH) or None
    return await _decide(session, actor, person_id, State.REFUSED, words, now)


async def may_decide(session: Session, actor: Person, person_id: int) -> bool:
    """Return whether somebody approves volunteers at a person's home or at a place they serve."""
    served = select(ServedPlaceRow.place_id).where(ServedPlaceRow.person_id == person_id)
    home = select(PersonRow.place_id).where(PersonRow.id == person_id)
    paths = await session.scalars(
        select(PlaceRow.path).where(PlaceRow.id.in_(served) | PlaceRow.id.in_(home))
    )
    return any(actor.may(Right.APPROVE_VOLUNTEERS, path) for path in paths)


async def change_offer(
    session: Session, actor: Person, offered: Offered, *, now: datetime
) -> ChangeOutcome:
    """Change skills, places, hours or cap; tasks already held stay."""
    row = await _locked(session, actor.id)
    if row is None or row.state not in {State.APPLIED, State.ACTIVE, State.PAUSED}:
        return ChangeOutcome.NOT_VOLUNTEER
    if not await _sound(session, offered):
        return ChangeOutcome.BAD_CHOICE
    row.changed_at = now
    await _write(session, row, offered)
    return ChangeOutcome.CHANGED


async def pause(session: Session, actor: Person, *, now: datetime) -> ChangeOutcome:
    """Ask not to be asked for a while; tasks already held stay."""
    return await _move(session, actor.id, State.PAUSED, frozenset({State.ACTIVE}), now)


async def resume(session: Session, actor: Person, *, now: datetime) -> ChangeOutcome:
    """End a pause."""
    return await _move(session, actor.id, State.ACTIVE, frozenset({State.PAUSED}), now)


async def leave(session: Session, actor: Person, *, now: datetime) -> ChangeOutcome:
    """Stop being a volunteer: what was held is handed back, and the next in line promoted."""
    standing = frozenset({State.APPLIED, State.ACTIVE, State.PAUSED})
    outcome = await _move(session, actor.id, State.LEFT, standing, now)
    if outcome is ChangeOutcome.CHANGED:
        await hooks.stopped(session, actor.id, now)
        await refresh(session, kinds=[Notice.APPLIED], subject_ids=[actor.id], now=now)
    return outcome


async def _let_go(session: Session, person_id: int, now: datetime) -> None:
    """Forget the offer of somebody who leaves for good."""
    row = await _locked(session, person_id)
    if row is None:
        return
    row.state, row.changed_at, row.reason = State.LEFT, now, None
    await _clear(session, person_id)


async def _serving(session: Session, path: str) -> int:
    return await count_below(session, ServedPlaceRow.place_id, path)


async def _serve_no_more(session: Session, _actor: Person, place_id: int, _now: datetime) -> None:
    await session.execute(delete(ServedPlaceRow).where(ServedPlaceRow.place_id == place_id))


LEAVE_HOOKS = LeaveHooks(_let_go)
PLACE_HOOKS = PlaceHooks(_serving, end=_serve_no_more)


def _values(person_id: int, offered: Offered, state: State, now: datetime) -> dict[str, object]:
    return {
        "person_id": person_id,
        "state": state,
        "hours": offered.hours,
        "load_cap": offered.load_cap,
        "applied_at": now,
        "changed_at": now,
    }


async def _locked(session: Session, person_id: int) -> VolunteerRow | None:
    await session.flush()
    return await session.get(VolunteerRow, person_id, with_for_update=True, populate_existing=True)


async def _sound(session: Session, offered: Offered) -> bool:
    if not offered.sound():
        return False
    known = await session.scalar(
        select(func.count()).select_from(PlaceRow).where(PlaceRow.id.in_(offered.places))
    )
    return known == len(offered.places)


async def _write(session: Session, row: VolunteerRow, offered: Offered) -> None:
    row.hours, row.load_cap = offered.hours, offered.load_cap
    await _clear(session, row.person_id)
    for skill in sorted(offered.skills):
        session.add(SkillRow(person_id=row.person_id, skill=skill))
    for place_id in sorted(offered.places):
        session.add(ServedPlaceRow(person_id=row.person_id, place_id=place_id))
    await session.flush()


async def _clear(session: Session, person_id: int) -> None:
    await session.execute(delete(SkillRow).where(SkillRow.person_id == person_id))
    await session.execute(delete(ServedPlaceRow).where(ServedPlaceRow.person_id == person_id))


async def _move(
    session: Session, person_id: int, then: State, frm: frozenset[State], now: datetime
) -> ChangeOutcome:
    row = await _locked(session, person_id)
    if row is None or row.state not in frm | {then}:
        return ChangeOutcome.NOT_VOLUNTEER
    if row.state == then:
        return ChangeOutcome.ALREADY
    row.state, row.changed_at = then, now
    await session.flush()
    return ChangeOutcome.CHANGED


async def _decide(
    session: Session,
    actor: Person,
    person_id: int,
    then: State,
    reason: str | None,
    now: datetime,
) -> DecisionOutcome:
    row = await _locked(session, person_id)
    if row is None:
        return DecisionOutcome.MISSING
    if actor.id == person_id or not await may_decide(session, actor, person_id):
        await deny(
            session, actor.id, SUBJECT, now=now, concerning_id=person_id, detail={"tried": then}
        )
        return DecisionOutcome.NOT_ALLOWED
    if row.state != State.APPLIED:
        return DecisionOutcome.ALREADY
    row.state, row.reason, row.changed_at = then, reason, now
    row.decided_by, row.decided_at = actor.id, now
    await session.flush()
    kind = Notice.APPROVED if then is State.ACTIVE else Notice.REFUSED
    await notify(session, recipient_id=person_id, kind=kind, subject_id=person_id, now=now)
    await refresh(session, kinds=[Notice.APPLIED], subject_ids=[person_id], now=now)
    return DecisionOutcome.APPROVED if then is State.ACTIVE else DecisionOutcome.REFUSED


async def _ask_approvers(session: Session, actor: Person, offered: Offered, now: datetime) -> None:
    path = actor.place_path
    if path is None:
        place = await session.get_one(PlaceRow, min(offered.places))
        path = place.path
    others = [one for one in await hooks.approvers(session, path) if one != actor.id]
    once = f"{Notice.APPLIED}:{actor.id}"
    pushes = [
        Push(approver_id, actor.id, dedupe=f"{once}:{approver_id}:{now.isoformat()}")
        for approver_id in others[:APPROVERS_TOLD]
    ]
    await notify_each(session, pushes, kind=Notice.APPLIED, now=now)

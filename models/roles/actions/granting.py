"""Giving roles and taking them back."""

from datetime import datetime

from sqlalchemy import select, update

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session, insert_once, lock_key
from models.outbox.actions import notify
from models.outbox.kinds import NoticeKind, notice
from models.people.queries import find_card, find_grant, granting_paths, grants_within
from models.people.rules import Granting, Right, Role, leaves_uncovered, right_to_grant
from models.people.tables import GrantRow, PersonRow
from models.people.views import Card, Denied, Grant, Person
from models.places.queries import find_place
from models.places.tables import PlaceRow
from models.text import mark

ADMINS_LOCK = 0x4C4C_0001
"""Held while an admin goes, so that two who revoke each other at once do not both succeed."""


class Notice(NoticeKind):
    """Kinds of notice; the subject is the grant."""

    GRANTED = notice(
        "people.granted",
        mark("a role was given"),
        to="the person",
        when="a role was given to them; the subject is the grant",
    )
    REVOKED = notice(
        "people.revoked",
        mark("a role was taken back"),
        to="the person",
        when="a role was taken back; the subject is the grant",
    )


async def grant(
    session: Session, actor: Person, person_id: int, role: Role, place_id: int, *, now: datetime
) -> Granting:
    """Grant a registered person a role at a place the actor covers, and tell them."""
    place = await find_place(session, place_id)
    if place is None or place.ended:
        return Granting.NO_SUCH_PLACE
    if not actor.may(right_to_grant(role), place.path):
        detail = {"role": role, "place": place_id}
        await deny(
            session,
            actor.id,
            "grant",
            now=now,
            concerning_id=await _known(session, person_id),
            detail=detail,
        )
        return Granting.NOT_ALLOWED
    person = await session.get(PersonRow, person_id)
    if person is None or person.consent_version is None or person.left_at is not None:
        return Granting.NO_SUCH_PERSON
    return await appoint(session, person_id, role, place_id, now=now, by=actor)


async def appoint(
    session: Session,
    person_id: int,
    role: Role,
    place_id: int,
    *,
    now: datetime,
    by: Person | None = None,
) -> Granting:
    """Write a grant without asking for a right: the inner half of `grant`, codes and the seed."""
    values = {
        "person_id": person_id,
        "role": role,
        "place_id": place_id,
        "granted_by": by.id if by else None,
        "granted_at": now,
    }
    if not await insert_once(session, GrantRow, values):
        return Granting.ALREADY
    standing = GrantRow.revoked_at.is_(None)
    grant_id = await session.scalar(
        select(GrantRow.id).where(
            GrantRow.person_id == person_id,
            GrantRow.role == role,
            GrantRow.place_id == place_id,
            standing,
        )
    )
    assert grant_id is not None  # noqa: S101 - inserted above
    await _record(session, AuditAct.GRANTED, by, grant_id, person_id, role, place_id, now)
    if by is not None and by.id != person_id:
        await tell_grant(session, Notice.GRANTED, grant_id, person_id, now)
    return Granting.GRANTED


async def revoke(session: Session, actor: Person, grant_id: int, *, now: datetime) -> Granting:
    """Take a role back at a place the actor covers, and tell the person; the last admin stays."""
    found = await find_grant(session, grant_id, revoked=True)
    if found is None:
        return Granting.NO_SUCH_GRANT
    if not actor.may(right_to_grant(found.role), found.path):
        detail = {"revoke": True, "role": found.role, "place": found.place_id}
        await deny(
            session,
            actor.id,
            "grant",
            now=now,
            subject_id=grant_id,
            concerning_id=found.person_id,
            detail=detail,
        )
        return Granting.NOT_ALLOWED
    if found.role is Role.ADMIN and await is_last_admin(session, found):
        return Granting.LAST_ADMIN
    if not await strike(session, found, by=actor, now=now):
        return Granting.ALREADY
    if found.person_id != actor.id:
        await tell_grant(session, Notice.REVOKED, grant_id, found.person_id, now)
    return Granting.REVOKED


async def strike(session: Session, found: Grant, *, by: Person, now: datetime) -> bool:
    """Revoke a grant without asking for a right; False when it no longer stood."""
    struck = await session.scalar(
        update(GrantRow)
        .where(GrantRow.id == found.id, GrantRow.revoked_at.is_(None))
        .values(revoked_at=now, revoked_by=by.id)
        .returning(GrantRow.id)
    )
    if struck is None:
        return False
    await _record(
        session, AuditAct.REVOKED, by, found.id, found.person_id, found.role, found.place_id, now
    )
    return True


async def is_last_admin(session: Session, found: Grant, *, without_person: bool = False) -> bool:
    """Return whether nobody else would answer for what an admin's grant covers; holds the lock.

    With `without_person` their other grants do not count either: they are leaving.
    """
    await lock_key(session, ADMINS_LOCK)
    others = (
        select(PlaceRow.path)
        .join(GrantRow, GrantRow.place_id == PlaceRow.id)
        .where(GrantRow.role == Role.ADMIN, GrantRow.revoked_at.is_(None), GrantRow.id != found.id)
    )
    if without_person:
        others = others.where(GrantRow.person_id != found.person_id)
    return leaves_uncovered(found.path, await session.scalars(others))


async def open_roles(
    session: Session, actor: Person, *, now: datetime, person_id: int | None = None
) -> list[Grant] | Denied:
    """List the roles an actor may look after; opening the list without a right is written down."""
    if not granting_paths(actor):
        await deny(session, actor.id, "grant", now=now, detail={"list": True})
        return Denied(Right.GRANT_STAFF)
    return await grants_within(session, actor, person_id)


async def grantee(session: Session, actor: Person, person_id: int) -> Card | None:
    """Give somebody to be given a role; by their number alone where the actor cannot know them.

    The name is for people who live where the actor grants, or who hold a role there. Others may
    serve here as well, but a button made up must not tell who they are.
    """
    card = await find_card(session, person_id)
    if card is None or await _lives_where_granting(session, actor, card):
        return card
    if await grants_within(session, actor, person_id):
        return card
    return Card(id=card.id, name=f"№ {card.id}", place_id=None)


async def _lives_where_granting(session: Session, actor: Person, card: Card) -> bool:
    home = await find_place(session, card.place_id) if card.place_id is not None else None
    return home is not None and home.path.startswith(granting_paths(actor))


async def _known(session: Session, person_id: int) -> int | None:
    card = await find_card(session, person_id)
    return card.id if card else None


async def tell_grant(
    session: Session, kind: str, grant_id: int, person_id: int, now: datetime
) -> None:
    """Notify somebody that a role was given to them, or has ended."""
    await notify(session, recipient_id=person_id, kind=kind, subject_id=grant_id, now=now)


async def _record(
    session: Session,
    act: AuditAct,
    by: Person | None,
    grant_id: int,
    person_id: int,
    role: Role,
    place_id: int,
    now: datetime,
) -> None:
    await record(
        session,
        act,
        now=now,
        actor_id=by.id if by else None,
        subject="grant",
        subject_id=grant_id,
        concerning_id=person_id,
        detail={"role": role, "place": place_id},
    )

"""Personal fields: sealed when written, opened only with a reason, every look in the book."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import Session, vault_of
from models.people.rules import Field, PersonalSet, Right, bare_phone, read_field
from models.people.tables import PersonalRow, PersonRow
from models.people.views import Because, Denied, Look, Person
from models.places.tables import PlaceRow
from models.vault import SealedCell

LOOKS_SHOWN = 20


async def set_personal(
    session: Session, actor: Person, person_id: int, field: Field, text: str, *, now: datetime
) -> PersonalSet:
    """Seal a field of oneself, of somebody one speaks for, or of a person of one's places.

    An empty text clears the field.
    """
    person = await session.get(PersonRow, person_id)
    if person is None or person.left_at or not await _may_see(session, actor, person):
        known = person_id if person else None
        await deny(session, actor.id, "person", now=now, concerning_id=known)
        return PersonalSet.NOT_ALLOWED
    clean = read_field(field, text)
    if isinstance(clean, PersonalSet):
        return clean
    if actor.id != person_id:
        await _record(session, AuditAct.PERSONAL_SET, actor, person_id, [field], now)
    if not clean:
        await _clear(session, person_id, field)
        return PersonalSet.CLEARED
    await seal(session, person_id, field, clean, now)
    return PersonalSet.SAVED


async def seal(session: Session, person_id: int, field: Field, text: str, now: datetime) -> None:
    """Keep a cleaned text sealed, without asking for a right: the inner half of `set_personal`."""
    sealed = vault_of(session).seal(_where(person_id, field), text)
    digest = phone_digest(session, text) if field is Field.PHONE else None
    row = PersonalRow(
        person_id=person_id, field=field, sealed=sealed, digest=digest, updated_at=now
    )
    await session.merge(row)
    await session.flush()


def phone_digest(session: Session, phone: str) -> str:
    """Return what a phone is looked up by: a keyed digest, so that none is kept in plain."""
    return phone_digests(session, phone)[0]


def phone_digests(session: Session, phone: str) -> list[str]:
    """Return the same under every key that is held, the present one first: for looking up."""
    told, keys = bare_phone(phone).encode(), vault_of(session).all_derived("phone look-up")
    return [hmac.new(key, told, hashlib.sha256).hexdigest() for key in keys]


async def digest_phones(session: Session) -> None:
    """Make the digests of phones that were sealed before there were any, or by older processes."""
    missing = select(PersonalRow).where(
        PersonalRow.field == Field.PHONE, PersonalRow.digest.is_(None)
    )
    vault = vault_of(session)
    for row in await session.scalars(missing):
        where = _where(row.person_id, Field.PHONE)
        row.digest = phone_digest(session, vault.open(where, row.sealed))
    await session.flush()


async def look(
    session: Session,
    actor: Person,
    person_id: int,
    fields: Sequence[Field],
    *,
    now: datetime,
    because: Because | None = None,
) -> dict[Field, str] | Denied:
    """Open personal fields of somebody; what was shown is written into the book.

    Asks for `Right.SEE_PERSONAL` at the person's place, or a `because` from a subject that has
    checked in this transaction that the actor may know (who holds a task). One's own fields and
    those of somebody one speaks for are open. Fields never given are left out.
    """
    person = await session.get(PersonRow, person_id)
    if person is None:
        return {}
    if because is None and not await _may_see(session, actor, person):
        await deny(session, actor.id, "person", now=now, concerning_id=person_id)
        return Denied(Right.SEE_PERSONAL)
    shown = await _open(session, person_id, fields)
    if shown and actor.id != person_id:
        await _record(session, AuditAct.LOOKED, actor, person_id, list(shown), now, because)
    return shown


async def look_again(
    session: Session, reader_id: int, person_id: int, fields: Sequence[Field], *, because: Because
) -> dict[Field, str]:
    """Open what the book says somebody has looked at for a subject; nothing new is written.

    For showing once more what was shown before. The caller has checked in this transaction that
    the reader may still know it.
    """
    if reader_id == person_id:
        return await _open(session, person_id, fields)
    looks = await session.scalars(
        select(AuditRow.detail).where(
            AuditRow.actor_id == reader_id,
            AuditRow.act == AuditAct.LOOKED,
            AuditRow.concerning_id == person_id,
            AuditRow.subject == because.subject,
            AuditRow.subject_id == because.subject_id,
        )
    )
    seen = {name for detail in looks for name in (detail or {}).get("fields", ())}
    return await _open(session, person_id, [field for field in fields if field in seen])


async def looks_at_me(session: Session, person: Person) -> list[Look]:
    """List who saw this person's fields or those of the people they speak for, latest first."""
    mine = select(PersonRow.id).where(
        (PersonRow.id == person.id) | (PersonRow.proxy_id == person.id)
    )
    rows = await session.execute(
        select(AuditRow, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == AuditRow.actor_id)
        .where(
            AuditRow.concerning_id.in_(mine),
            AuditRow.act == AuditAct.LOOKED,
            AuditRow.actor_id != person.id,
        )
        .order_by(AuditRow.at.desc(), AuditRow.id.desc())
        .limit(LOOKS_SHOWN)
    )
    return [_look(line, name or "") for line, name in rows.all()]


async def erase(session: Session, person_id: int) -> None:
    """Remove every personal field of somebody."""
    await session.execute(delete(PersonalRow).where(PersonalRow.person_id == person_id))


def _look(line: AuditRow, name: str) -> Look:
    fields = tuple((line.detail or {}).get("fields", ()))
    return Look(line.at, name, fields, line.subject, line.subject_id)


async def _open(session: Session, person_id: int, fields: Sequence[Field]) -> dict[Field, str]:
    rows = await session.scalars(
        select(PersonalRow).where(
            PersonalRow.person_id == person_id, PersonalRow.field.in_(list(fields))
        )
    )
    vault = vault_of(session)
    found = {Field(row.field): row.sealed for row in rows}
    return {
        field: vault.open(_where(person_id, field), found[field])
        for field in fields
        if field in found
    }


async def _clear(session: Session, person_id: int, field: Field) -> None:
    await session.execute(
        delete(PersonalRow).where(PersonalRow.person_id == person_id, PersonalRow.field == field)
    )


async def _may_see(session: Session, actor: Person, person: PersonRow) -> bool:
    if actor.id in {person.id, person.proxy_id}:
        return True
    place = await session.get(PlaceRow, person.place_id) if person.place_id else None
    return place is not None and actor.may(Right.SEE_PERSONAL, place.path)


async def _record(
    session: Session,
    act: AuditAct,
    actor: Person,
    person_id: int,
    fields: Sequence[Field],
    now: datetime,
    because: Because | None = None,
) -> None:
    await record(
        session,
        act,
        now=now,
        actor_id=actor.id,
        subject=because.subject if because else "person",
        subject_id=because.subject_id if because else person_id,
        concerning_id=person_id,
        detail={"fields": [str(field) for field in fields]},
    )


def _where(person_id: int, field: Field) -> SealedCell:
    return SealedCell(PersonalRow.__tablename__, field, person_id)

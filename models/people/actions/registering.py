"""Coming in, and changing one's own entry."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from models.audit.actions import record
from models.audit.rules import Act
from models.database import Session, insert_once
from models.people.queries import person_of_account
from models.people.rules import CONSENT_VERSION, Registering, clean_name
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import find_home
from models.places.rules import NoSuchPlaceError


async def register(
    session: Session,
    telegram_id: int,
    name: str,
    language: str,
    place_id: int | None,
    now: datetime,
) -> Person:
    """Enter somebody who agreed to the present text; again changes nothing.

    `place_id` is None only while there are no places. Raises NoSuchPlaceError where nobody can
    live, ValueError for a name with nothing to show.
    """
    known = await person_of_account(session, telegram_id)
    if known and known.registered:
        return known
    if place_id is not None and await find_home(session, place_id) is None:
        raise NoSuchPlaceError(place_id)
    consent = {
        "name": clean_name(name),
        "language": language,
        "place_id": place_id,
        "consent_version": CONSENT_VERSION,
        "consented_at": now,
    }
    if not consent["name"]:
        raise ValueError("a name with nothing to show")
    return await _enter(session, telegram_id, consent, now)


async def _enter(
    session: Session, telegram_id: int, consent: dict[str, Any], now: datetime
) -> Person:
    entered = {"telegram_id": telegram_id, "created_at": now, **consent}
    if not await insert_once(session, PersonRow, entered):
        outdated = PersonRow.consent_version.is_distinct_from(CONSENT_VERSION)
        renewed = update(PersonRow).where(PersonRow.telegram_id == telegram_id, outdated)
        await session.execute(renewed.values(**consent))
    person = await person_of_account(session, telegram_id)
    assert person is not None  # noqa: S101 - entered above
    await record(
        session,
        Act.CONSENTED,
        now=now,
        actor_id=person.id,
        subject="person",
        subject_id=person.id,
        detail={"version": CONSENT_VERSION},
    )
    return person


async def set_language(session: Session, person: Person, language: str) -> Person:
    """Speak another language with somebody; gives the person as they are now."""
    row = await session.get_one(PersonRow, person.id)
    row.language = language
    return replace(person, language=language)


async def set_name(session: Session, person: Person, raw: str) -> Registering:
    """Change one's name, cleaned and cut to its length."""
    name = clean_name(raw)
    if not name:
        return Registering.NO_NAME
    row = await session.get_one(PersonRow, person.id)
    row.name = name
    return Registering.CHANGED


async def set_place(session: Session, person: Person, place_id: int) -> Registering:
    """Move to another building or grid; roles stay where they were given."""
    if await find_home(session, place_id) is None:
        return Registering.NO_SUCH_PLACE
    row = await session.get_one(PersonRow, person.id)
    row.place_id = place_id
    return Registering.CHANGED


async def set_reachable(
    session: Session, telegram_id: int, *, reachable: bool, now: datetime
) -> None:
    """Keep that somebody blocked the bot or let it in again; unknown accounts are passed over."""
    await session.execute(
        update(PersonRow)
        .where(PersonRow.telegram_id == telegram_id)
        .values(unreachable_at=None if reachable else now)
    )

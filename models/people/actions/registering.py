"""Coming in, and changing one's own entry."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Update,
    bindparam,
    case,
    or_,
    update,
)

from models.audit.actions import record
from models.audit.rules import AuditAct
from models.base import table_of
from models.database import Session, changed, insert_once
from models.people.hooks import moved
from models.people.queries import person_of_account
from models.people.rules import CONSENT_VERSION, Registering, clean_name
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import find_home
from models.places.rules import NoSuchPlaceError

_people = table_of(PersonRow)
_account = _people.c.telegram_id == bindparam("account")
_dated: BindParameter[datetime] = bindparam("dated", type_=_people.c.heard_at.type)
_HEARD = (
    update(_people)
    .where(_account, or_(_people.c.heard_at.is_(None), _people.c.heard_at < _dated))
    .values(heard_at=_dated)
)
_AWAY = (
    update(_people)
    .where(_account, or_(_people.c.away_at.is_(None), _people.c.away_at < _dated))
    .values(away_at=_dated)
)


def _weighed(gone: ColumnElement[bool]) -> Update:
    """Write who is away: of two dates the newer decides."""
    since = case((gone, _people.c.away_at), else_=None)
    return update(_people).where(_account).values(unreachable_at=since)


_silent = _people.c.heard_at.is_(None)
_IS_AWAY = _weighed(or_(_silent, _people.c.heard_at <= _people.c.away_at))
_IS_THERE = _weighed(_people.c.heard_at < _people.c.away_at)
"""Telegram dates by the second: within one, what was heard last holds."""


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
    person = await _enter(session, telegram_id, consent, now)
    if known and place_id is not None and person.place_id == place_id != known.place_id:
        await moved(session, person.id, place_id, now)
    return person


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
        AuditAct.CONSENTED,
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


async def set_place(
    session: Session, person: Person, place_id: int, *, now: datetime
) -> Registering:
    """Move to another building or grid; roles stay where they were given."""
    if await find_home(session, place_id) is None:
        return Registering.NO_SUCH_PLACE
    row = await session.get_one(PersonRow, person.id)
    if row.place_id != place_id:
        row.place_id = place_id
        await session.flush()
        await moved(session, person.id, place_id, now)
    return Registering.CHANGED


async def note_dated(
    session: Session, telegram_id: int, dated: datetime, *, away: bool = False
) -> None:
    """Keep Telegram's date of a word of somebody's, or of their block; the newest decides."""
    values = {"account": telegram_id, "dated": dated}
    await changed(session, _AWAY if away else _HEARD, values)
    await changed(session, _IS_AWAY if away else _IS_THERE, {"account": telegram_id})

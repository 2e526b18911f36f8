"""Reading people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select

from models.base import table_of
from models.database import Session, selected
from models.people.rules import CONSENT_VERSION, Field, Right, Role, clean_name
from models.people.tables import GrantRow, PersonalRow, PersonRow
from models.people.views import Card, Grant, Person
from models.places.tables import PlaceRow
from models.volunteers.rules import State
from models.volunteers.tables import VolunteerRow

FOUND_AT_MOST = 8

VOLUNTEERING = frozenset({State.ACTIVE, State.PAUSED})


def _known(number: str) -> Select[Any]:
    """Select somebody by a number of theirs, with a row for each grant that stands."""
    people, grants, volunteers = map(table_of, (PersonRow, GrantRow, VolunteerRow))
    home, granted = (table_of(PlaceRow).alias(name) for name in ("home", "granted"))
    standing = (grants.c.person_id == people.c.id) & grants.c.revoked_at.is_(None)
    return (
        select(
            people.c.id,
            people.c.telegram_id,
            people.c.name,
            people.c.language,
            people.c.place_id,
            people.c.consent_version,
            people.c.unreachable_at,
            people.c.heard_at,
            people.c.sign_from,
            home.c.path,
            volunteers.c.state.label("volunteering"),
            grants.c.role,
            granted.c.path.label("granted_path"),
        )
        .select_from(
            people.outerjoin(home, home.c.id == people.c.place_id)
            .outerjoin(grants, standing)
            .outerjoin(granted, granted.c.id == grants.c.place_id)
            .outerjoin(volunteers, volunteers.c.person_id == people.c.id)
        )
        .where(people.c.left_at.is_(None), people.c[number] == bindparam("number"))
        .order_by(grants.c.id)
    )


_BY_ACCOUNT, _BY_ID = _known("telegram_id"), _known("id")


async def account_of(session: Session, telegram_id: int) -> tuple[Person | None, datetime | None]:
    """Return the person of a Telegram account, and since when they cannot be reached, if so.

    With place, grants and volunteer flag; no person for an account never seen, or forgotten.
    """
    rows = await selected(session, _BY_ACCOUNT, {"number": telegram_id})
    return _person(rows), rows[0].unreachable_at if rows else None


async def person_of_account(session: Session, telegram_id: int) -> Person | None:
    """Return the person of a Telegram account, who has not written by that."""
    person, _ = await account_of(session, telegram_id)
    return person


async def person_by_id(session: Session, person_id: int) -> Person | None:
    """Return a person by their number here; somebody who has left is None."""
    return _person(await selected(session, _BY_ID, {"number": person_id}))


async def spoken_for(session: Session, proxy_id: int) -> list[Card]:
    """List the people without Telegram whom somebody speaks for."""
    people = await session.scalars(
        select(PersonRow)
        .where(PersonRow.proxy_id == proxy_id, PersonRow.left_at.is_(None))
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [card_of(row) for row in people]


async def known_to_desk(session: Session, place_id: int) -> list[Card]:
    """List the people at a place whom the desk speaks for: no Telegram, no proxy."""
    people = await session.scalars(
        select(PersonRow)
        .where(PersonRow.place_id == place_id, _spoken_for_by_desk())
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [card_of(row) for row in people]


async def find_people(session: Session, actor: Person, text: str) -> list[Card]:
    """Find registered people where the actor may grant: by a part of the name or their number."""
    paths = granting_paths(actor)
    if not paths or not text:
        return []
    matches = PersonRow.name.icontains(text, autoescape=True)
    if text.isdecimal() and len(text) <= 18:
        matches = or_(matches, PersonRow.id == int(text), PersonRow.telegram_id == int(text))
    people = await session.scalars(
        select(PersonRow)
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(matches, _listed(), or_(*(PlaceRow.path.startswith(path) for path in paths)))
        .order_by(PersonRow.name, PersonRow.id)
        .limit(FOUND_AT_MOST)
    )
    return [card_of(row) for row in people]


async def find_residents(session: Session, actor: Person, text: str) -> list[Card]:
    """Find residents at the places of the actor's desk by a part of the name, exact names first.

    With Telegram or spoken for, also by the desk alone; at most FOUND_AT_MOST.
    """
    paths, name = actor.paths_with(Right.WORK_DESK), clean_name(text)
    if not paths or not name:
        return []
    people = await session.scalars(
        select(PersonRow)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(
            PersonRow.name.icontains(name, autoescape=True),
            or_(
                _listed(),
                PersonRow.proxy_id.is_not(None) & PersonRow.left_at.is_(None),
                _spoken_for_by_desk(),
            ),
            or_(*(PlaceRow.path.startswith(path) for path in paths)),
        )
        .order_by(func.lower(PersonRow.name) != name.lower(), PersonRow.name, PersonRow.id)
        .limit(FOUND_AT_MOST)
    )
    return [card_of(row) for row in people]


async def find_account(session: Session, telegram_id: int) -> Card | None:
    """Find a registered person by their Telegram account: a shared contact, a forwarded message."""
    row = await session.scalar(
        select(PersonRow).where(PersonRow.telegram_id == telegram_id, _listed())
    )
    return card_of(row) if row else None


async def language_of_account(session: Session, telegram_id: int) -> str | None:
    """Return the language in which a Telegram account reads; None for one not known here."""
    return await session.scalar(
        select(PersonRow.language).where(PersonRow.telegram_id == telegram_id)
    )


async def find_card(session: Session, person_id: int) -> Card | None:
    """Return a person who has not left, with or without Telegram."""
    row = await session.get(PersonRow, person_id)
    return card_of(row) if row and row.left_at is None else None


async def find_cards(session: Session, person_ids: Sequence[int]) -> list[Card]:
    """Return those of some people who have not left, by name."""
    people = await session.scalars(
        select(PersonRow)
        .where(PersonRow.id.in_(list(person_ids)), PersonRow.left_at.is_(None))
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [card_of(row) for row in people]


async def grants_within(
    session: Session, actor: Person, person_id: int | None = None
) -> list[Grant]:
    """List standing grants at the places where the actor may grant, of all or of one person."""
    paths = granting_paths(actor)
    if not paths:
        return []
    statement = _grants().where(or_(*(PlaceRow.path.startswith(path) for path in paths)))
    if person_id is not None:
        statement = statement.where(GrantRow.person_id == person_id)
    return [_grant(row) for row in (await session.execute(statement)).all()]


async def standing_grants(session: Session, person_id: int) -> list[Grant]:
    """List the roles somebody holds."""
    rows = await session.execute(_grants().where(GrantRow.person_id == person_id))
    return [_grant(row) for row in rows.all()]


async def grants_at(session: Session, place_id: int) -> list[Grant]:
    """List the roles that stand at a place itself."""
    rows = await session.execute(_grants().where(GrantRow.place_id == place_id))
    return [_grant(row) for row in rows.all()]


async def find_grant(session: Session, grant_id: int, *, revoked: bool = False) -> Grant | None:
    """Return a standing grant, or with `revoked` one that may no longer stand."""
    statement = _grants(standing=not revoked).where(GrantRow.id == grant_id)
    row = (await session.execute(statement)).one_or_none()
    return _grant(row) if row else None


def granting_paths(actor: Person) -> tuple[str, ...]:
    """List the tops of what the actor may grant roles at."""
    return tuple(dict.fromkeys(actor.paths_with(Right.GRANT_STAFF)))


def card_of(row: PersonRow) -> Card:
    """Return the view of a person for a list."""
    return Card(id=row.id, name=row.name, place_id=row.place_id, proxy_id=row.proxy_id)


def _spoken_for_by_desk() -> ColumnElement[bool]:
    return (
        PersonRow.telegram_id.is_(None) & PersonRow.proxy_id.is_(None) & PersonRow.left_at.is_(None)
    )


def _listed() -> ColumnElement[bool]:
    return PersonRow.consent_version.is_not(None) & PersonRow.left_at.is_(None)


def _person(rows: Sequence[Row[Any]]) -> Person | None:
    if not rows:
        return None
    row = rows[0]
    return Person(
        id=row.id,
        telegram_id=row.telegram_id,
        name=row.name,
        language=row.language,
        place_id=row.place_id,
        place_path=row.path,
        registered=row.consent_version == CONSENT_VERSION,
        grants=tuple((Role(each.role), each.granted_path) for each in rows if each.granted_path),
        volunteer=row.volunteering in VOLUNTEERING,
        heard_at=row.heard_at,
        sign_from=row.sign_from,
    )


def _grants(*, standing: bool = True) -> Select[GrantRow, str, str]:
    statement = (
        select(GrantRow, PersonRow.name, PlaceRow.path)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .join(PlaceRow, PlaceRow.id == GrantRow.place_id)
        .order_by(PlaceRow.path, GrantRow.role, PersonRow.name, GrantRow.id)
    )
    return statement.where(GrantRow.revoked_at.is_(None)) if standing else statement


def _grant(row: Row[GrantRow, str, str]) -> Grant:
    grant, name, path = row
    return Grant(grant.id, grant.person_id, name, Role(grant.role), grant.place_id, path)


async def new_until(
    session: Session, person: Person, new_for: timedelta, now: datetime
) -> datetime | None:
    """Return until when somebody counts as new; None for whoever does not, or no longer.

    Whom the office has given a role or taken on as a volunteer is known to it. It counts from the
    first day: whoever agrees to a new text later is not new.
    """
    if person.grants or person.volunteer:
        return None
    row = await session.get(PersonRow, person.id)
    if row is None or row.consented_at is None:
        return None
    since = min(row.created_at, row.consented_at)
    return since + new_for if now < since + new_for else None


async def has_given(session: Session, person_id: int, field: Field) -> bool:
    """Return whether a personal field of somebody is known; nothing of it is opened."""
    kept = select(PersonalRow.person_id).where(
        PersonalRow.person_id == person_id, PersonalRow.field == field
    )
    return await session.scalar(kept) is not None

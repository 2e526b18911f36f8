"""People without Telegram: spoken for by a proxy 代办人, or by the desk of their place."""

from datetime import datetime

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.people.actions.personal import seal
from models.people.queries import known_to_desk, spoken_for
from models.people.rules import (
    SPOKEN_FOR_AT_MOST,
    Adding,
    Field,
    PersonalSet,
    Right,
    clean_name,
    read_field,
)
from models.people.tables import PersonRow
from models.people.views import Card, Person
from models.places.queries import find_home
from models.places.views import Place

REFUSALS = {
    PersonalSet.NOT_A_PHONE: Adding.NOT_A_PHONE,
    PersonalSet.TOO_LONG: Adding.TOO_LONG,
}


async def add_person_without_phone(
    session: Session,
    actor: Person,
    name: str,
    place_id: int,
    proxy_id: int | None,
    *,
    phone: str = "",
    door: str = "",
    now: datetime,
) -> Card | Adding:
    """Enter somebody without Telegram, spoken for by the actor or, with the desk, by anybody.

    Staff may enter people of their places, also without a proxy: then whoever works that desk
    speaks for them, for as long as they do. A resident speaks for at most `SPOKEN_FOR_AT_MOST`.
    Who is known already, by name, place and proxy, is given back instead of a second one.
    """
    place = await find_home(session, place_id)
    fields = {Field.PHONE: read_field(Field.PHONE, phone), Field.DOOR: read_field(Field.DOOR, door)}
    known = await (spoken_for(session, proxy_id) if proxy_id else known_to_desk(session, place_id))
    same = [card for card in known if (card.name, card.place_id) == (clean_name(name), place_id)]
    refusal = _refusal(actor, clean_name(name), place, proxy_id, fields, len(known) - len(same))
    if refusal is None and proxy_id is not None and not await _may_speak(session, proxy_id):
        refusal = Adding.NO_SUCH_PROXY
    if refusal is Adding.NOT_ALLOWED:
        await deny(session, actor.id, "person", now=now, detail={"place": place_id})
    if refusal or place is None:
        return refusal or Adding.NO_SUCH_PLACE
    if same:
        return same[0]
    return await _enter(session, actor, clean_name(name), place, proxy_id, fields, now)


def _refusal(
    actor: Person,
    name: str,
    place: Place | None,
    proxy_id: int | None,
    fields: dict[Field, str | PersonalSet],
    known: int,
) -> Adding | None:
    if place is None:
        return Adding.NO_SUCH_PLACE
    staff = actor.may(Right.WORK_DESK, place.path)
    if not staff and proxy_id != actor.id:
        return Adding.NOT_ALLOWED
    if not staff and known >= SPOKEN_FOR_AT_MOST:
        return Adding.TOO_MANY
    wrong = [value for value in fields.values() if isinstance(value, PersonalSet)]
    if wrong:
        return REFUSALS[wrong[0]]
    return None if name else Adding.NO_NAME


async def _may_speak(session: Session, proxy_id: int) -> bool:
    proxy = await session.get(PersonRow, proxy_id)
    return proxy is not None and proxy.telegram_id is not None and proxy.left_at is None


async def _enter(
    session: Session,
    actor: Person,
    name: str,
    place: Place,
    proxy_id: int | None,
    fields: dict[Field, str | PersonalSet],
    now: datetime,
) -> Card:
    row = PersonRow(
        name=name, language=actor.language, place_id=place.id, proxy_id=proxy_id, created_at=now
    )
    session.add(row)
    await session.flush()
    for field, text in fields.items():
        if text and not isinstance(text, PersonalSet):
            await seal(session, row.id, field, text, now)
    await record(
        session,
        AuditAct.PERSON_ADDED,
        now=now,
        actor_id=actor.id,
        subject="person",
        subject_id=row.id,
        concerning_id=row.id,
        detail={"proxy": proxy_id, "place": place.id},
    )
    return Card(id=row.id, name=name, place_id=place.id, proxy_id=proxy_id)

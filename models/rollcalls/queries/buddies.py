"""What a buddy is told while a roll-call runs: at whose doors they knock first."""

from datetime import datetime

from sqlalchemy import and_, select

from models.broadcasts.rules.notices import Answer
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.care.buddies import buddies_for, knocked_at_by
from models.database import Session
from models.people.actions.personal import look, look_again
from models.people.queries import person_by_id
from models.people.rules import Field
from models.people.tables import PersonRow
from models.people.views import Because, Person
from models.rollcalls.actions.rows import SUBJECT, is_drill, is_over
from models.rollcalls.queries.board import words_of
from models.rollcalls.queries.silent import silent
from models.rollcalls.tables import AnswerRow, RoundRow
from models.rollcalls.views import BuddyDoor, BuddyView

DOORS_SHOWN = 10


async def buddies_asked(session: Session, broadcast_id: int) -> list[int]:
    """List who is to knock first at the doors of those of whom nothing is heard (person ids)."""
    found = await session.scalars(buddies_for(silent(broadcast_id)).distinct())
    return sorted(found)


async def buddy_view(
    session: Session, reader_id: int, broadcast_id: int, *, now: datetime
) -> BuddyView | None:
    """Return at whose doors somebody knocks first in a roll-call; None where there is none.

    Doors are shown while a real one runs, to whom nothing is heard of; each look is on record,
    once. A drill shows none.
    """
    broadcast = await session.get(BroadcastRow, broadcast_id)
    rounds = await session.get(RoundRow, broadcast_id)
    reader = await person_by_id(session, reader_id)
    if broadcast is None or rounds is None or reader is None:
        return None
    over, drill = is_over(broadcast, rounds), is_drill(broadcast)
    found = await session.execute(
        select(PersonRow.id, PersonRow.name, RecipientRow.place_id, AnswerRow.answer)
        .join(RecipientRow, RecipientRow.person_id == PersonRow.id)
        .outerjoin(
            AnswerRow,
            and_(
                AnswerRow.broadcast_id == RecipientRow.broadcast_id,
                AnswerRow.person_id == RecipientRow.person_id,
            ),
        )
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            PersonRow.id.in_(knocked_at_by(reader_id)),
            PersonRow.left_at.is_(None),
        )
        .order_by(PersonRow.id)
        .limit(DOORS_SHOWN)
    )
    doors = []
    for person_id, name, place_id, said in found.all():
        opens = not over and not drill and said is None
        door = await _door(session, reader, person_id, broadcast_id, now) if opens else ""
        doors.append(BuddyDoor(person_id, name, place_id, door, Answer(said) if said else None))
    if not doors:
        return None
    words = words_of(broadcast, reader.language)
    return BuddyView(broadcast_id, drill, over, words, tuple(doors))


async def _door(
    session: Session, reader: Person, person_id: int, broadcast_id: int, now: datetime
) -> str:
    """Open a door for whoever knocks at it; shown again it is one look."""
    because = Because(f"{SUBJECT}.buddy", broadcast_id)
    fields = [Field.DOOR]
    shown = await look_again(session, reader.id, person_id, fields, because=because)
    if shown:
        return shown[Field.DOOR]
    opened = await look(session, reader, person_id, fields, now=now, because=because)
    return opened.get(Field.DOOR, "") if isinstance(opened, dict) else ""

"""Who reads what is for somebody: they themselves, or the proxy of somebody without Telegram.

Every push is aimed here, be it for one person or for a crowd.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, select

from models.base import table_of
from models.database import Session, selected
from models.hours.rules.sparing import Spared
from models.people.reach import reads
from models.people.tables import PersonRow

AT_ONCE = 1000
"""Ids in one statement: SQLite takes 32,766 values at the most."""


NO_WISHES = Spared()


@dataclass(frozen=True)
class Reader:
    """Somebody with an account of their own, their chat, and when they want to be left alone."""

    person_id: int
    chat_id: int
    spared: Spared = NO_WISHES


_meant, _reader = table_of(PersonRow).alias("meant"), table_of(PersonRow).alias("reader")
_READERS = (
    select(
        _meant.c.id,
        _reader.c.id,
        _reader.c.telegram_id,
        _reader.c.paused_until,
        _reader.c.quiet_from,
        _reader.c.quiet_until,
    )
    .join(_reader, _reader.c.id == reads(_meant.c))
    .where(
        _meant.c.id.in_(bindparam("people", expanding=True)),
        _meant.c.left_at.is_(None),
        _reader.c.telegram_id.is_not(None),
        _reader.c.left_at.is_(None),
    )
)


async def readers_by_person(session: Session, person_ids: Iterable[int]) -> dict[int, Reader]:
    """Return who reads what is for each of these people; who has nobody is left out."""
    wanted = sorted(set(person_ids))
    found: dict[int, Reader] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = {"people": wanted[start : start + AT_ONCE]}
        rows = await selected(session, _READERS, part)
        for person_id, reader_id, chat_id, *spared in map(tuple, rows):
            found[person_id] = Reader(reader_id, chat_id, Spared(*spared))
    return found


def readers_of(people: Select[int]) -> Select[int]:
    """Select who can be told at this moment what is for these people, each once, by number.

    Whose reader has left or cannot be reached is left out.
    """
    reader = table_of(PersonRow).alias()
    return select(reader.c.id).where(*reading(reader, people))


def reading(reader: FromClause, people: Select[int]) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of a row of people that is among `readers_of` these, for a statement."""
    meant = table_of(PersonRow).alias()
    theirs = select(reads(meant.c)).where(meant.c.id.in_(people), meant.c.left_at.is_(None))
    return (
        reader.c.id.in_(theirs),
        reader.c.telegram_id.is_not(None),
        reader.c.left_at.is_(None),
        reader.c.unreachable_at.is_(None),
    )

"""Who can be reached by a message at this moment, and through whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from models.base import table_of
from models.database import Session, selected
from models.people.tables import PersonRow
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the person."""

    LOST = reminder(
        "people.lost",
        mark("tell whoever counts on somebody out of reach"),
        Lateness.SEND_LATE,
        about="the person",
        does=(
            "due at once when somebody blocks the bot or is gone: tells whoever counts on them, "
            "owner, resident or helper"
        ),
    )


LOST = Reminder.LOST


class ReachedBy(StrEnum):
    """How what is for somebody comes to them."""

    OWN = "own"
    PROXY = "proxy"
    """Their proxy reads it, and has to pass it on."""
    BLOCKED = "blocked"
    """Whoever would read it has blocked the bot, or their account is gone."""
    NO_PHONE = "no_phone"
    """They have no Telegram, and nobody speaks for them who has."""


@dataclass(frozen=True)
class Reach:
    """How somebody is reached, and who reads what is for them."""

    way: ReachedBy
    reader: str = ""
    """By name; '' where nobody reads it."""

    @property
    def arrives(self) -> bool:
        """Return whether what is sent comes to anybody."""
        return self.way in {ReachedBy.OWN, ReachedBy.PROXY}


OWN = Reach(ReachedBy.OWN)
NOWHERE = Reach(ReachedBy.NO_PHONE)


def reads(person: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[int]:
    """Return who reads what is for a person, by number: they, or their proxy without Telegram."""
    spoken_for = person.telegram_id.is_(None) & person.proxy_id.is_not(None)
    return case((spoken_for, person.proxy_id), else_=person.id)


_people = table_of(PersonRow)
_reader = _people.alias("reader")
_REACH = (
    select(
        _people.c.id,
        _reader.c.id.label("reader_id"),
        _reader.c.name,
        _reader.c.telegram_id,
        _reader.c.unreachable_at,
    )
    .select_from(_people.join(_reader, _reader.c.id == reads(_people.c)))
    .where(
        _people.c.id.in_(bindparam("people", expanding=True)),
        _people.c.left_at.is_(None),
        _reader.c.left_at.is_(None),
    )
)


async def reach_of(session: Session, person_ids: Iterable[int]) -> dict[int, Reach]:
    """Return how each of these people is reached; who has left, or is unknown, is not."""
    wanted = sorted(set(person_ids))
    rows = await selected(session, _REACH, {"people": wanted}) if wanted else []
    found = dict.fromkeys(wanted, NOWHERE)
    for row in rows:
        if row.telegram_id is None:
            continue
        own = row.reader_id == row.id
        way = ReachedBy.BLOCKED if row.unreachable_at else ReachedBy.OWN if own else ReachedBy.PROXY
        found[row.id] = Reach(way, row.name)
    return found

"""A record of nobody's subject, with people around it, for what works on any record.

Its rows are early items, as any table would do; nothing of that subject is used.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Any, Self

from models.base import Base
from models.database import Sessions, transaction
from models.early.tables import EarlyRow
from models.people.rules import CONSENT_VERSION
from models.people.tables import PersonRow
from models.places.actions.growing import plant
from models.places.rules import PlaceKind
from models.records.changing import RecordKind, wake
from models.records.rules import Lifecycle
from tests.kept import once

SUBJECT = "concert"


class Stands(StrEnum):
    ON = "on"


async def nobody(*_asked: object) -> frozenset[Any]:
    """Return what somebody is to a concert: nothing, whoever they are."""
    return frozenset()


KIND = RecordKind(SUBJECT, EarlyRow, Lifecycle(Stands), nobody)

_accounts = count(900_000)


@dataclass
class Hall:
    """A place, people by name, records by id."""

    sessions: Sessions
    now: datetime
    place_id: int = 0
    people: dict[str, int] = field(default_factory=dict)

    def moved_to(self, sessions: Sessions) -> Self:
        """Return the same hall in another database."""
        return replace(self, sessions=sessions, people=dict(self.people))

    async def add(self, *names: str) -> list[int]:
        """Let people register."""
        async with transaction(self.sessions) as session:
            rows = [
                PersonRow(
                    telegram_id=next(_accounts),
                    name=name,
                    language="zh_Hans",
                    place_id=self.place_id,
                    consent_version=CONSENT_VERSION,
                    created_at=self.now,
                )
                for name in names
            ]
            session.add_all(rows)
            await session.flush()
            self.people.update({row.name: row.id for row in rows})
            return [row.id for row in rows]

    async def record(self) -> int:
        """Begin a record; give its id."""
        async with transaction(self.sessions) as session:
            category = f"concert-{next(_accounts)}"
            row = EarlyRow(
                place_id=self.place_id, category=category, state=Stands.ON, opened_at=self.now
            )
            session.add(row)
            await session.flush()
            return row.id

    async def act(
        self,
        action: Callable[..., Awaitable[Any]],
        record_id: int,
        *given: Any,
        actor: str | None = None,
        **named: Any,
    ) -> Any:
        """Let a use case change a record, in a transaction of its own, by somebody or the clock."""
        async with transaction(self.sessions) as session:
            change = await wake(session, KIND, record_id, self.now)
            assert change is not None
            actor_id = self.people[actor] if actor is not None else None
            return await action(replace(change, actor_id=actor_id), *given, **named)

    async def insert(self, row: Base) -> None:
        """Put a row into the database, past every use case."""
        async with transaction(self.sessions) as session:
            session.add(row)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def names(self, ids: tuple[int, ...] | list[int]) -> list[str]:
        """Name people, in order."""
        known = {person_id: name for name, person_id in self.people.items()}
        return [known[one] for one in ids]


async def build(sessions: Sessions, now: datetime) -> Hall:
    """Build a place with nobody in it."""
    return await once(_build, sessions, now)


async def _build(sessions: Sessions, now: datetime) -> Hall:
    hall = Hall(sessions, now)
    async with transaction(sessions) as session:
        place = await plant(
            session, parent=None, kind=PlaceKind.STREET, name="桂花街道", code="t-hall"
        )
        hall.place_id = place.id
    return hall

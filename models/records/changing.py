"""Changing one record: lock it, ask who may, tell who should know, change its open cards."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from models.audit.actions import deny
from models.database import Session
from models.outbox.crowd import notify_people
from models.outbox.readers import readers_by_person
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane
from models.people.views import Person
from models.records.rules import Lifecycle, Refusal
from models.records.tables import Record
from models.reminders.actions import cancel, remind

Row = TypeVar("Row", bound=Record)


async def hold(session: Session, table: type[Row], record_id: int) -> Row | None:
    """Return a record as it is now, held until the transaction ends: its moves are serial."""
    await session.flush()
    return await session.get(table, record_id, with_for_update=True, populate_existing=True)


@dataclass(frozen=True)
class RecordKind(Generic[Row]):
    """One kind of record: where it is kept, its lifecycle, who is what to it, its cards."""

    name: str
    """Of its subject, in the audit log."""
    table: type[Row]
    lifecycle: Lifecycle[Any, Any, Any]
    relations: Callable[[Session, Person, Row], Awaitable[frozenset[Any]]]
    """Returns what a person is to a record; of a move, the record is locked."""
    cards: tuple[str, ...] = ()
    """Kinds of notice about it that change in place with it."""
    lock: Callable[[Session, int], Awaitable[Row | None]] | None = None
    """Holds a record where something else has to be held before it; None: `hold`."""

    async def held(self, session: Session, record_id: int) -> Row | None:
        """Return the locked record; None where there is none."""
        if self.lock is not None:
            return await self.lock(session, record_id)
        return await hold(session, self.table, record_id)

    async def why_not(
        self, session: Session, who: Person, row: Row, move: Any, now: datetime
    ) -> Refusal | None:
        """Return why somebody may not make a move; a try without a right is written down."""
        why = self.lifecycle.why_not(row.state, move, await self.relations(session, who, row))
        if why is Refusal.NOT_ALLOWED:
            detail = {"tried": str(move)}
            await deny(session, who.id, self.name, now=now, subject_id=row.id, detail=detail)
        return why


@dataclass(frozen=True)
class RecordChange(Generic[Row]):
    """One change of one locked record, by one person (None: the clock), at one instant."""

    session: Session
    kind: RecordKind[Row]
    row: Row
    actor_id: int | None
    now: datetime

    def make(self, move: Any) -> None:
        """Put the record where a move leads."""
        self.row.state = self.kind.lifecycle.after(self.row.state, move)

    async def tell(
        self,
        notice: str,
        people: Iterable[int | None],
        *,
        lane: Lane = Lane.NOTICE,
        **detail: Any,
    ) -> None:
        """Queue a notice about the record for each of these people but whoever acts.

        Somebody without an account is told through their proxy.
        """
        await notify_people(
            self.session,
            {one for one in people if one is not None} - {self.actor_id},
            kind=notice,
            subject_id=self.row.id,
            now=self.now,
            lane=lane,
            detail=detail or None,
            name=None,
        )

    async def remind(self, kind: str, due_at: datetime, **detail: Any) -> None:
        """Set a reminder about the record."""
        await remind(
            self.session, kind=kind, subject_id=self.row.id, due_at=due_at, detail=detail or None
        )

    async def cancel(self, kinds: Iterable[str], reason: str) -> None:
        """Cancel pending reminders about the record."""
        await cancel(
            self.session, subject_id=self.row.id, kinds=[*kinds], reason=reason, now=self.now
        )

    async def finish(self) -> None:
        """Write the change, and let every open card of the record change in place."""
        await self.session.flush()
        kinds, ids = self.kind.cards, [self.row.id]
        await refresh(self.session, kinds=kinds, subject_ids=ids, now=self.now)

    async def finish_for(self, person_id: int) -> None:
        """Write a change that nobody sees but one person, or their proxy: their cards change."""
        await self.session.flush()
        kinds, ids = self.kind.cards, [self.row.id]
        reader = (await readers_by_person(self.session, [person_id])).get(person_id)
        if reader is not None:
            own = reader.person_id
            await refresh(
                self.session, kinds=kinds, subject_ids=ids, now=self.now, recipient_id=own
            )


async def begin(
    session: Session, kind: RecordKind[Row], record_id: int, move: Any, actor: Person, now: datetime
) -> RecordChange[Row] | Refusal:
    """Begin a move on a record: locked, and allowed; else the reason why not.

    A try without a right is written into the audit log.
    """
    row = await kind.held(session, record_id)
    if row is None:
        return Refusal.MISSING
    why = await kind.why_not(session, actor, row, move, now)
    return RecordChange(session, kind, row, actor.id, now) if why is None else why


async def wake(
    session: Session, kind: RecordKind[Row], record_id: int, now: datetime
) -> RecordChange[Row] | None:
    """Begin a change by the clock; None where there is no such record."""
    row = await kind.held(session, record_id)
    return None if row is None else RecordChange(session, kind, row, None, now)

"""The occasions of one subject as a kind of record."""

from collections.abc import Awaitable, Callable

from models.database import Session
from models.people.views import Person
from models.records.changing import RecordKind, hold
from models.routines.queries import stands_to
from models.routines.rules import OCCASIONS, Relation
from models.routines.tables import OccasionRow, RoutineRow

Relations = Callable[[Session, Person, OccasionRow], Awaitable[frozenset[Relation]]]


def occasions_of(
    subject: str, relations: Relations, *, name: str | None = None, cards: tuple[str, ...] = ()
) -> RecordKind[OccasionRow]:
    """Return the kind of record that the occasions of one subject are; of another there are none.

    `relations` says who keeps an occasion and for whom it is; that somebody was asked or holds it
    the kit knows. `name` is what the audit log calls it, the subject's own unless given.
    """

    async def all_relations(session: Session, who: Person, row: OccasionRow) -> frozenset[Relation]:
        if row.subject != subject:
            return frozenset()
        return await stands_to(session, who.id, row) | await relations(session, who, row)

    return RecordKind(
        name or subject, OccasionRow, OCCASIONS, all_relations, cards, lock=held_of(subject)
    )


def held_of(subject: str) -> Callable[[Session, int], Awaitable[OccasionRow | None]]:
    """Return what holds an occasion of a subject, behind its routine; it finds no other's.

    Routine first, then its occasions, on every way: so no two wait for each other. Whoever holds
    the record that a routine is about, too, holds it before.
    """

    async def held(session: Session, occasion_id: int) -> OccasionRow | None:
        await session.flush()
        found = await session.get(OccasionRow, occasion_id)
        if found is None or found.subject != subject:
            return None
        await hold(session, RoutineRow, found.routine_id)
        return await hold(session, OccasionRow, occasion_id)

    return held

"""Queueing one kind of push for a crowd: one statement, however many they are.

Ten thousand rows written one by one take seconds, in which every turn would wait (measured).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    cast,
    inspect,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from models.database import Session, insert_new, is_postgresql
from models.hours.rules.sparing import Spared
from models.outbox.actions import READER, SEND, note_queued
from models.outbox.rules import Lane, State
from models.outbox.sparing import leaves_at, put_off
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow

AT_ONCE = 1000
"""Ids in one statement: SQLite takes 32,766 values at the most."""


async def notify_crowd(
    session: Session,
    people: Select[int],
    *,
    kind: str,
    subject_id: int,
    now: datetime,
    lane: Lane = Lane.NOTICE,
    detail: dict[str, Any] | None = None,
    name: str | None = "",
    before: str | None = None,
    waits: bool = True,
) -> None:
    """Queue a push for everybody whom a statement selects by number, each once for a subject.

    With `before` each has two: one of that kind, and next in their line the one of `kind`.

    Where the same kind may come again about a subject, `name` tells one time from another; None
    is for what the caller does once by itself, and may do again: nothing is held against it.

    `waits` False lets it ring for whoever wants to be left alone as well.

    Who has left, has no account or cannot be reached is passed over. It is rendered for each when
    their turn comes, as any notice.
    """
    note_queued(session, lane)
    pieces = _pieces([kind] if before is None else [before, kind])
    written: dict[str, Any] = {
        "lane": int(lane),
        "state": str(State.QUEUED),
        "chat_id": PersonRow.telegram_id,
        "method": SEND,
        "kind": pieces.c.kind,
        "subject_id": subject_id,
        "recipient_id": PersonRow.id,
        "detail": detail,
        "dedupe": None if name is None else _named(pieces.c.kind, name, subject_id),
        "repeat": False,
        "attempts": 0,
        "repeats": 0,
        "created_at": now,
        "due_at": now,
    }
    await session.flush()
    insert = postgresql.insert if is_postgresql(session) else sqlite.insert
    reached = (
        PersonRow.telegram_id.is_not(None),
        PersonRow.left_at.is_(None),
        PersonRow.unreachable_at.is_(None),
    )
    chosen = (
        select(*(_column(key, value) for key, value in written.items()))
        .select_from(PersonRow)
        .join(pieces, true())
        .where(PersonRow.id.in_(people), *reached)
        .order_by(PersonRow.id, pieces.c.position)
    )
    await session.execute(
        insert(OutboxRow).from_select(list(written), chosen).on_conflict_do_nothing()
    )
    if waits:
        await put_off(session, [kind, *([] if before is None else [before])], lane, now)


async def notify_people(
    session: Session,
    person_ids: Iterable[int],
    *,
    kind: str,
    subject_id: int,
    now: datetime,
    detail: dict[str, Any] | None = None,
    name: str | None = "",
) -> None:
    """Queue a push for each of these people, a thousand to a statement, as `notify_crowd` does."""
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), AT_ONCE):
        part = select(PersonRow.id).where(PersonRow.id.in_(wanted[start : start + AT_ONCE]))
        await notify_crowd(
            session, part, kind=kind, subject_id=subject_id, now=now, detail=detail, name=name
        )


@dataclass(frozen=True)
class Push:
    """One push of one kind, to one person about one subject."""

    recipient_id: int
    subject_id: int
    detail: dict[str, Any] | None = None
    lane: Lane = Lane.NOTICE
    dedupe: str | None = None


async def notify_each(
    session: Session, pushes: Sequence[Push], *, kind: str, now: datetime
) -> None:
    """Queue pushes of one kind, each about its own subject, as `notify` would one by one.

    In two statements however many they are: their readers, or those readers' proxies, and the
    rows, in the order given. Who cannot be reached is passed over.
    """
    readers = await _readers(session, {push.recipient_id for push in pushes})
    rows = [
        {
            "lane": int(push.lane),
            "state": str(State.QUEUED),
            "chat_id": chat_id,
            "method": SEND,
            "kind": kind,
            "subject_id": push.subject_id,
            "recipient_id": reader_id,
            "detail": push.detail,
            "dedupe": push.dedupe,
            "created_at": now,
            "due_at": leaves_at(session, kind, push.lane, spared, now),
        }
        for push in pushes
        if push.recipient_id in readers
        for reader_id, chat_id, spared in [readers[push.recipient_id]]
    ]
    for lane in {push.lane for push in pushes}:
        note_queued(session, lane)
    await insert_new(session, OutboxRow, rows)


async def _readers(session: Session, people: set[int]) -> dict[int, tuple[int, int, Spared]]:
    """Give who reads what is for each of these people, and the chat; who has nobody is left out."""
    await session.flush()
    found: dict[int, tuple[int, int, Spared]] = {}
    wanted = sorted(people)
    for start in range(0, len(wanted), AT_ONCE):
        rows = await session.execute(READER, {"people": wanted[start : start + AT_ONCE]})
        for person_id, reader_id, chat_id, paused, begins, ends in rows.all():
            if chat_id is not None:
                found[person_id] = (reader_id, chat_id, Spared(paused, begins, ends))
    return found


def _pieces(kinds: list[str]) -> Subquery:
    """Return kinds as rows, in order: who gets two gets them one behind the other."""
    rows = [
        select(literal(position).label("position"), literal(kind, String).label("kind"))
        for position, kind in enumerate(kinds)
    ]
    return union_all(*rows).subquery()


def _named(kind: ColumnElement[str], name: str, subject_id: int) -> ColumnElement[str]:
    once = f":{name}:{subject_id}:" if name else f":{subject_id}:"
    return kind.concat(once).concat(cast(PersonRow.id, String))


def _column(key: str, value: Any) -> Any:
    """Return a value as a column of the statement, of the type of the table's."""
    if hasattr(value, "label"):
        return value.label(key)
    return literal(value, inspect(OutboxRow).columns[key].type).label(key)

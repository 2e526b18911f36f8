"""Queueing one kind of push for a crowd: one statement, however many they are.

Ten thousand rows written one by one take seconds, in which every turn would wait (measured). Who
reads what is for somebody is decided as `notify` does for one: `models.outbox.readers`.
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

from models.base import table_of
from models.database import Session, insert_new, is_postgresql
from models.outbox.actions import SEND, note_queued
from models.outbox.readers import AT_ONCE, Reader, readers_by_person, reading
from models.outbox.rules import Lane, State
from models.outbox.sparing import leaves_at, put_off
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow


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

    Somebody without Telegram is told through their proxy, who is told once, for however many of
    them they speak and though they be told for themselves.

    With `before` each has two: one of that kind, and next in their line the one of `kind`.

    Where the same kind may come again about a subject, `name` tells one time from another; None
    is for what the caller does once by itself, and may do again: nothing is held against it.

    `waits` False lets it ring for whoever wants to be left alone as well.

    Whose reader has left or cannot be reached is passed over. It is rendered for each when their
    turn comes, as any notice.
    """
    note_queued(session, lane)
    pieces = _pieces([kind] if before is None else [before, kind])
    reader = table_of(PersonRow).alias()
    written: dict[str, Any] = {
        "lane": int(lane),
        "state": str(State.QUEUED),
        "chat_id": reader.c.telegram_id,
        "method": SEND,
        "kind": pieces.c.kind,
        "subject_id": subject_id,
        "recipient_id": reader.c.id,
        "detail": detail,
        "dedupe": None if name is None else _named(pieces.c.kind, name, subject_id, reader.c.id),
        "repeat": False,
        "attempts": 0,
        "repeats": 0,
        "created_at": now,
        "due_at": now,
    }
    await session.flush()
    insert = postgresql.insert if is_postgresql(session) else sqlite.insert
    chosen = (
        select(*(_column(key, value) for key, value in written.items()))
        .select_from(reader)
        .join(pieces, true())
        .where(*reading(reader, people))
        .order_by(reader.c.id, pieces.c.position)
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
    lane: Lane = Lane.NOTICE,
    detail: dict[str, Any] | None = None,
    name: str | None = "",
) -> None:
    """Queue a push for each of these people, as `notify_crowd` does: a thousand to a statement."""
    wanted = sorted(set(person_ids))
    if len(wanted) > AT_ONCE:  # a proxy who speaks for people of two parts is told once
        readers = await readers_by_person(session, wanted)
        wanted = sorted({reader.person_id for reader in readers.values()})
    for start in range(0, len(wanted), AT_ONCE):
        part = select(PersonRow.id).where(PersonRow.id.in_(wanted[start : start + AT_ONCE]))
        await notify_crowd(
            session,
            part,
            kind=kind,
            subject_id=subject_id,
            now=now,
            lane=lane,
            detail=detail,
            name=name,
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
    session: Session, pushes: Sequence[Push], *, kind: str, now: datetime, once: bool = False
) -> None:
    """Queue pushes of one kind, each about its own subject, as `notify` would one by one.

    In two statements however many they are: who reads them, and the rows, in the order given.
    With `once` a reader is told the same about the same once, for however many of these people
    they read. Who has left, and who has neither an account nor a proxy, is passed over.
    """
    readers = await readers_by_person(session, {push.recipient_id for push in pushes})
    aimed: dict[tuple[object, ...], tuple[Reader, Push]] = {}
    for number, push in enumerate(pushes):
        if (reader := readers.get(push.recipient_id)) is not None:
            same = (reader.person_id, push.subject_id, str(push.detail), 0 if once else number)
            aimed.setdefault(same, (reader, push))
    rows = [
        {
            "lane": int(push.lane),
            "state": str(State.QUEUED),
            "chat_id": reader.chat_id,
            "method": SEND,
            "kind": kind,
            "subject_id": push.subject_id,
            "recipient_id": reader.person_id,
            "detail": push.detail,
            "dedupe": push.dedupe,
            "created_at": now,
            "due_at": leaves_at(session, kind, push.lane, reader.spared, now),
        }
        for reader, push in aimed.values()
    ]
    for lane in {push.lane for push in pushes}:
        note_queued(session, lane)
    await insert_new(session, OutboxRow, rows)


def _pieces(kinds: list[str]) -> Subquery:
    """Return kinds as rows, in order: who gets two gets them one behind the other."""
    rows = [
        select(literal(position).label("position"), literal(kind, String).label("kind"))
        for position, kind in enumerate(kinds)
    ]
    return union_all(*rows).subquery()


def _named(
    kind: ColumnElement[str], name: str, subject_id: int, reader_id: ColumnElement[int]
) -> ColumnElement[str]:
    once = f":{name}:{subject_id}:" if name else f":{subject_id}:"
    return kind.concat(once).concat(cast(reader_id, String))


def _column(key: str, value: Any) -> Any:
    """Return a value as a column of the statement, of the type of the table's."""
    if hasattr(value, "label"):
        return value.label(key)
    return literal(value, inspect(OutboxRow).columns[key].type).label(key)

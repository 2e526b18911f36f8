"""What the sender reads: which rows may leave now and in which order, and what they need."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, String, literal_column, or_, select
from sqlalchemy.orm import aliased

from models.database import Session, is_postgresql
from models.outbox.rules import MESSAGES, OPEN_STATES, Lane, State, last_lane
from models.outbox.tables import MadeFileRow, OutboxRow
from models.people.tables import PersonRow

IN_QUEUE = literal_column(f"'{State.QUEUED}'", String)
"""Written into the statement, so that a prepared plan can use the index of the queue alone."""

_target = aliased(OutboxRow)
_in_turn = (
    select(OutboxRow)
    .outerjoin(_target, OutboxRow.target_id == _target.id)
    .where(
        OutboxRow.state == IN_QUEUE,
        or_(OutboxRow.target_id.is_(None), _target.state.not_in(list(OPEN_STATES))),
    )
    .order_by(OutboxRow.lane, OutboxRow.id)
)
"""What waits, in the order it leaves in; put together once, for the sender asks it every round."""


async def waiting(
    session: Session,
    now: datetime,
    *,
    passed_over: Collection[int],
    no_push_to: Collection[int],
    pushes: bool,
    quiet: bool,
    limit: int,
) -> list[OutboxRow]:
    """List due rows in the order they should leave, at most one a chat.

    Nothing goes to the chats in `passed_over`, no push to those in `no_push_to`, none at all
    unless `pushes`, and none that rings in `quiet` hours. An edit waits for the row it names.
    Rows that another transaction is changing (withdrawing, refreshing) keep their turn; those
    given are held until this one ends.
    """
    statement = _in_turn.limit(limit).where(
        OutboxRow.lane <= last_lane(pushes=pushes, quiet=quiet),
        OutboxRow.due_at <= now,
        *_open_to(passed_over, no_push_to),
    )
    seen: set[int] = set()
    rows = []
    for row in (await session.scalars(statement)).all():
        if row.chat_id is None or row.chat_id not in seen:
            rows.append(row)
        if row.chat_id is not None:
            seen.add(row.chat_id)
    return await _held(session, rows) if is_postgresql(session) else rows


async def _held(session: Session, rows: list[OutboxRow]) -> list[OutboxRow]:
    """Hold those of some waiting rows that nobody else is changing, and give them as they are now.

    SQLite's transaction already is the only writer.
    """
    free = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.id.in_([row.id for row in rows]), OutboxRow.state == State.QUEUED)
        .with_for_update(key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    held = {row.id for row in free}
    return [row for row in rows if row.id in held]


def _open_to(
    passed_over: Collection[int], no_push_to: Collection[int]
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    no_chat = OutboxRow.chat_id.is_(None)
    if passed_over:
        conditions.append(or_(no_chat, OutboxRow.chat_id.not_in(list(passed_over))))
    if no_push_to:
        open_chat = OutboxRow.chat_id.not_in(list(no_push_to))
        conditions.append(or_(OutboxRow.lane == Lane.ANSWER, no_chat, open_chat))
    return conditions


async def message_ids(session: Session, row_ids: Collection[int]) -> dict[int, int]:
    """Give the message ids that rows came to: row id -> message id, where there is one."""
    return {row_id: ids[0] for row_id, ids in (await became(session, row_ids)).items()}


async def became(session: Session, row_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Give all the messages that rows came to, of an album each: row id -> message ids."""
    if not row_ids:
        return {}
    found = await session.execute(
        select(OutboxRow.id, OutboxRow.message_id, OutboxRow.detail).where(
            OutboxRow.id.in_(list(row_ids)), OutboxRow.message_id.is_not(None)
        )
    )
    return {
        row_id: tuple((detail or {}).get(MESSAGES) or [message_id])
        for row_id, message_id, detail in found.all()
        if message_id
    }


async def sent_since(session: Session, since: datetime) -> list[OutboxRow]:
    """List what was sent since an instant, in that order: it still counts for the pace."""
    rows = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.state == State.SENT, OutboxRow.finished_at > since)
        .order_by(OutboxRow.finished_at)
    )
    return list(rows.all())


async def put_off(session: Session, now: datetime) -> list[tuple[int, datetime]]:
    """List the chats in which a message waits to be tried again: (chat id, until when)."""
    rows = await session.execute(
        select(OutboxRow.chat_id, OutboxRow.due_at).where(
            OutboxRow.state == State.QUEUED,
            OutboxRow.attempts > 0,
            OutboxRow.due_at > now,
            OutboxRow.chat_id.is_not(None),
        )
    )
    return [(chat_id, due_at) for chat_id, due_at in rows.all() if chat_id is not None]


async def made_file(session: Session, file_id: int) -> tuple[str, bytes]:
    """Give name and content of a file that the bot made."""
    row = await session.get_one(MadeFileRow, file_id)
    return row.name, row.content


async def language_of(session: Session, person_id: int) -> str | None:
    """Give the language in which a person reads; None for somebody who left."""
    return await session.scalar(
        select(PersonRow.language).where(PersonRow.id == person_id, PersonRow.left_at.is_(None))
    )

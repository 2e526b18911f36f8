"""What the sender does with rows: take them for sending, record what came of it.

The sender is one per token, so a row in `sending` that it does not know was in hand at a crash.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, String, delete, literal_column, or_, select, update
from sqlalchemy.orm import aliased

from models.database import Session, is_postgresql
from models.outbox.actions import EDIT, SEND
from models.outbox.rules import (
    FILES,
    OPEN_STATES,
    OVER,
    Attempt,
    Lane,
    Outcome,
    State,
    Verdict,
    is_unreachable,
    judge,
    judge_uncertain,
    remains,
)
from models.outbox.tables import MadeFileRow, OutboxRow
from models.outbox.views import Claimed
from models.people.tables import PersonRow

REASON_LENGTH = 500

IN_QUEUE = literal_column(f"'{State.QUEUED}'", String)
"""Written into the statement, so that a prepared plan can use the index of the queue alone."""


async def waiting(
    session: Session,
    now: datetime,
    *,
    passed_over: Collection[int],
    no_push_to: Collection[int],
    pushes: bool,
    limit: int,
) -> list[OutboxRow]:
    """List due rows in the order they should leave, at most one a chat.

    Nothing goes to the chats in `passed_over`, no push to those in `no_push_to`, and none at all
    unless `pushes`. An edit waits for the row it names. Rows that another transaction is changing
    (withdrawing, refreshing) keep their turn; those given are held until this one ends.
    """
    target = aliased(OutboxRow)
    statement = (
        select(OutboxRow)
        .outerjoin(target, OutboxRow.target_id == target.id)
        .where(
            OutboxRow.state == IN_QUEUE,
            OutboxRow.due_at <= now,
            or_(OutboxRow.target_id.is_(None), target.state.not_in(list(OPEN_STATES))),
        )
        .order_by(OutboxRow.lane, OutboxRow.id)
        .limit(limit)
    )
    statement = statement.where(*_open_to(passed_over, no_push_to, pushes=pushes))
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
    passed_over: Collection[int], no_push_to: Collection[int], *, pushes: bool
) -> list[ColumnElement[bool]]:
    is_answer = OutboxRow.lane == Lane.ANSWER
    conditions: list[ColumnElement[bool]] = [] if pushes else [is_answer]
    no_chat = OutboxRow.chat_id.is_(None)
    if passed_over:
        conditions.append(or_(no_chat, OutboxRow.chat_id.not_in(list(passed_over))))
    if pushes and no_push_to:
        open_chat = OutboxRow.chat_id.not_in(list(no_push_to))
        conditions.append(or_(is_answer, no_chat, open_chat))
    return conditions


async def message_ids(session: Session, row_ids: Collection[int]) -> dict[int, int]:
    """Give the message ids that rows came to: row id -> message id, where there is one."""
    if not row_ids:
        return {}
    found = await session.execute(
        select(OutboxRow.id, OutboxRow.message_id).where(
            OutboxRow.id.in_(list(row_ids)), OutboxRow.message_id.is_not(None)
        )
    )
    return {row_id: message_id for row_id, message_id in found.all() if message_id}


def claim(row: OutboxRow, found: Mapping[int, int], now: datetime) -> Claimed | None:
    """Take a row for sending: its state is `sending` once this transaction commits.

    An answer that was to change a message which was never sent goes as a new one; any other
    change of such a message is dropped: None.
    """
    target = found.get(row.target_id) if row.target_id is not None else None
    if row.target_id is not None and target is None:
        if row.lane != Lane.ANSWER or row.method != EDIT or row.payload is None:
            row.state, row.finished_at = State.DROPPED, now
            row.reason = "the message it changes was never sent"
            row.payload = None if row.payload is None else remains(row.method, row.payload)
            return None
        _send_anew(row)
    row.state, row.attempts = State.SENDING, row.attempts + 1
    row.message_id = target or (row.payload or {}).get("message_id")
    return _view(row, target)


async def record(session: Session, row_id: int, attempt: Attempt, now: datetime) -> Verdict:
    """Write down what came of one attempt, and what follows from it for the person.

    What has been written down before stays as it is.
    """
    row = await session.get_one(OutboxRow, row_id)
    if row.state != State.SENDING:
        return Verdict(State(row.state), row.due_at)
    verdict = judge(
        attempt,
        lane=Lane(row.lane),
        method=row.method,
        attempts=row.attempts,
        repeats=row.repeats,
        now=now,
    )
    _apply(row, verdict, now)
    row.message_id = attempt.message_id or row.message_id
    row.reason = attempt.reason[:REASON_LENGTH] if attempt.reason else None
    if verdict.anew:
        _send_anew(row)
    await _follow(session, row, attempt, now)
    return verdict


async def _follow(session: Session, row: OutboxRow, attempt: Attempt, now: datetime) -> None:
    """Do what an outcome means beyond its own row."""
    if row.chat_id is not None and is_unreachable(attempt, row.chat_id):
        await _unreachable(session, row.chat_id, now)
    if attempt.outcome is Outcome.MIGRATED and attempt.new_chat_id is not None:
        await _migrate(session, row, attempt.new_chat_id)
    if row.state in OVER and row.payload is not None:
        ids = list(row.payload.get(FILES, {}).values())
        row.payload = remains(row.method, row.payload)
        if ids:
            await session.execute(delete(MadeFileRow).where(MadeFileRow.id.in_(ids)))


async def recover(
    session: Session, now: datetime, *, known: Collection[int] = ()
) -> list[OutboxRow]:
    """Judge what was in hand when the last sender ended without a word, and give it.

    Rows in `known` are in hand now and stay as they are.
    """
    rows = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.state == State.SENDING, OutboxRow.id.not_in(list(known)))
        .order_by(OutboxRow.id)
    )
    in_hand = list(rows.all())
    for row in in_hand:
        verdict = judge_uncertain(
            lane=Lane(row.lane),
            method=row.method,
            attempts=row.attempts,
            repeats=row.repeats,
            now=now,
        )
        _apply(row, verdict, now)
        row.due_at = now
        row.reason = "in hand at a crash"
    return in_hand


async def put_back(session: Session, row_ids: Collection[int]) -> None:
    """Queue again what was taken but certainly never left: the taking's commit was in doubt."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(list(row_ids)), OutboxRow.state == State.SENDING)
        .values(state=State.QUEUED, attempts=OutboxRow.attempts - 1)
    )


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


def _apply(row: OutboxRow, verdict: Verdict, now: datetime) -> None:
    row.state = verdict.state
    row.repeat = row.repeat or verdict.repeat
    row.repeats += verdict.again
    if verdict.due_at is not None:
        row.due_at = verdict.due_at
    if verdict.state not in OPEN_STATES:
        row.finished_at = now


def _send_anew(row: OutboxRow) -> None:
    row.method, row.target_id, row.message_id = SEND, None, None
    row.payload = {k: v for k, v in (row.payload or {}).items() if k != "message_id"}


async def _unreachable(session: Session, chat_id: int, now: datetime) -> None:
    await session.execute(
        update(PersonRow)
        .where(PersonRow.telegram_id == chat_id, PersonRow.unreachable_at.is_(None))
        .values(unreachable_at=now)
    )
    await session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.state == State.QUEUED,
            OutboxRow.lane != Lane.ANSWER,
        )
        .values(state=State.BLOCKED, reason="the person cannot be reached", finished_at=now)
    )


async def _migrate(session: Session, moved: OutboxRow, new_chat_id: int) -> None:
    """Send what waits for a group to the supergroup it became; its payload names the chat too."""
    rows = await session.scalars(
        select(OutboxRow).where(OutboxRow.chat_id == moved.chat_id, OutboxRow.state == State.QUEUED)
    )
    for row in rows.all():
        row.chat_id = new_chat_id
        if row.payload is not None and "chat_id" in row.payload:
            row.payload = {**row.payload, "chat_id": new_chat_id}


def _view(row: OutboxRow, target_message_id: int | None) -> Claimed:
    return Claimed(
        id=row.id,
        lane=Lane(row.lane),
        chat_id=row.chat_id,
        method=row.method,
        payload=row.payload,
        kind=row.kind,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        detail=row.detail or {},
        target_message_id=target_message_id,
        attempts=row.attempts,
        repeat=row.repeat,
    )

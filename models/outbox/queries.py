"""What the sender does with rows: take them for sending, record what came of it.

The sender is one per token, so a row in `sending` that it does not know was in hand at a crash.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import aliased

from models.database import Session
from models.outbox.rules import (
    OPEN_STATES,
    Attempt,
    Lane,
    Outcome,
    State,
    Verdict,
    judge,
    judge_uncertain,
)
from models.outbox.tables import MadeFileRow, OutboxRow
from models.outbox.views import Claimed
from models.people.tables import PersonRow

REASON_LENGTH = 500


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
    unless `pushes`. An edit waits for the row it names.
    """
    target = aliased(OutboxRow)
    statement = (
        select(OutboxRow)
        .outerjoin(target, OutboxRow.target_id == target.id)
        .where(
            OutboxRow.state == State.QUEUED,
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
    return rows


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


async def targets(session: Session, rows: Sequence[OutboxRow]) -> dict[int, int]:
    """Give the message ids of the rows that these rows name: row id -> message id."""
    row_ids = [row.target_id for row in rows if row.target_id is not None]
    if not row_ids:
        return {}
    found = await session.execute(
        select(OutboxRow.id, OutboxRow.message_id).where(
            OutboxRow.id.in_(row_ids), OutboxRow.message_id.is_not(None)
        )
    )
    return {row_id: message_id for row_id, message_id in found.all() if message_id}


def claim(row: OutboxRow, targets: Mapping[int, int], now: datetime) -> Claimed | None:
    """Take a row for sending: its state is `sending` once this transaction commits.

    An edit whose target never became a message is dropped instead: None.
    """
    target = targets.get(row.target_id) if row.target_id is not None else None
    if row.target_id is not None and target is None:
        row.state, row.finished_at = State.DROPPED, now
        row.reason = "the message it changes was never sent"
        return None
    row.state, row.attempts = State.SENDING, row.attempts + 1
    return _view(row, target)


async def record(session: Session, row_id: int, attempt: Attempt, now: datetime) -> Verdict:
    """Write down what came of one attempt, and what follows from it for the person."""
    row = await session.get_one(OutboxRow, row_id)
    verdict = judge(attempt, lane=Lane(row.lane), method=row.method, attempts=row.attempts, now=now)
    _apply(row, verdict, now)
    if verdict.anew:
        _send_anew(row)
    row.reason = attempt.reason[:REASON_LENGTH] if attempt.reason else None
    row.message_id = attempt.message_id or row.message_id
    if attempt.outcome is Outcome.BLOCKED and row.chat_id is not None:
        await _unreachable(session, row.chat_id, now)
    if attempt.outcome is Outcome.MIGRATED and attempt.new_chat_id is not None:
        await _migrate(session, row.chat_id, attempt.new_chat_id)
    return verdict


async def recover(session: Session, now: datetime) -> int:
    """Judge what was in hand when the last sender ended without a word; give how many."""
    rows = await session.scalars(select(OutboxRow).where(OutboxRow.state == State.SENDING))
    in_hand = rows.all()
    for row in in_hand:
        verdict = judge_uncertain(
            lane=Lane(row.lane), method=row.method, attempts=row.attempts, now=now
        )
        _apply(row, verdict, now)
        row.due_at = now
        row.reason = "in hand at a crash"
    return len(in_hand)


async def next_due(session: Session) -> datetime | None:
    """Give the earliest instant at which a queued row may leave."""
    return await session.scalar(
        select(func.min(OutboxRow.due_at)).where(OutboxRow.state == State.QUEUED)
    )


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
    if verdict.due_at is not None:
        row.due_at = verdict.due_at
    if verdict.state not in OPEN_STATES:
        row.finished_at = now


def _send_anew(row: OutboxRow) -> None:
    row.method, row.target_id = "sendMessage", None
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
        .values(state=State.BLOCKED, reason="the person has blocked the bot", finished_at=now)
    )


async def _migrate(session: Session, old_chat_id: int | None, new_chat_id: int) -> None:
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == old_chat_id, OutboxRow.state == State.QUEUED)
        .values(chat_id=new_chat_id)
    )


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

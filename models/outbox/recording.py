"""What the sender writes down: which rows it takes, what came of each, what was in hand at a crash.

The sender is one per token, so a row in `sending` that it does not know was in hand at a crash.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from models.database import Session
from models.outbox.actions import SEND
from models.outbox.refreshing import EDIT
from models.outbox.rules import (
    FILES,
    MESSAGES,
    OPEN_STATES,
    OVER,
    UNSENT_STATES,
    Attempt,
    Lane,
    Outcome,
    State,
    Verdict,
    is_unreachable,
    judge,
    judge_uncertain,
    messages_in,
    remains,
)
from models.outbox.tables import MadeFileRow, OutboxRow
from models.outbox.views import Claimed
from models.people.tables import PersonRow

REASON_LENGTH = 500


def claim(row: OutboxRow, found: Mapping[int, tuple[int, ...]], now: datetime) -> Claimed | None:
    """Take a row for sending: its state is `sending` once this transaction commits.

    `found` gives the messages that the rows which are changed or deleted came to.
    An answer that was to change a message which was never sent goes as a new one; any other
    change of such a message is dropped: None.
    """
    target = found.get(row.target_id, ()) if row.target_id is not None else ()
    if row.target_id is not None and not target:
        if row.lane != Lane.ANSWER or row.method != EDIT or row.payload is None:
            row.state, row.finished_at = State.DROPPED, now
            row.reason = "the message it changes was never sent"
            row.payload = None if row.payload is None else remains(row.method, row.payload)
            return None
        _send_anew(row)
    row.state, row.attempts = State.SENDING, row.attempts + 1
    row.message_id = target[0] if target else (row.payload or {}).get("message_id")
    return _view(row, target)


def messages_of(row: OutboxRow) -> int:
    """Count the messages that a row's call put into its chat, or would, as far as is known."""
    became = (row.detail or {}).get(MESSAGES) or ()
    return max(len(became), messages_in(row.method, row.payload))


def give_back(row: OutboxRow) -> None:
    """Undo the taking of a row that did not leave in the round that took it."""
    row.state, row.attempts = State.QUEUED, row.attempts - 1


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
    row.attempts -= attempt.outcome is Outcome.HELD
    row.message_id = attempt.message_id or row.message_id
    row.reason = attempt.reason[:REASON_LENGTH] if attempt.reason else None
    if attempt.message_ids:
        row.detail = {**(row.detail or {}), MESSAGES: list(attempt.message_ids)}
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
            OutboxRow.state.in_(UNSENT_STATES),
            OutboxRow.lane != Lane.ANSWER,
        )
        .values(state=State.BLOCKED, reason="the person cannot be reached", finished_at=now)
    )


async def _migrate(session: Session, moved: OutboxRow, new_chat_id: int) -> None:
    """Send what waits for a group to the supergroup it became; its payload names the chat too."""
    rows = await session.scalars(
        select(OutboxRow).where(
            OutboxRow.chat_id == moved.chat_id, OutboxRow.state.in_(UNSENT_STATES)
        )
    )
    for row in rows.all():
        row.chat_id = new_chat_id
        if row.payload is not None and "chat_id" in row.payload:
            row.payload = {**row.payload, "chat_id": new_chat_id}


def _view(row: OutboxRow, target_message_ids: tuple[int, ...]) -> Claimed:
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
        target_message_ids=target_message_ids,
        attempts=row.attempts,
        repeat=row.repeat,
    )

"""What the sender writes down: which rows it takes, what came of each, what was in hand at a crash.

The sender is one per token, so a row in `sending` that it does not know was in hand at a crash.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from models.base import table_of
from models.database import Session, selected
from models.outbox.actions import SEND, compose, notify
from models.outbox.queries import NOT_IN_QUEUE
from models.outbox.reaching import hold_back
from models.outbox.refreshing import EDIT
from models.outbox.rules import (
    ANSWER_TAP,
    FILES,
    MESSAGES,
    OPEN_STATES,
    OVER,
    TAPPED_BY,
    UNSENT_STATES,
    Attempt,
    Lane,
    RowVerdict,
    Said,
    SendOutcome,
    State,
    is_unreachable,
    judge,
    judge_uncertain,
    messages_in,
    remains,
    takes_none,
)
from models.outbox.tables import MadeFileRow, OutboxRow
from models.outbox.views import Left, RowInHand, WaitingRow
from models.people.tables import PersonRow

REASON_LENGTH = 500

_row = table_of(OutboxRow)
_in_queue = _row.c.state == State.QUEUED
_taken = {"state": State.SENDING, "attempts": _row.c.attempts + 1}
_TAKE = (
    update(_row).where(_row.c.id.in_(bindparam("ids", expanding=True)), _in_queue).values(**_taken)
)
_which = _row.c.id == bindparam("which")
_TAKE_CHANGE = (
    update(_row).where(_which, _in_queue).values(**_taken, message_id=bindparam("message_id"))
)
_TAKE_ANEW = (
    update(_row)
    .where(_which, _in_queue)
    .values(**_taken, method=SEND, target_id=None, message_id=None, payload=bindparam("payload"))
)
_DROP = (
    update(_row)
    .where(_which)
    .values(
        state=State.DROPPED,
        reason="the message it changes was never sent",
        finished_at=bindparam("finished_at"),
        payload=bindparam("payload"),
    )
)
_IN_HAND = select(
    _row.c.id,
    _row.c.state,
    _row.c.lane,
    _row.c.chat_id,
    _row.c.method,
    _row.c.payload,
    _row.c.detail,
    _row.c.target_id,
    _row.c.repeat,
    _row.c.attempts,
    _row.c.repeats,
    _row.c.due_at,
    _row.c.message_id,
).where(_row.c.id.in_(bindparam("ids", expanding=True)))
_FOLLOWS = ("state", "repeat", "repeats", "attempts", "message_id", "reason", "detail", "payload")
_END = (
    update(_row)
    .where(_which)
    .values({name: bindparam(name) for name in (*_FOLLOWS, "finished_at")})
)
_AGAIN = (
    update(_row)
    .where(_which)
    .values({name: bindparam(name) for name in (*_FOLLOWS, "due_at", "method", "target_id")})
)
_STILL = select(_row.c.id).where(
    _row.c.id.in_(bindparam("ids", expanding=True)), _row.c.state == State.SENDING
)
_SENT = (
    update(_row)
    .where(_which, _row.c.state == State.SENDING)
    .values(
        state=State.SENT,
        message_id=func.coalesce(bindparam("became"), _row.c.message_id),
        reason=None,
        finished_at=bindparam("finished_at"),
        payload=bindparam("payload"),
    )
)
_ANY_IN_HAND = select(_row.c.id).where(NOT_IN_QUEUE, _row.c.state == State.SENDING).limit(1)


def aim(row: WaitingRow, found: Mapping[int, tuple[int, ...]]) -> RowInHand | None:
    """Say what leaves of a waiting row; None for a change of a message that was never sent.

    `found` gives the messages that the rows which are changed or deleted came to. An answer that
    was to change a message which was never sent goes as a new one.
    """
    target = found.get(row.target_id, ()) if row.target_id is not None else ()
    lost = row.target_id is not None and not target
    if lost and (row.lane != Lane.ANSWER or row.method != EDIT or row.payload is None):
        return None
    return RowInHand(
        id=row.id,
        lane=Lane(row.lane),
        chat_id=row.chat_id,
        method=SEND if lost else row.method,
        payload=_anew(row.payload) if lost else row.payload,
        kind=row.kind,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        detail=row.detail or {},
        target_message_ids=target,
        attempts=row.attempts + 1,
        repeat=row.repeat,
        anew=lost,
    )


async def take(session: Session, rows: Sequence[RowInHand]) -> None:
    """Take rows for sending: their state is `sending` once this transaction commits."""
    whole = [row for row in rows if not row.anew and row.changes is None]
    if whole:
        await session.execute(_TAKE, {"ids": [row.id for row in whole]})
    changing = [row for row in rows if not row.anew and row.changes is not None]
    if changing:
        values = [{"which": row.id, "message_id": row.changes} for row in changing]
        await session.execute(_TAKE_CHANGE, values)
    anew = [row for row in rows if row.anew]
    if anew:
        await session.execute(
            _TAKE_ANEW, [{"which": row.id, "payload": row.payload} for row in anew]
        )


async def drop(session: Session, rows: Sequence[WaitingRow], now: datetime) -> None:
    """Drop changes of messages that were never sent."""
    values = [
        {"which": row.id, "finished_at": now, "payload": _left(row.method, row.payload)}
        for row in rows
    ]
    if values:
        await session.execute(_DROP, values)


def messages_of(row: Left) -> int:
    """Count the messages that a row's call put into its chat, or would, as far as is known."""
    became = (row.detail or {}).get(MESSAGES) or ()
    return max(len(became), messages_in(row.method, row.payload))


async def record(
    session: Session, ended: Sequence[tuple[int, Attempt]], now: datetime
) -> list[RowVerdict]:
    """Write down what came of attempts, by row, and what follows from each for the person.

    What has been written down before stays as it is. However many there are, they are read in one
    statement and written in two.
    """
    if not ended:
        return []
    ids = [row_id for row_id, _ in ended]
    rows = {row.id: row for row in await selected(session, _IN_HAND, {"ids": ids})}
    verdicts: list[RowVerdict] = []
    over: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for row_id, attempt in ended:
        row = rows[row_id]
        if row.state != State.SENDING:
            verdicts.append(RowVerdict(State(row.state), row.due_at))
            continue
        verdict = _judged(row, attempt, now)
        verdicts.append(verdict)
        line = again if verdict.state in OPEN_STATES else over
        line.append(_written(row, attempt, verdict, now))
    if over:
        await session.execute(_END, over)
    if again:
        await session.execute(_AGAIN, again)
    for (row_id, attempt), verdict in zip(ended, verdicts, strict=True):
        if rows[row_id].state == State.SENDING:
            await _follow(session, rows[row_id], attempt, verdict, now)
    return verdicts


async def record_sent(
    session: Session, sent: Sequence[tuple[RowInHand, int | None]], now: datetime
) -> set[int]:
    """Write down that plain rows were sent, with the messages they became; return which were.

    It is what `record` writes of them without reading them: from a plain row nothing follows.
    Those that are not in hand any more are left for `record` to look at.
    """
    if not sent:
        return set()
    ids = [row.id for row, _ in sent]
    still = {row.id for row in await selected(session, _STILL, {"ids": ids})}
    values: list[dict[str, Any]] = [
        {
            "which": row.id,
            "became": message_id,
            "finished_at": now,
            "payload": None if row.payload is None else {},
        }
        for row, message_id in sent
        if row.id in still
    ]
    if values:
        await session.execute(_SENT, values)
    return still


def _judged(row: Row[Any], attempt: Attempt, now: datetime) -> RowVerdict:
    """Judge an attempt; what a group refuses is nothing that a human here can mend."""
    verdict = _judged_alone(row, attempt, now)
    in_group = row.chat_id is not None and row.chat_id < 0
    if in_group and verdict.state in {State.FAILED, State.UNCERTAIN}:
        return replace(verdict, state=State.GONE)
    return verdict


def _judged_alone(row: Row[Any], attempt: Attempt, now: datetime) -> RowVerdict:
    return judge(
        attempt,
        lane=Lane(row.lane),
        method=row.method,
        attempts=row.attempts,
        repeats=row.repeats,
        now=now,
    )


def _written(row: Row[Any], attempt: Attempt, verdict: RowVerdict, now: datetime) -> dict[str, Any]:
    """Return what is written of a row after an attempt, by the columns of `_END` and `_AGAIN`."""
    became = {MESSAGES: list(attempt.message_ids)} if attempt.message_ids else {}
    values = {
        "which": row.id,
        "state": verdict.state,
        "repeat": row.repeat or verdict.repeat,
        "repeats": row.repeats + verdict.again,
        "attempts": row.attempts - (attempt.outcome is SendOutcome.HELD),
        "message_id": attempt.message_id or row.message_id,
        "reason": attempt.reason[:REASON_LENGTH] if attempt.reason else None,
        "detail": {**(row.detail or {}), **became} if became else row.detail,
        "payload": row.payload,
    }
    if verdict.state not in OPEN_STATES:
        kept = row.payload if verdict.state not in OVER else _left(row.method, row.payload)
        return values | {"finished_at": now, "payload": kept}
    target = {"method": row.method, "target_id": row.target_id}
    if verdict.anew:
        values |= {"message_id": None, "payload": _anew(row.payload)}
        target = {"method": SEND, "target_id": None}
    return values | target | {"due_at": verdict.due_at or row.due_at}


async def _follow(
    session: Session, row: Row[Any], attempt: Attempt, verdict: RowVerdict, now: datetime
) -> None:
    """Do what an outcome means beyond its own row."""
    if row.chat_id is not None and is_unreachable(attempt, row.chat_id):
        await _unreachable(session, row.chat_id, now)
    if row.lane == Lane.ANSWER and row.payload is not None:
        await _say_below(session, row, attempt, verdict, now)
    if attempt.outcome is SendOutcome.MIGRATED and attempt.new_chat_id is not None:
        await _migrate(session, row.chat_id, attempt.new_chat_id)
    if verdict.state in OVER and row.payload and FILES in row.payload:
        ids = list(row.payload[FILES].values())
        await session.execute(delete(MadeFileRow).where(MadeFileRow.id.in_(ids)))


async def _say_below(
    session: Session, row: Row[Any], attempt: Attempt, verdict: RowVerdict, now: datetime
) -> None:
    """Follow an answer that did not get through with a message: never silence.

    The words of a toast that came too late are said in the chat; of all else it is said that it
    could not be shown, and why.
    """
    over = {State.GONE, State.FAILED, State.BLOCKED}
    if verdict.state not in over or (row.chat_id and is_unreachable(attempt, row.chat_id)):
        return
    if row.method == ANSWER_TAP:
        tapper, words = (row.detail or {}).get(TAPPED_BY), row.payload.get("text")
        if tapper and words:
            told = {"chat_id": tapper, "text": words}
            await compose(session, method=SEND, payload=told, chat_id=tapper, now=now)
        return
    reader = select(PersonRow.id).where(PersonRow.telegram_id == row.chat_id)
    person_id = await session.scalar(reader) if row.chat_id and row.chat_id > 0 else None
    if person_id is not None and row.method.startswith(("send", "edit", "copy")):
        detail = {"method": row.method, "settings": takes_none(attempt.reason)}
        await notify(
            session,
            recipient_id=person_id,
            kind=Said.REFUSED,
            subject_id=row.id,
            now=now,
            lane=Lane.ANSWER,
            detail=detail,
        )


async def recover(
    session: Session, now: datetime, *, known: Collection[int] = ()
) -> list[OutboxRow]:
    """Judge what was in hand when the last sender ended without a word, and give it.

    Rows in `known` are in hand now and stay as they are.
    """
    if not await selected(session, _ANY_IN_HAND, {}):
        return []
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


def _apply(row: OutboxRow, verdict: RowVerdict, now: datetime) -> None:
    row.state = verdict.state
    row.repeat = row.repeat or verdict.repeat
    row.repeats += verdict.again
    if verdict.due_at is not None:
        row.due_at = verdict.due_at
    if verdict.state not in OPEN_STATES:
        row.finished_at = now


def _anew(payload: dict[str, Any] | None) -> dict[str, Any]:
    """Return the payload of a change as that of a new message."""
    return {key: value for key, value in (payload or {}).items() if key != "message_id"}


def _left(method: str, payload: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if payload is None else remains(method, payload)


async def _unreachable(session: Session, chat_id: int, now: datetime) -> None:
    person_id = await session.scalar(
        update(PersonRow)
        .where(PersonRow.telegram_id == chat_id, PersonRow.unreachable_at.is_(None))
        .values(unreachable_at=now)
        .returning(PersonRow.id)
        .execution_options(synchronize_session=False)
    )
    if person_id is not None:
        await hold_back(session, person_id, chat_id, now)


async def _migrate(session: Session, chat_id: int, new_chat_id: int) -> None:
    """Send what waits for a group to the supergroup it became; its payload names the chat too."""
    rows = await session.scalars(
        select(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.state.in_(UNSENT_STATES))
    )
    for row in rows.all():
        row.chat_id = new_chat_id
        if row.payload is not None and "chat_id" in row.payload:
            row.payload = {**row.payload, "chat_id": new_chat_id}

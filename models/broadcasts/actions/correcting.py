"""Correcting every copy in place, and taking copies back."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from models.broadcasts.actions.going import held
from models.broadcasts.actions.holding import end_sending
from models.broadcasts.rules import (
    COPIES,
    RECALL_WITHIN,
    URGENT,
    Content,
    Move,
    Notice,
    Outcome,
    State,
    Style,
    fault_of,
    in_other_words,
)
from models.broadcasts.tables import BroadcastRow
from models.database import Session, insert_new
from models.help.policy import policy_of
from models.hours.rules import in_quiet_hours
from models.outbox.actions import ROWS_AT_ONCE, notify
from models.outbox.recording import MESSAGES
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from models.people.views import Person

DELETE, DELETE_ALL = "deleteMessage", "deleteMessages"


async def correct(
    session: Session,
    actor: Person,
    broadcast_id: int,
    content: Content,
    other: Content | None,
    *,
    now: datetime,
) -> Outcome:
    """Put other words into every copy that was sent and into those that are still to be sent.

    What goes along stays: Telegram turns no message into one of another kind. A correction does not
    wait for a second person, as a false alarm must not; whoever approved it is told of the words.
    """
    row = await held(session, actor, broadcast_id, Move.CORRECT, now=now)
    if isinstance(row, Outcome):
        return row
    if row.recalled_at is not None:
        return Outcome.TOO_LATE
    was = Content.of(row.content)
    first = in_other_words(was, content)
    second = None if other is None else in_other_words(was, other)
    if fault_of(first) or (second is not None and fault_of(second)):
        return Outcome.WRONG_CONTENT
    row.content = first.kept()
    row.content_other = None if second is None else second.kept()
    row.version += 1
    row.corrected_at, row.changed_at = now, now
    lane = _lane(session, row, now)
    await refresh(session, kinds=[Notice.COPY], subject_ids=[row.id], now=now, lane=lane)
    await _tell_approver(session, row, now)
    return Outcome.CORRECTED


async def recall(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Outcome:
    """Delete every copy that Telegram still lets us delete, and send no more.

    A copy in the sender's hands is deleted once it has arrived. What was sent more than 48 hours
    ago, or is uncertain, stays where it is: `queries.recalling` counts and lists it.
    """
    row = await held(session, actor, broadcast_id, Move.RECALL, now=now)
    if isinstance(row, Outcome):
        return row
    if row.recalled_at is not None:
        return Outcome.TOO_LATE
    row.recalled_at, row.changed_at = now, now
    if row.state in {State.SENDING, State.PAUSED}:
        await end_sending(session, row, now)
    lane = _lane(session, row, now)
    deletions = [_deletion(copy, lane, now) for copy in await _deletable(session, row.id, now)]
    for start in range(0, len(deletions), ROWS_AT_ONCE):
        await insert_new(session, OutboxRow, deletions[start : start + ROWS_AT_ONCE])
    await _tell_approver(session, row, now)
    return Outcome.RECALLED


async def _deletable(session: Session, broadcast_id: int, now: datetime) -> list[OutboxRow]:
    rows = await session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.kind.in_(COPIES),
            OutboxRow.subject_id == broadcast_id,
            OutboxRow.target_id.is_(None),
            OutboxRow.chat_id.is_not(None),
            or_(
                OutboxRow.state == Copy.SENDING,
                (OutboxRow.state == Copy.SENT) & (OutboxRow.finished_at > now - RECALL_WITHIN),
            ),
        )
        .order_by(OutboxRow.id)
    )
    return list(rows.all())


def _lane(session: Session, row: BroadcastRow, now: datetime) -> Lane:
    """Give the lane in which copies are changed or deleted: thousands at once.

    Those of an emergency go first of all. Others let go before them what people tell each other
    meanwhile; at night, when nothing else that is silent waits for long, they go at once.
    """
    if Style(row.style) in URGENT:
        return Lane.URGENT
    quiet = in_quiet_hours(now, policy_of(session).quiet)
    return Lane.LIVE if quiet else Lane.NOTICE


def _deletion(copy: OutboxRow, lane: Lane, now: datetime) -> dict[str, Any]:
    """Give the call that deletes a copy; of an album all of it."""
    pieces = (copy.detail or {}).get(MESSAGES)
    payload: dict[str, Any] = {"chat_id": copy.chat_id}
    return {
        "lane": lane,
        "state": Copy.QUEUED,
        "chat_id": copy.chat_id,
        "method": DELETE_ALL if pieces else DELETE,
        "payload": {**payload, "message_ids": pieces} if pieces else payload,
        "recipient_id": copy.recipient_id,
        "target_id": copy.id,
        "repeat": False,
        "attempts": 0,
        "repeats": 0,
        "created_at": now,
        "due_at": now,
    }


async def _tell_approver(session: Session, row: BroadcastRow, now: datetime) -> None:
    if row.approved_by is not None:
        await notify(
            session,
            recipient_id=row.approved_by,
            kind=Notice.CHANGED,
            subject_id=row.id,
            now=now,
            lane=Lane.LIVE,
            dedupe=f"{Notice.CHANGED}:{row.id}:{now.isoformat()}",
        )

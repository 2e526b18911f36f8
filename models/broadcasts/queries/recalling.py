"""What a recall could not take back."""

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from models.broadcasts.rules.sending import COPIES
from models.database import Session
from models.outbox.rules import State
from models.outbox.tables import OutboxRow

DELETED = (State.QUEUED, State.SENDING, State.SENT, State.GONE)
"""Of a deletion standing so the copy is gone, or about to be."""


async def left_behind(session: Session, broadcast_id: int) -> int:
    """Count the chats in which something of a recalled broadcast stays, or may stay."""
    counted = await session.scalar(
        select(func.count()).select_from(kept_by(broadcast_id).subquery())
    )
    return counted or 0


def kept_by(broadcast_id: int) -> Select[int | None]:
    """Select by number the readers in whose chats something of it stays; of one that was not
    recalled all who have it."""
    deletion = aliased(OutboxRow)
    taken = exists().where(
        deletion.target_id == OutboxRow.id,
        deletion.method.startswith("deleteMessage"),
        deletion.state.in_(DELETED),
    )
    return (
        select(OutboxRow.recipient_id)
        .where(
            OutboxRow.kind.in_(COPIES),
            OutboxRow.subject_id == broadcast_id,
            OutboxRow.target_id.is_(None),
            OutboxRow.state.in_((State.SENT, State.UNCERTAIN)),
            ~taken,
        )
        .distinct()
    )

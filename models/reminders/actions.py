"""Setting and cancelling reminders, and taking what is due."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from models.database import Session, insert_once
from models.reminders.rules import Lateness, State, is_late, lapses
from models.reminders.tables import ReminderRow
from models.reminders.views import Due, Taken

KEPT_FOR = timedelta(days=180)
"""How long a reminder is kept once it is settled; one that failed is kept for a human."""


async def remind(
    session: Session,
    *,
    kind: str,
    subject_id: int,
    due_at: datetime,
    lateness: Lateness,
    detail: dict[str, Any] | None = None,
    dedupe: str | None = None,
) -> bool:
    """Set a reminder; False when the same one (`dedupe`, else kind, subject and instant) is set.

    One that was cancelled is set anew: what it was for has come back.
    """
    values = {
        "kind": kind,
        "subject_id": subject_id,
        "due_at": due_at,
        "lateness": lateness,
        "detail": detail,
        "state": State.PENDING,
        "dedupe": dedupe or f"{kind}:{subject_id}:{due_at.isoformat()}",
    }
    return await insert_once(session, ReminderRow, values) or await _set_anew(session, values)


async def _set_anew(session: Session, values: dict[str, Any]) -> bool:
    revived = await session.scalar(
        update(ReminderRow)
        .where(ReminderRow.dedupe == values["dedupe"], ReminderRow.state == State.CANCELLED)
        .values(values | {"settled_at": None, "reason": None})
        .returning(ReminderRow.id)
    )
    return revived is not None


async def cancel(
    session: Session, *, subject_id: int, kinds: list[str], reason: str, now: datetime
) -> None:
    """Cancel the pending reminders of these kinds about a subject.

    One that a sweep is firing at this moment is passed over: waiting for it, while it waits for
    what this transaction holds, would lock both out. Its effect looks at the subject's state.
    """
    pending = (
        select(ReminderRow.id)
        .where(
            ReminderRow.kind.in_(kinds),
            ReminderRow.subject_id == subject_id,
            ReminderRow.state == State.PENDING,
        )
        .with_for_update(skip_locked=True)
    )
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id.in_(pending))
        .values(state=State.CANCELLED, reason=reason, settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def take_due(session: Session, now: datetime, limit: int) -> Taken:
    """Settle up to `limit` due reminders, oldest first, and give those that fire.

    The rows are locked where the database can (PostgreSQL; SQLite's transaction already is the
    only writer), so two sweeps at once never take the same one. Those whose policy lets them go
    are settled as lapsed, with the reason, and do not fire.
    """
    rows = await session.scalars(
        select(ReminderRow)
        .where(ReminderRow.state == State.PENDING, ReminderRow.due_at <= now)
        .order_by(ReminderRow.due_at, ReminderRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = rows.all()
    return Taken(len(taken), tuple(due for row in taken if (due := _settle(row, now))))


async def fail(session: Session, reminder_id: int, reason: str) -> None:
    """Keep a reminder whose effect raised as failed, with the reason."""
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder_id)
        .values(state=State.FAILED, reason=reason)
    )


async def forget_old(session: Session, now: datetime) -> None:
    """Drop what was settled longer ago than `KEPT_FOR`."""
    over = ReminderRow.state.in_([State.FIRED, State.LAPSED, State.CANCELLED])
    await session.execute(delete(ReminderRow).where(over, ReminderRow.settled_at < now - KEPT_FOR))


def _settle(row: ReminderRow, now: datetime) -> Due | None:
    row.settled_at = now
    if lapses(Lateness(row.lateness), row.due_at, now):
        row.state, row.reason = State.LAPSED, f"late by {now - row.due_at}"
        return None
    row.state = State.FIRED
    late = is_late(row.due_at, now)
    return Due(row.id, row.kind, row.subject_id, row.due_at, late, row.detail or {})

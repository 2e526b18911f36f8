"""A live count on open cards without a change per tap: taps are gathered, each card shows the last.

A tap sets one reminder for the count of its subject, unless one is set; its effect changes the
newest card of each reader, and says until when the next taps are gathered.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from models.database import Session
from models.outbox.refreshing import refresh_newest
from models.outbox.rules import Lane, gather, next_count
from models.reminders.actions import remind
from models.reminders.rules import State
from models.reminders.tables import ReminderRow

COUNTED_FOR = timedelta(days=7)
"""For how long after it was sent a card goes on counting: older ones nobody scrolls up to."""


async def count_soon(
    session: Session, *, kind: str, subject_id: int, count_after: datetime | None, now: datetime
) -> None:
    """Have the open cards of a subject, whose lock is held, show its new count before long.

    `kind` is that of the reminder whose effect calls `show_count`, `count_after` what that gave
    last. One reminder is enough: what its effect reads is the count of its moment. Whoever holds
    the lock sees one that is being fired either pending, and it waits for them, or settled.
    """
    pending = await session.scalar(
        select(ReminderRow.id)
        .where(
            ReminderRow.kind == kind,
            ReminderRow.subject_id == subject_id,
            ReminderRow.state == State.PENDING,
        )
        .limit(1)
    )
    if pending is None:
        due_at = next_count(now, count_after)
        await remind(session, kind=kind, subject_id=subject_id, due_at=due_at)


async def show_count(
    session: Session,
    *,
    kinds: Iterable[str],
    subject_id: int,
    now: datetime,
    readers: Select[int] | None = None,
) -> datetime:
    """Change the newest card of each reader, behind all else; give until when taps are gathered.

    `readers` selects by number whose cards alone show the count.
    """
    await session.flush()
    cards = await refresh_newest(
        session,
        kinds=kinds,
        subject_id=subject_id,
        now=now,
        lane=Lane.BULK,
        since=now - COUNTED_FOR,
        readers=readers,
    )
    return now + gather(cards)

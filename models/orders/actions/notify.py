"""Notices about orders, and cards changed in place."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.database import Session
from models.help.tables import RequestRow
from models.orders.queries.parts import office_clock
from models.orders.rules import CARDS, VISIT_CARDS, Notice, Reminder, street_at
from models.orders.tables import OrderRow
from models.outbox.actions import notify
from models.outbox.refreshing import refresh
from models.reminders.actions import cancel, remind


async def tell(
    session: Session,
    order: OrderRow,
    kind: Notice,
    people: Iterable[int | None],
    *,
    now: datetime,
    actor_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice about an order for each of these people but whoever has just acted."""
    for person_id in sorted({one for one in people if one is not None} - {actor_id}):
        await notify(
            session,
            recipient_id=person_id,
            kind=kind,
            subject_id=order.id,
            now=now,
            detail=detail,
        )


async def refresh_order(session: Session, order: OrderRow, now: datetime) -> None:
    """Change the cards of an order in place, after the change has been written."""
    await session.flush()
    await refresh(session, kinds=CARDS, subject_ids=[order.id], now=now)


async def refresh_visits(session: Session, visit_ids: Iterable[int], now: datetime) -> None:
    """Change the cards of return visits in place, after the change has been written."""
    await session.flush()
    await refresh(session, kinds=VISIT_CARDS, subject_ids=visit_ids, now=now)


async def set_reminder(session: Session, kind: Reminder, subject_id: int, due_at: datetime) -> None:
    """Set a reminder."""
    await remind(session, kind=kind, subject_id=subject_id, due_at=due_at)


async def watch_order(
    session: Session, order: OrderRow, request: RequestRow, now: datetime
) -> None:
    """Look at an order when its date has come, and a working day later; earlier dates go."""
    await stop_order(session, order, "another date", now)
    clock = await office_clock(session, request)
    await set_reminder(session, Reminder.DUE, order.id, order.due_at)
    await set_reminder(session, Reminder.STREET, order.id, street_at(order.due_at, clock))


async def stop_order(session: Session, order: OrderRow, reason: str, now: datetime) -> None:
    """Cancel what was to be asked about an order's date."""
    kinds: list[str] = [Reminder.DUE, Reminder.STREET]
    await cancel(session, subject_id=order.id, kinds=kinds, reason=reason, now=now)

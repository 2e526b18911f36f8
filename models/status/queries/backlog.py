"""What waits and what is broken in the whole house, in numbers alone: for whoever operates it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from models.database import Session
from models.outbox.queries import IN_QUEUE
from models.outbox.rules import State as OutboxState
from models.outbox.tables import OutboxRow
from models.reminders.rules import State as ReminderState
from models.reminders.rules import late_by
from models.reminders.tables import ReminderRow
from models.status.queries.queues import queues
from models.status.views import Backlog
from models.updates.rules import UNSETTLED
from models.updates.tables import FailedRow


async def backlog(session: Session, now: datetime) -> Backlog:
    """Count what waits and what is broken; nothing of whose it is, and nothing that was said.

    Each count goes by an index over what is open: what was sent or fired long ago costs nothing.
    """
    messages = await _by_state(
        session, OutboxRow, (OutboxState.UNCERTAIN, OutboxState.FAILED), OutboxRow.state != IN_QUEUE
    )
    reminders = await _by_state(session, ReminderRow, (ReminderState.FAILED,))
    due, oldest = await _due(session, now)
    return Backlog(
        queues=await queues(session, now),
        uncertain=messages.get(OutboxState.UNCERTAIN, 0),
        refused=messages.get(OutboxState.FAILED, 0),
        reminders_due=due,
        reminders_late=max(late_by(oldest, now), timedelta(0)) if oldest else timedelta(0),
        reminders_failed=reminders.get(ReminderState.FAILED, 0),
        updates_failed=sum((await _by_state(session, FailedRow, UNSETTLED)).values()),
    )


async def _by_state(
    session: Session,
    table: type[OutboxRow] | type[ReminderRow] | type[FailedRow],
    states: tuple[str, ...],
    *more: ColumnElement[bool],
) -> dict[str, int]:
    """Count by state; `more` is what a database needs to be told to go by the right index."""
    found = await session.execute(
        select(table.state, func.count().label("number"))
        .where(table.state.in_(states), *more)
        .group_by(table.state)
    )
    return {one.state: one.number for one in found.all()}


async def _due(session: Session, now: datetime) -> tuple[int, datetime | None]:
    found = await session.execute(
        select(func.count(), func.min(ReminderRow.due_at)).where(
            ReminderRow.state == ReminderState.PENDING, ReminderRow.due_at <= now
        )
    )
    count, oldest = found.one()
    return count, oldest

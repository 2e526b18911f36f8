"""What is still to be done at an instant, and when there is next something to do."""

from datetime import datetime

from sqlalchemy import exists, func, select

from models.database import Session
from models.hours.rules.quiet import in_quiet_hours, next_quiet_end
from models.outbox.rules import OPEN_STATES, State, last_lane
from models.outbox.tables import OutboxRow
from models.policy.current import policy_of
from models.reminders.rules import State as Reminding
from models.reminders.tables import ReminderRow


async def is_settled(session: Session, now: datetime) -> bool:
    """Return whether all is done and sent that could be by `now`."""
    quiet = in_quiet_hours(now, policy_of(session).quiet)
    due = exists().where(ReminderRow.state == Reminding.PENDING, ReminderRow.due_at <= now)
    leaving = exists().where(
        OutboxRow.state.in_(list(OPEN_STATES)),
        OutboxRow.due_at <= now,
        OutboxRow.lane <= last_lane(pushes=True, quiet=quiet),
    )
    return not await session.scalar(select(due | leaving))


async def next_due(session: Session, now: datetime) -> datetime | None:
    """Return the next instant after `now` at which a reminder or a message falls due, if any.

    What waits for the end of quiet hours falls due then.
    """
    reminder = await session.scalar(
        select(func.min(ReminderRow.due_at)).where(
            ReminderRow.state == Reminding.PENDING, ReminderRow.due_at > now
        )
    )
    message = await session.scalar(
        select(func.min(OutboxRow.due_at)).where(
            OutboxRow.state == State.QUEUED, OutboxRow.due_at > now
        )
    )
    night = next_quiet_end(now, policy_of(session).quiet) if await _waits(session, now) else None
    return min((at for at in (reminder, message, night) if at is not None), default=None)


async def _waits(session: Session, now: datetime) -> bool:
    quiet = policy_of(session).quiet
    waiting = exists().where(OutboxRow.state == State.QUEUED, OutboxRow.due_at <= now)
    return in_quiet_hours(now, quiet) and bool(await session.scalar(select(waiting)))

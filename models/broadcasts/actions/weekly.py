"""What comes every week: once one has begun, the next is made ready."""

from datetime import datetime

from models.broadcasts.rules.kinds import Reminder
from models.broadcasts.rules.sending import a_week_on
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.policy.current import policy_of
from models.reminders.actions import remind

REPEATED = ("author_id", "place_id", "style", "topic", "language", "content", "content_other")
AS_WELL = ("buttons", "audience", "version", "approved_by", "approved_at")


async def plan_next(session: Session, row: BroadcastRow, now: datetime) -> None:
    """Make the same ready for a week later; called once, as one begins.

    An approval holds for what was approved. Whether one is needed is asked as it begins.
    """
    start_at = a_week_on(row.start_at or now, now, policy_of(session).zone)
    same = {name: getattr(row, name) for name in (*REPEATED, *AS_WELL)}
    following = BroadcastRow(
        **same,
        token=f"weekly:{row.id}",
        state=State.SCHEDULED,
        start_at=start_at,
        weekly=True,
        series_id=row.id,
        created_at=now,
        changed_at=now,
        asked_at=now,
        heads=0,
    )
    session.add(following)
    await session.flush()
    await remind(session, kind=Reminder.START, subject_id=following.id, due_at=start_at)

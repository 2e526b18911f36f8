"""What comes every week: once one has begun, the next is made ready."""

from datetime import datetime

from models.broadcasts.actions.showing import show_for_approval
from models.broadcasts.queries.reach import approvers
from models.broadcasts.queries.views import heads_of
from models.broadcasts.rules import (
    Audience,
    Reminder,
    State,
    Style,
    a_week_on,
    needs_approval,
)
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.help.policy import policy_of
from models.reminders.actions import remind

REPEATED = ("author_id", "place_id", "style", "topic", "language", "content", "content_other")
AS_WELL = ("buttons", "audience", "version", "approved_by", "approved_at")


async def plan_next(session: Session, row: BroadcastRow, now: datetime) -> None:
    """Make the same ready for a week later; called once, as one begins.

    An approval holds for what was approved. Where none was needed and one is by now, because more
    people live there, it waits for that.
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
    if row.approved_by is None and await _needs_approval(session, row):
        following.state = State.WAITING
        await show_for_approval(session, following, await approvers(session, following), now)
        return
    await remind(session, kind=Reminder.START, subject_id=following.id, due_at=start_at)


async def _needs_approval(session: Session, row: BroadcastRow) -> bool:
    heads = await heads_of(session, Audience.of(row.audience))
    return needs_approval(Style(row.style), heads, policy_of(session).second_pair_over)

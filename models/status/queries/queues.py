"""The queue of what is to leave, lane by lane."""

from datetime import datetime

from sqlalchemy import and_, case, func, or_, select, union_all

from models.database import Session
from models.hours.rules.quiet import in_quiet_hours
from models.outbox.queries import IN_QUEUE
from models.outbox.rules import OPEN_STATES, Lane, State, last_lane
from models.outbox.tables import OutboxRow
from models.policy.current import policy_of
from models.status.views import LaneQueue

_columns = (
    OutboxRow.lane,
    OutboxRow.state,
    OutboxRow.due_at,
    OutboxRow.created_at,
    OutboxRow.attempts,
)
_others = [state for state in OPEN_STATES if state is not State.QUEUED]
OPEN = union_all(
    select(*_columns).where(OutboxRow.state == IN_QUEUE),
    select(*_columns).where(OutboxRow.state != IN_QUEUE, OutboxRow.state.in_(_others)),
).subquery()
"""What has not left, put so that each half goes by its index: in one condition SQLite would read
the whole outbox, with all that was sent in months."""


async def queues(session: Session, now: datetime) -> tuple[LaneQueue, ...]:
    """Return every lane of the outbox.

    What was never tried waits since it fell due; what was tried, since it was written: each
    attempt moves its due time on. What quiet hours hold back does not wait for us; what somebody
    has paused comes later.
    """
    quiet = in_quiet_hours(now, policy_of(session).quiet)
    queued = OPEN.c.state == State.QUEUED
    falls_due = and_(queued, OPEN.c.due_at > now, OPEN.c.attempts == 0)
    later = or_(falls_due, OPEN.c.state == State.HELD)
    held = and_(queued, ~later, OPEN.c.lane > last_lane(pushes=True, quiet=quiet))
    in_hand = OPEN.c.state == State.SENDING
    since = case((OPEN.c.attempts > 0, OPEN.c.created_at), else_=OPEN.c.due_at)
    rows = await session.execute(
        select(
            OPEN.c.lane,
            func.count().filter(~or_(later, held, in_hand)),
            func.count().filter(in_hand),
            func.count().filter(later),
            func.count().filter(held),
            func.min(since).filter(~or_(later, held)),
        ).group_by(OPEN.c.lane)
    )
    found = {
        lane: LaneQueue(
            Lane(lane), waiting, sending, due_later, held_back, now - oldest if oldest else None
        )
        for lane, waiting, sending, due_later, held_back, oldest in rows.all()
    }
    return tuple(found.get(lane, LaneQueue(lane)) for lane in Lane)

"""The queue of what is to leave, lane by lane."""

from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from models.database import Session
from models.hours.rules.quiet import in_quiet_hours
from models.outbox.rules import OPEN_STATES, Lane, State, last_lane
from models.outbox.tables import OutboxRow
from models.policy.current import policy_of
from models.status.views import LaneQueue


async def queues(session: Session, now: datetime) -> tuple[LaneQueue, ...]:
    """Return every lane of the outbox.

    What was never tried waits since it fell due; what was tried, since it was written: each
    attempt moves its due time on. What quiet hours hold back does not wait for us; what somebody
    has paused comes later.
    """
    quiet = in_quiet_hours(now, policy_of(session).quiet)
    queued = OutboxRow.state == State.QUEUED
    falls_due = and_(queued, OutboxRow.due_at > now, OutboxRow.attempts == 0)
    later = or_(falls_due, OutboxRow.state == State.HELD)
    held = and_(queued, ~later, OutboxRow.lane > last_lane(pushes=True, quiet=quiet))
    in_hand = OutboxRow.state == State.SENDING
    since = case((OutboxRow.attempts > 0, OutboxRow.created_at), else_=OutboxRow.due_at)
    rows = await session.execute(
        select(
            OutboxRow.lane,
            func.count().filter(~or_(later, held, in_hand)),
            func.count().filter(in_hand),
            func.count().filter(later),
            func.count().filter(held),
            func.min(since).filter(~or_(later, held)),
        )
        .where(OutboxRow.state.in_(OPEN_STATES))
        .group_by(OutboxRow.lane)
    )
    found = {
        lane: LaneQueue(
            Lane(lane), waiting, sending, due_later, held_back, now - oldest if oldest else None
        )
        for lane, waiting, sending, due_later, held_back, oldest in rows.all()
    }
    return tuple(found.get(lane, LaneQueue(lane)) for lane in Lane)

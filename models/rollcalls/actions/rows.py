"""Getting hold of a roll-call."""

from datetime import datetime

from models.broadcasts.rules.notices import ROLL_CALLS, Style
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox.counting import count_soon
from models.outbox.rules import Lane
from models.rollcalls.rules.notices import Reminder
from models.rollcalls.tables import RoundRow

SUBJECT = "broadcasts"
"""What the audit book calls a roll-call: it is a broadcast."""

BEGUN = frozenset({State.SENDING, State.PAUSED, State.SENT})

Held = tuple[BroadcastRow, RoundRow]


async def locked(session: Session, broadcast_id: int) -> Held | None:
    """Return a roll-call that has begun as it is now, and hold it until the transaction ends.

    Answers and the end are taken one after the other under this lock. None for any other
    broadcast.
    """
    await session.flush()
    rounds = await session.get(RoundRow, broadcast_id, with_for_update=True, populate_existing=True)
    if rounds is None:
        return None
    broadcast = await session.get_one(BroadcastRow, broadcast_id, populate_existing=True)
    return (broadcast, rounds) if broadcast.style in ROLL_CALLS else None


def is_drill(broadcast: BroadcastRow) -> bool:
    """Return whether it is only an exercise."""
    return broadcast.style == Style.DRILL


def is_stopped(broadcast: BroadcastRow) -> bool:
    """Return whether the broadcast was cancelled or recalled: then it asks nobody."""
    return State(broadcast.state) not in BEGUN or broadcast.recalled_at is not None


def is_over(broadcast: BroadcastRow, rounds: RoundRow) -> bool:
    """Return whether no answer counts any more."""
    return rounds.ended_at is not None or is_stopped(broadcast)


def lane_of(broadcast: BroadcastRow) -> Lane:
    """Return the lane of what is asked: the real thing rings at night, a drill wakes nobody."""
    return Lane.NOTICE if is_drill(broadcast) else Lane.URGENT


async def show_soon(session: Session, rounds: RoundRow, now: datetime) -> None:
    """Have the live boards show before long what has changed."""
    await count_soon(
        session,
        kind=Reminder.COUNT,
        subject_id=rounds.broadcast_id,
        count_after=rounds.count_after,
        now=now,
    )

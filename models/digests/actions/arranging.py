"""Setting the next digests, so that the chain of them never breaks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from models.database import Session
from models.digests.rules.kinds import Reminder
from models.digests.rules.times import DigestPolicy, coming, passed
from models.policy.current import policy_of
from models.reminders.actions import remind
from models.reminders.tables import ReminderRow

EVERYBODY = 0
"""Subject of reminders that are about nobody in particular."""

DAY = "day"
"""In the detail of a reminder and of its notices: the local date that they are for."""


async def arrange(session: Session, now: datetime) -> None:
    """Set the next digest of every kind, however often this is done and whatever came between.

    A date has one digest, whichever way clocks jump. One that an outage passed over is set too
    while it is of use; but what lies before the first that was ever set was not missed.
    """
    policy = policy_of(session, DigestPolicy)
    for kind in Reminder:
        if next_one := coming(kind, now, policy):
            await set_for(session, kind, *next_one)
        missed = passed(kind, now, policy)
        if missed and await _was_set_by(session, kind, missed[1]):
            await set_for(session, kind, *missed)


async def set_for(
    session: Session, kind: Reminder, day: date, due_at: datetime, **more: Any
) -> None:
    """Set the digest of a date, once; `more` names a part of it that is to be queued by itself."""
    part = "".join(f":{value}" for value in more.values())
    await remind(
        session,
        kind=kind,
        subject_id=EVERYBODY,
        due_at=due_at,
        detail={DAY: day.isoformat(), **more},
        dedupe=f"{kind}:{day.isoformat()}{part}",
    )


async def _was_set_by(session: Session, kind: Reminder, due_at: datetime) -> bool:
    earlier = (ReminderRow.kind == kind, ReminderRow.due_at <= due_at)
    return await session.scalar(select(ReminderRow.id).where(*earlier).limit(1)) is not None

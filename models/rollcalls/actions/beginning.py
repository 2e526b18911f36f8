"""The beginning of a roll-call, when its broadcast begins to go out."""

from datetime import datetime

from sqlalchemy import select

from models.broadcasts.tables import BroadcastRow
from models.database import Session, insert_once
from models.outbox.crowd import notify_crowd
from models.people.tables import PersonRow
from models.policy.current import policy_of
from models.reminders.actions import remind
from models.rollcalls.actions.rows import lane_of
from models.rollcalls.queries.keepers import keepers_of
from models.rollcalls.rules.kinds import Notice, Reminder
from models.rollcalls.rules.policy import RollCallPolicy
from models.rollcalls.tables import RoundRow


async def began(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Open the live board and set when the silent are asked again.

    Called once, in the transaction in which the broadcast begins; called again it does nothing.
    """
    first = {"broadcast_id": broadcast.id, "rounds": 0}
    if not await insert_once(session, RoundRow, first):
        return
    due_at = now + policy_of(session, RollCallPolicy).roll_call_every
    await remind(session, kind=Reminder.ASK, subject_id=broadcast.id, due_at=due_at)
    leading = select(PersonRow.id).where(PersonRow.id.in_(await keepers_of(session, broadcast)))
    await notify_crowd(
        session,
        leading,
        kind=Notice.BOARD,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(broadcast),
    )

"""The live count of seconds on open cards."""

from datetime import datetime

from models.database import Session
from models.outbox.counting import count_soon, show_count
from models.proposals.actions.rows import locked
from models.proposals.rules.kinds import COUNTED_CARDS, Reminder
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from models.reminders.views import Due


async def count_seconds(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Have the open cards of a locked proposal show before long how many second it now."""
    await session.flush()
    await count_soon(
        session,
        kind=Reminder.COUNT,
        subject_id=proposal.id,
        count_after=proposal.count_after,
        now=now,
    )


async def show_seconds(session: Session, fired: Due, now: datetime) -> None:
    """Show the count on open cards; once the proposal has moved on, that has changed them all."""
    proposal = await locked(session, fired.subject_id)
    if proposal is not None and proposal.state == State.SECONDING:
        proposal.count_after = await show_count(
            session, kinds=COUNTED_CARDS, subject_id=proposal.id, now=now
        )

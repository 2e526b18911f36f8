"""The clock of the reception: by when the desk answers, who is nudged before, who told after."""

from datetime import datetime

from models.database import Session
from models.hours.rules.clocks import Clock
from models.policy.current import desk_clock_at, policy_of
from models.proposals.actions.tell import set_reminder, stop
from models.proposals.queries.parts import path_of
from models.proposals.rules.kinds import Reminder
from models.proposals.rules.policy import ProposalPolicy
from models.proposals.tables import ProposalRow


async def receive_by(session: Session, path: str, now: datetime) -> datetime:
    """Give by when the desk of a place answers what is submitted now, in its working time."""
    clock = await _clock(session, path)
    return clock.after(now, policy_of(session, ProposalPolicy).reception.by(clock))


async def watch_reception(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Set the clock of a proposal submitted now: the nudge, which in its turn sets the breach.

    `proposal.receive_by` is for the caller to set; a clock that was set before is stopped.
    """
    await stop(session, proposal, [Reminder.RECEPTION], "submitted again", now)
    clock = await _clock(session, await path_of(session, proposal))
    policy = policy_of(session, ProposalPolicy)
    nudge = clock.after(now, policy.reception.by(clock) * policy.nudge_percent / 100)
    by = {"by": proposal.receive_by.isoformat()}
    await set_reminder(session, Reminder.RECEPTION, proposal, nudge, by)


async def _clock(session: Session, path: str) -> Clock:
    return await desk_clock_at(session, path)

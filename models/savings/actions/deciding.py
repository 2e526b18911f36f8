"""Disputes: decided by somebody who is neither side, or withdrawn by whoever gave the time."""

from datetime import datetime

from models.database import Session
from models.escalation.rules import Level
from models.people.views import Person
from models.records.changing import begin, wake
from models.records.rules import Refusal
from models.reminders.views import Due
from models.savings.actions.claiming import Claimed, deciders, save
from models.savings.claims import TIME
from models.savings.rules import (
    ABOVE_AFTER,
    Confirmer,
    Notice,
    Reminder,
    SavingsOutcome,
    TimeMove,
    TimeState,
)


async def keep(
    session: Session, actor: Person, claim_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Decide that the time counts as it was said (KEPT); whoever gave it is told."""
    change = await begin(session, TIME, claim_id, TimeMove.KEEP, actor, now)
    if isinstance(change, Refusal):
        return change
    if not await save(change, actor.id, Confirmer.SECRETARY, None):
        return Refusal.OWN
    await _decided(change, TimeMove.KEEP)
    return SavingsOutcome.KEPT


async def drop(
    session: Session, actor: Person, claim_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Decide that the time does not count (DROPPED); whoever gave it is told."""
    change = await begin(session, TIME, claim_id, TimeMove.DROP, actor, now)
    if isinstance(change, Refusal):
        return change
    await _decided(change, TimeMove.DROP)
    return SavingsOutcome.DROPPED


async def withdraw(
    session: Session, actor: Person, claim_id: int, *, now: datetime
) -> SavingsOutcome | Refusal:
    """Take back what one said oneself (WITHDRAWN); nobody decides on it any more."""
    change = await begin(session, TIME, claim_id, TimeMove.WITHDRAW, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(TimeMove.WITHDRAW)
    await change.cancel([Reminder.DISPUTED], "withdrawn")
    await change.finish()
    return SavingsOutcome.WITHDRAWN


async def undecided(session: Session, due: Due, now: datetime) -> None:
    """Tell of a dispute once more that nobody has decided; after seven days the street."""
    change = await wake(session, TIME, due.subject_id, now)
    if change is None or change.row.state != TimeState.DISPUTED:
        return
    above = (change.row.disputed_at or now) + ABOVE_AFTER
    level = Level.SECRETARY if now < above else Level.STREET
    await change.tell(Notice.DISPUTED, await deciders(session, change.row, level), late=True)
    if now < above:
        await change.remind(Reminder.DISPUTED, above)


async def _decided(change: Claimed, made: TimeMove) -> None:
    change.make(made)
    change.row.decided_by, change.row.decided_at = change.actor_id, change.now
    await change.cancel([Reminder.DISPUTED], "decided")
    await change.finish()
    await change.tell(Notice.DECIDED, [change.row.giver_id])

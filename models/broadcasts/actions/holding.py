"""Pausing a broadcast, letting it go on, ending it: in one statement, however many copies wait."""

from datetime import datetime

from models.broadcasts.actions.going import call_off_start, held
from models.broadcasts.actions.progress import moved
from models.broadcasts.rules.outcomes import Outcome
from models.broadcasts.rules.sending import COPIES, REASON_LENGTH
from models.broadcasts.rules.states import Move, State
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox import holding
from models.people.views import Person


async def pause(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Outcome:
    """Hold up every copy that has not left; the few in the sender's hands still arrive."""
    row = await held(session, actor, broadcast_id, Move.PAUSE, now=now)
    if isinstance(row, Outcome):
        return row
    row.state, row.changed_at = State.PAUSED, now
    await holding.hold(session, kinds=COPIES, subject_id=row.id)
    await moved(session, row, now)
    return Outcome.PAUSED


async def resume(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Outcome:
    """Let what is held up go on where it was."""
    row = await held(session, actor, broadcast_id, Move.RESUME, now=now)
    if isinstance(row, Outcome):
        return row
    row.state, row.changed_at = State.SENDING, now
    await holding.let_go(session, kinds=COPIES, subject_id=row.id)
    await moved(session, row, now)
    return Outcome.RESUMED


async def cancel(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime, reason: str = ""
) -> Outcome:
    """End a broadcast: nobody is sent it who has not been; what was sent stays."""
    row = await held(session, actor, broadcast_id, Move.CANCEL, now=now)
    if isinstance(row, Outcome):
        return row
    row.reason = reason.strip()[:REASON_LENGTH] or None
    await end_sending(session, row, now)
    return Outcome.CANCELLED


async def end_sending(session: Session, row: BroadcastRow, now: datetime) -> None:
    """Drop what waits of a broadcast whose lock is held, and write down that it is over."""
    row.state, row.ended_at, row.changed_at = State.CANCELLED, now, now
    await call_off_start(session, row.id, now)
    if row.started_at is not None:
        reason = "the broadcast was cancelled"
        await holding.drop(session, kinds=COPIES, subject_id=row.id, reason=reason, now=now)
        await moved(session, row, now)

"""The end of a roll-call."""

from datetime import datetime

from sqlalchemy import exists, select

from models.audit.actions import deny
from models.broadcasts.actions.rows import hats_of
from models.broadcasts.rules.kinds import Notice as Copy
from models.broadcasts.rules.sending import COPIES
from models.broadcasts.rules.states import Hat
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox import holding
from models.outbox.crowd import notify_crowd
from models.outbox.refreshing import refresh
from models.outbox.rules import UNSENT_STATES, Lane
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.reminders.actions import cancel
from models.rollcalls.actions.rows import SUBJECT, is_drill, is_over, locked
from models.rollcalls.queries.silent import readers
from models.rollcalls.rules.kinds import Notice, Reminder
from models.rollcalls.rules.outcomes import Ending

LEADING = frozenset({Hat.AUTHOR, Hat.KEEPER})


async def end(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Ending:
    """End a roll-call: nobody is asked any more, everybody is thanked, the boards stay as they are.

    Its author may, and whoever answers for its place.
    """
    found = await locked(session, broadcast_id)
    if found is None:
        return Ending.MISSING
    broadcast, rounds = found
    if not LEADING & await hats_of(session, actor, broadcast):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=broadcast.id)
        return Ending.NOT_ALLOWED
    if is_over(broadcast, rounds):
        return Ending.ALREADY
    rounds.ended_at, rounds.ended_by = now, actor.id
    kinds = [str(kind) for kind in Reminder]
    await cancel(session, subject_id=broadcast.id, kinds=kinds, reason="it has ended", now=now)
    await _thank(session, broadcast, now)
    await _ask_nobody(session, broadcast.id, now)
    await refresh(session, kinds=[Notice.BOARD], subject_ids=[broadcast.id], now=now)
    return Ending.ENDED


async def _ask_nobody(session: Session, broadcast_id: int, now: datetime) -> None:
    """Drop what still waits to ask; what comes back from the sender is looked at as it is sent."""
    kinds = (*COPIES, Notice.ASK, Notice.SILENT, Notice.COME)
    reason = "the roll-call is over"
    await holding.drop(session, kinds=kinds, subject_id=broadcast_id, reason=reason, now=now)


async def _thank(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Notify everybody who was asked; at night the end of a real one comes without a sound.

    Whose copy has not left yet has heard of nothing.
    """
    waits = exists().where(
        OutboxRow.kind == Copy.COPY,
        OutboxRow.subject_id == broadcast.id,
        OutboxRow.recipient_id == PersonRow.id,
        OutboxRow.target_id.is_(None),
        OutboxRow.state.in_(UNSENT_STATES),
    )
    await notify_crowd(
        session,
        select(PersonRow.id).where(PersonRow.id.in_(readers(broadcast.id)), ~waits),
        kind=Notice.OVER,
        subject_id=broadcast.id,
        now=now,
        lane=Lane.BULK if is_drill(broadcast) else Lane.LIVE,
    )

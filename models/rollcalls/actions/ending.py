"""The end of a roll-call."""

from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.broadcasts.actions.rows import hats_of
from models.broadcasts.rules import Hat
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox.crowd import notify_crowd
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane
from models.people.tables import PersonRow
from models.people.views import Person
from models.reminders.actions import cancel
from models.rollcalls.actions.rows import SUBJECT, is_drill, is_over, locked
from models.rollcalls.queries.silent import readers
from models.rollcalls.rules import Ending, Notice, Reminder

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
    await refresh(session, kinds=[Notice.BOARD], subject_ids=[broadcast.id], now=now)
    return Ending.ENDED


async def _thank(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Tell everybody who was asked; at night the end of a real one comes without a sound."""
    await notify_crowd(
        session,
        select(PersonRow.id).where(PersonRow.id.in_(readers(broadcast.id))),
        kind=Notice.OVER,
        subject_id=broadcast.id,
        now=now,
        lane=Lane.BULK if is_drill(broadcast) else Lane.LIVE,
    )

"""How far a broadcast is: one card in its author's chat, looked at ever anew until all is settled.

A look is a reminder that sets the next one, so it goes on after a restart; it comes every few
seconds while something moves, ever more seldom while nothing does, and ends by itself.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from models.broadcasts.actions.rows import locked
from models.broadcasts.queries.deliveries import deliveries, delivery
from models.broadcasts.queries.tally import is_settled, only_put_off, tally
from models.broadcasts.rules.notices import URGENT, Notice, Reminder, Style
from models.broadcasts.rules.reports import LOOK_EVERY, next_look
from models.broadcasts.rules.states import Move, Relation, State, why_not
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import RecipientTally
from models.database import Session
from models.outbox.actions import notify
from models.outbox.refreshing import refresh_newest
from models.outbox.rules import Lane
from models.reminders.actions import cancel, remind
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from models.reminders.views import Due

LOOKED_AT = frozenset({State.SENDING, State.PAUSED, State.CANCELLED})


async def watch(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Give the author of a broadcast that has just begun the card of its progress."""
    await notify(
        session,
        recipient_id=broadcast.author_id,
        kind=Notice.PROGRESS,
        subject_id=broadcast.id,
        now=now,
        lane=Lane.LIVE,
        dedupe=f"{Notice.PROGRESS}:{broadcast.id}",
    )
    await _look_in(session, broadcast.id, LOOK_EVERY, now, shown=None)


async def moved(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Show at once that a broadcast, whose lock is held, was paused, goes on or was cancelled."""
    await _show(session, broadcast.id, now)
    kinds = [str(Reminder.PROGRESS)]
    await cancel(session, subject_id=broadcast.id, kinds=kinds, reason="moved", now=now)
    await _look_in(session, broadcast.id, LOOK_EVERY, now, shown=None)


async def look_due(session: Session, due: Due, now: datetime) -> None:
    """Look how far a broadcast is, show it if it has moved, and end it when all is settled."""
    broadcast = await locked(session, due.subject_id)
    if broadcast is None or broadcast.state not in LOOKED_AT:
        return
    if await _is_looked_at(session, broadcast.id):
        return
    counted = await tally(session, broadcast.id)
    settled = is_settled(counted) or await only_put_off(session, broadcast.id, now)
    if settled and broadcast.state != State.PAUSED:
        await _end(session, broadcast, now)
        return
    shown = _shown(broadcast, counted)
    is_new = shown != due.detail.get("shown")
    if is_new:
        await _show(session, broadcast.id, now)
    waited = timedelta(seconds=due.detail.get("waited", LOOK_EVERY.total_seconds()))
    await _look_in(session, broadcast.id, next_look(waited, moved=is_new), now, shown=shown)


async def settle(session: Session, broadcast_id: int) -> None:
    """Write down what became of every copy: the outbox forgets."""
    became = deliveries(
        broadcast_id, RecipientRow.person_id.label("person_id"), delivery().label("became")
    ).subquery()
    await session.execute(
        update(RecipientRow)
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            RecipientRow.person_id == became.c.person_id,
        )
        .values(outcome=became.c.became)
        .execution_options(synchronize_session=False)
    )


async def _end(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Write all down; tell the author, unless it was cancelled: whoever did that has told them."""
    await settle(session, broadcast.id)
    if why_not(Move.END, State(broadcast.state), frozenset({Relation.CLOCK})) is None:
        broadcast.state, broadcast.ended_at = State.SENT, now
        await notify(
            session,
            recipient_id=broadcast.author_id,
            kind=Notice.ENDED,
            subject_id=broadcast.id,
            now=now,
            lane=Lane.LIVE if Style(broadcast.style) in URGENT else Lane.NOTICE,
            dedupe=f"{Notice.ENDED}:{broadcast.id}",
        )
    await _show(session, broadcast.id, now)


async def _show(session: Session, broadcast_id: int, now: datetime) -> None:
    await session.flush()
    await refresh_newest(session, kinds=[Notice.PROGRESS], subject_id=broadcast_id, now=now)


def _shown(broadcast: BroadcastRow, counted: RecipientTally) -> list[Any]:
    """Return what the card shows, as JSON."""
    return [str(broadcast.state), *sorted([str(one), count] for one, count in counted.by.items())]


async def _is_looked_at(session: Session, broadcast_id: int) -> bool:
    """Return whether another look is set: then this one is the last of a chain that was cut."""
    pending = await session.scalar(
        select(ReminderRow.id)
        .where(
            ReminderRow.kind == Reminder.PROGRESS,
            ReminderRow.subject_id == broadcast_id,
            ReminderRow.state == ReminderState.PENDING,
        )
        .limit(1)
    )
    return pending is not None


async def _look_in(
    session: Session, broadcast_id: int, wait: timedelta, now: datetime, *, shown: list[Any] | None
) -> None:
    await remind(
        session,
        kind=Reminder.PROGRESS,
        subject_id=broadcast_id,
        due_at=now + wait,
        detail={"shown": shown, "waited": wait.total_seconds()},
    )

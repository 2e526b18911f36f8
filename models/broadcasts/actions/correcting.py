"""Correcting every copy in place, and taking copies back."""

from datetime import datetime

from models.broadcasts.actions.going import held
from models.broadcasts.actions.holding import end_sending
from models.broadcasts.rules import (
    COPIES,
    RECALL_WITHIN,
    URGENT,
    Content,
    Move,
    Notice,
    Outcome,
    State,
    Style,
    fault_of,
    in_other_words,
)
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.help.policy import policy_of
from models.hours.rules import in_quiet_hours
from models.outbox.actions import notify
from models.outbox.refreshing import delete_sent, refresh
from models.outbox.rules import Lane
from models.people.views import Person


async def correct(
    session: Session,
    actor: Person,
    broadcast_id: int,
    content: Content,
    other: Content | None,
    *,
    now: datetime,
) -> Outcome:
    """Put other words into every copy that was sent and into those that are still to be sent.

    What goes along stays: Telegram turns no message into one of another kind. A correction does not
    wait for a second person, as a false alarm must not; whoever approved it is told of the words.
    """
    row = await held(session, actor, broadcast_id, Move.CORRECT, now=now)
    if isinstance(row, Outcome):
        return row
    if row.recalled_at is not None:
        return Outcome.TOO_LATE
    was = Content.of(row.content)
    first = in_other_words(was, content)
    second = None if other is None else in_other_words(was, other)
    if fault_of(first) or (second is not None and fault_of(second)):
        return Outcome.WRONG_CONTENT
    row.content = first.kept()
    row.content_other = None if second is None else second.kept()
    row.version += 1
    row.corrected_at, row.changed_at = now, now
    lane = _lane(session, row, now)
    await refresh(session, kinds=[Notice.COPY], subject_ids=[row.id], now=now, lane=lane)
    await _tell_approver(session, row, now)
    return Outcome.CORRECTED


async def recall(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Outcome:
    """Delete every copy that Telegram still lets us delete, and send no more.

    A copy in the sender's hands is deleted once it has arrived. What was sent more than 48 hours
    ago, or is uncertain, stays where it is: `queries.recalling` counts and lists it.
    """
    row = await held(session, actor, broadcast_id, Move.RECALL, now=now)
    if isinstance(row, Outcome):
        return row
    if row.recalled_at is not None:
        return Outcome.TOO_LATE
    row.recalled_at, row.changed_at = now, now
    if row.state in {State.SENDING, State.PAUSED}:
        await end_sending(session, row, now)
    await delete_sent(
        session,
        kinds=COPIES,
        subject_id=row.id,
        since=now - RECALL_WITHIN,
        now=now,
        lane=_lane(session, row, now),
    )
    await _tell_approver(session, row, now)
    return Outcome.RECALLED


def _lane(session: Session, row: BroadcastRow, now: datetime) -> Lane:
    """Give the lane in which copies are changed or deleted: thousands at once.

    Those of an emergency go first of all. Others let go before them what people tell each other
    meanwhile; at night, when nothing else that is silent waits for long, they go at once.
    """
    if Style(row.style) in URGENT:
        return Lane.URGENT
    quiet = in_quiet_hours(now, policy_of(session).quiet)
    return Lane.LIVE if quiet else Lane.NOTICE


async def _tell_approver(session: Session, row: BroadcastRow, now: datetime) -> None:
    if row.approved_by is not None:
        await notify(
            session,
            recipient_id=row.approved_by,
            kind=Notice.CHANGED,
            subject_id=row.id,
            now=now,
            lane=Lane.LIVE,
            dedupe=f"{Notice.CHANGED}:{row.id}:{now.isoformat()}",
        )

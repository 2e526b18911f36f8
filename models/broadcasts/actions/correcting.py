"""Correcting every copy in place, and taking copies back."""

from datetime import datetime

from sqlalchemy import Select, exists, select, update

from models.broadcasts.actions.sending import end_sending, held
from models.broadcasts.rules.content import Content, fault_of, in_other_words
from models.broadcasts.rules.notices import URGENT, Notice, Style
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.sending import COPIES, RECALL_WITHIN, lane_of
from models.broadcasts.rules.states import Move, State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import Session
from models.hours.rules.quiet import in_quiet_hours
from models.outbox.actions import notify
from models.outbox.crowd import notify_crowd
from models.outbox.refreshing import delete_sent, refresh
from models.outbox.rules import Lane
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of


async def correct(
    session: Session,
    actor: Person,
    broadcast_id: int,
    content: Content,
    other: Content | None,
    *,
    now: datetime,
) -> BroadcastOutcome:
    """Put other words into every copy that was sent and into those that are still to be sent.

    What goes along stays: Telegram turns no message into one of another kind. A correction does not
    wait for a second person, as a false alarm must not; whoever approved it is told of the words.
    """
    row = await held(session, actor, broadcast_id, Move.CORRECT, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    if row.recalled_at is not None:
        return BroadcastOutcome.TOO_LATE
    was = Content.of(row.content)
    first = in_other_words(was, content)
    second = None if other is None else in_other_words(was, other)
    if fault_of(first) or (second is not None and fault_of(second)):
        return BroadcastOutcome.WRONG_CONTENT
    for one in (row, *await _reminders_of(session, row)):
        await _reword(session, one, content, other, now)
    return BroadcastOutcome.CORRECTED


async def _reminders_of(session: Session, row: BroadcastRow) -> list[BroadcastRow]:
    """List what reminds of a broadcast in its words, drafts and sent ones alike."""
    found = await session.scalars(
        select(BroadcastRow)
        .where(
            BroadcastRow.series_id == row.id,
            BroadcastRow.weekly.is_(False),
            BroadcastRow.recalled_at.is_(None),
        )
        .order_by(BroadcastRow.id)
        .with_for_update()
    )
    return [one for one in found if one.content == row.content]


async def _reword(
    session: Session, row: BroadcastRow, content: Content, other: Content | None, now: datetime
) -> None:
    """Put other words into a locked broadcast and its copies; whoever has one is told aloud.

    What was confirmed were words that hold no more: confirmations begin anew.
    """
    was = Content.of(row.content)
    row.content = in_other_words(was, content).kept()
    row.content_other = None if other is None else in_other_words(was, other).kept()
    row.version += 1
    row.changed_at = now
    if row.started_at is None:
        return
    row.corrected_at = now
    await session.execute(
        update(RecipientRow)
        .where(RecipientRow.broadcast_id == row.id)
        .values(confirmed_at=None)
        .execution_options(synchronize_session=False)
    )
    lane = _lane(session, row, now)
    await refresh(session, kinds=[Notice.COPY], subject_ids=[row.id], now=now, lane=lane)
    await notify_crowd(
        session,
        _who_has_it(row),
        kind=Notice.CORRECTED,
        subject_id=row.id,
        now=now,
        lane=lane_of(Style(row.style)),
        detail={},
        name=str(row.version),
    )
    await _tell_approver(session, row, now)


def _who_has_it(row: BroadcastRow) -> Select[int]:
    """Select by number in whose chats a copy is."""
    theirs = exists().where(
        OutboxRow.kind == Notice.COPY,
        OutboxRow.subject_id == row.id,
        OutboxRow.recipient_id == PersonRow.id,
        OutboxRow.target_id.is_(None),
        OutboxRow.state == Copy.SENT,
    )
    return select(PersonRow.id).where(theirs)


async def recall(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastOutcome:
    """Delete every copy that Telegram still lets us delete, and send no more.

    A copy in the sender's hands is deleted once it has arrived. What was sent more than 48 hours
    ago, or is uncertain, stays where it is: `queries.recalling` counts and lists it.
    """
    row = await held(session, actor, broadcast_id, Move.RECALL, now=now)
    if isinstance(row, BroadcastOutcome):
        return row
    if row.recalled_at is not None:
        return BroadcastOutcome.TOO_LATE
    row.recalled_at, row.changed_at = now, now
    if row.state in {State.SENDING, State.PAUSED}:
        await end_sending(session, row, now)
    await delete_sent(
        session,
        kinds=(*COPIES, Notice.CORRECTED),
        subject_id=row.id,
        since=now - RECALL_WITHIN,
        now=now,
        lane=_lane(session, row, now),
    )
    await _tell_approver(session, row, now)
    return BroadcastOutcome.RECALLED


def _lane(session: Session, row: BroadcastRow, now: datetime) -> Lane:
    """Return the lane in which copies are changed or deleted: thousands at once.

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

"""Changing cards in place that have been sent, in a few statements however many they are.

A live card is the message that a notice became whose kind is declared to change in place. It shows
how its subject stands and nothing else: what else is read about it stands below it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from models.database import Session
from models.outbox.kinds import changes_in_place
from models.outbox.rules import DELETE, Lane, State
from models.outbox.tables import OutboxRow

EDIT = "editMessageText"

SEEN_SOON = (State.QUEUED, State.SENDING, State.SENT, State.UNCERTAIN)
"""A card standing so is in its reader's chat, or comes into it."""

CHANGED = [
    "lane",
    "state",
    "chat_id",
    "method",
    "kind",
    "subject_id",
    "recipient_id",
    "detail",
    "target_id",
    "created_at",
    "due_at",
]
"""What a change of a card is written with; all else has its default."""


REFRESHED = "cards refreshed"
"""Where a session says which cards it has queued changes of: kinds and subjects."""


async def overtake(session: Session, *, chat_id: int, message_id: int, now: datetime) -> None:
    """Drop the changes of a card that this session has queued: an answer changes it already.

    What the answer shows was read after the change; the same edit once more would be refused.
    """
    for kinds, subject_ids in session.info.get(REFRESHED, ()):
        about = (OutboxRow.kind.in_(kinds), OutboxRow.subject_id.in_(subject_ids))
        theirs = (*about, OutboxRow.chat_id == chat_id, OutboxRow.target_id.is_(None))
        cards = (await session.scalars(select(OutboxRow).where(*theirs))).all()
        # Whoever taps at once may be quicker than the word that their card has arrived: then it is
        # changed twice. To guess which of those under way it was could leave another one as it
        # stands, with a door on it.
        tapped = [card.id for card in cards if card.message_id == message_id]
        await session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.target_id.in_(tapped),
                OutboxRow.state == State.QUEUED,
                OutboxRow.method == EDIT,
            )
            .values(state=State.DROPPED, reason="the answer shows it", finished_at=now)
            .execution_options(synchronize_session=False)
        )


async def renew(session: Session, *, chat_id: int, message_id: int, now: datetime) -> bool:
    """Have a live card show how its subject stands; False where the message is none.

    It is changed once, also where what has just been done has its cards refreshed. One whose
    arrival is not written down yet is not known to be one.
    """
    found = await session.execute(
        select(OutboxRow.id, OutboxRow.kind)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.message_id == message_id,
            OutboxRow.kind.is_not(None),
            OutboxRow.target_id.is_(None),
        )
        .order_by(OutboxRow.id.desc())
        .limit(1)
    )
    row = found.first()
    if row is None or row.kind is None or not changes_in_place(row.kind):
        return False
    about = or_(OutboxRow.id == row.id, OutboxRow.target_id == row.id)
    await _hold_waiting(session, [about], Lane.LIVE)
    await _change(session, [OutboxRow.id == row.id], lane=Lane.LIVE, now=now)
    return True


async def refresh(
    session: Session,
    *,
    kinds: Iterable[str],
    subject_ids: Iterable[int],
    now: datetime,
    recipient_id: int | None = None,
    lane: Lane = Lane.LIVE,
) -> int:
    """Change in place every card of these kinds about these subjects; give how many will change.

    With `recipient_id` only those of one reader; `lane` may stand behind `LIVE` for so many that
    others would wait for them.

    A card still waiting needs nothing: it is rendered from the state of its moment. One edit a
    card is enough however often the subject changes before the edit is sent; one that waits behind
    others is brought forward. What waits stays so until this transaction ends: else the sender
    could render it from the state before.
    """
    kinds, subject_ids = list(kinds), list(subject_ids)
    session.info.setdefault(REFRESHED, []).append((kinds, subject_ids))
    theirs = true() if recipient_id is None else OutboxRow.recipient_id == recipient_id
    about = (OutboxRow.kind.in_(kinds), OutboxRow.subject_id.in_(subject_ids), theirs)
    await _hold_waiting(session, about, lane)
    shown = (OutboxRow.target_id.is_(None), OutboxRow.state.in_(SEEN_SOON))
    return await _change(session, [*about, *shown], lane=lane, now=now)


async def refresh_newest(
    session: Session,
    *,
    kinds: Iterable[str],
    subject_id: int,
    now: datetime,
    lane: Lane = Lane.LIVE,
    since: datetime | None = None,
    readers: Select[int] | None = None,
) -> int:
    """Change in place, of all cards of these kinds about a subject, each reader's newest alone.

    `since` leaves out whose newest was queued before; `lane` may stand behind `LIVE` for what is
    in no hurry; `readers` selects by number whose cards alone. Gives how many will change; a card,
    or a change of it, that waits needs nothing.
    """
    kinds = list(kinds)
    session.info.setdefault(REFRESHED, []).append((kinds, [subject_id]))
    about = (OutboxRow.kind.in_(kinds), OutboxRow.subject_id == subject_id)
    await _hold_waiting(session, about, lane)
    newest = (
        select(func.max(OutboxRow.id))
        .where(*about, OutboxRow.target_id.is_(None), OutboxRow.state.in_(SEEN_SOON))
        .group_by(OutboxRow.recipient_id)
    )
    recent = true() if since is None else OutboxRow.created_at >= since
    theirs = true() if readers is None else OutboxRow.recipient_id.in_(readers)
    return await _change(session, [OutboxRow.id.in_(newest), recent, theirs], lane=lane, now=now)


async def delete_sent(
    session: Session,
    *,
    kinds: Iterable[str],
    subject_id: int,
    since: datetime,
    now: datetime,
    lane: Lane,
) -> int:
    """Queue the deletion of every card of these kinds about a subject that came after `since`.

    What is in the sender's hands is deleted once it has arrived, and an album as a whole, whatever
    it will have become by then. Gives how many will be deleted.
    """
    came = (OutboxRow.state == State.SENT) & (OutboxRow.finished_at > since)
    which = (
        OutboxRow.kind.in_(list(kinds)),
        OutboxRow.subject_id == subject_id,
        OutboxRow.target_id.is_(None),
        OutboxRow.chat_id.is_not(None),
        or_(OutboxRow.state == State.SENDING, came),
    )
    return await _queue(session, DELETE, which, lane=lane, now=now)


async def _change(
    session: Session, which: Sequence[ColumnElement[bool]], *, lane: Lane, now: datetime
) -> int:
    """Queue a change of every card that is chosen, in one statement, however many they are.

    A card, or a change of it, that waits needs none. Gives how many were queued.
    """
    edit = aliased(OutboxRow)
    waiting = exists().where(edit.target_id == OutboxRow.id, edit.state == State.QUEUED)
    changed = (*which, OutboxRow.state != State.QUEUED, ~waiting)
    return await _queue(session, EDIT, changed, lane=lane, now=now)


async def _queue(
    session: Session,
    method: str,
    which: Sequence[ColumnElement[bool]],
    *,
    lane: Lane,
    now: datetime,
) -> int:
    """Queue one call about every card that is chosen, aimed at what the card became."""
    card = OutboxRow
    values = (
        select(
            literal(int(lane)),
            literal(str(State.QUEUED)),
            card.chat_id,
            literal(method),
            card.kind,
            card.subject_id,
            card.recipient_id,
            card.detail,
            card.id,
            literal(now, card.created_at.type),
            literal(now, card.due_at.type),
        )
        .where(*which)
        .order_by(card.id)
    )
    await session.flush()
    made = await session.execute(insert(OutboxRow).from_select(CHANGED, values))
    assert isinstance(made, CursorResult)  # noqa: S101 - what an INSERT gives
    return int(made.rowcount)


async def _hold_waiting(session: Session, about: Sequence[ColumnElement[bool]], lane: Lane) -> None:
    """Hold what waits about a subject, and bring its changes forward to a lane."""
    await session.execute(
        select(OutboxRow.id)
        .where(*about, OutboxRow.state == State.QUEUED)
        .order_by(OutboxRow.id)
        .with_for_update(key_share=True)
    )
    await session.execute(
        update(OutboxRow)
        .where(
            *about,
            OutboxRow.state == State.QUEUED,
            OutboxRow.target_id.is_not(None),
            OutboxRow.lane > lane,
        )
        .values(lane=lane)
        .execution_options(synchronize_session=False)
    )

"""Queueing what is to leave: composed answers and notices; dropping what is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import aliased

from models.base import table_of
from models.database import Session, insert_new, insert_once
from models.outbox.queries import NOT_IN_QUEUE
from models.outbox.readers import Reader, readers_by_person
from models.outbox.rules import OPEN_STATES, OVER, UNSENT_STATES, Lane, State, lane_of_change
from models.outbox.sparing import leaves_at, put_off
from models.outbox.tables import MadeFileRow, OutboxRow

SEND = "sendMessage"

KEPT_FOR = timedelta(days=180)
"""How long a row is kept once it is over. Longer than a conversation, which may name one; a card
older than this no longer changes in place."""

ROWS_AT_ONCE = 1000
"""Rows that one prepared INSERT is given at once: their values are in memory meanwhile."""

FORGOTTEN_AT_ONCE = 10_000
"""Rows dropped in one transaction: an old broadcast must not hold turns up."""

QUEUED = "answers queued"
"""Where a session says that it has queued notices in the lane of answers."""


def note_queued(session: Session, lane: Lane) -> None:
    """Note that a notice is queued in this session: an answer must not overtake one in its lane."""
    if lane == Lane.ANSWER:
        session.info[QUEUED] = True


def has_queued(session: Session) -> bool:
    """Return whether this session has queued notices that go before whatever is composed now."""
    return QUEUED in session.info


TAPPER = "who tapped"
"""Where a session says in whose private chat the tap was that is being answered."""


def note_tapper(session: Session, chat_id: int) -> None:
    """Note in whose private chat a tap was: words that miss it are said there."""
    session.info[TAPPER] = chat_id


_COMPOSE = insert(table_of(OutboxRow))


async def compose(
    session: Session,
    *,
    method: str,
    payload: dict[str, Any],
    chat_id: int | None,
    now: datetime,
    lane: Lane = Lane.ANSWER,
    target_id: int | None = None,
    taken: bool = False,
    detail: dict[str, Any] | None = None,
) -> int:
    """Queue one call to Telegram and give the row's id, which an edit may name as its target.

    One that is born `taken` is carried by the sender of this process as soon as this transaction
    has committed; no other process may be sender meanwhile.
    """
    values = {
        "lane": lane if target_id is None else lane_of_change(lane),
        "state": State.SENDING if taken else State.QUEUED,
        "attempts": int(taken),
        "message_id": payload.get("message_id") if taken else None,
        "chat_id": chat_id,
        "method": method,
        "payload": payload,
        "detail": detail,
        "target_id": target_id,
        "created_at": now,
        "due_at": now,
    }
    composed: Any = await session.execute(_COMPOSE, values)
    return int(composed.inserted_primary_key[0])


async def keep_file(session: Session, name: str, content: bytes, now: datetime) -> int:
    """Keep a file of the bot's own making until the row that names it has been sent."""
    row = MadeFileRow(name=name, content=content, created_at=now)
    session.add(row)
    await session.flush()
    return row.id


async def notify(
    session: Session,
    *,
    recipient_id: int,
    kind: str,
    subject_id: int,
    now: datetime,
    lane: Lane = Lane.NOTICE,
    detail: dict[str, Any] | None = None,
    dedupe: str | None = None,
) -> bool:
    """Queue a push for a person, or for the proxy of somebody without Telegram.

    The text is rendered when its turn to be sent comes; in quiet hours that is their end, but for
    the lanes URGENT and LIVE. What may wait waits while the reader wants to be left alone. What is
    to be said at a later time is a reminder, not a notice.
    False means that nobody can be reached (left, no account and no proxy), or that a notice with
    the same `dedupe` key was queued before.
    """
    reader = (await readers_by_person(session, [recipient_id])).get(recipient_id)
    if reader is None:
        return False
    note_queued(session, lane)
    values = {
        "lane": lane,
        "state": State.QUEUED,
        "chat_id": reader.chat_id,
        "method": SEND,
        "kind": kind,
        "subject_id": subject_id,
        "recipient_id": reader.person_id,
        "detail": detail,
        "dedupe": dedupe,
        "repeat": False,
        "attempts": 0,
        "repeats": 0,
        "created_at": now,
        "due_at": leaves_at(session, kind, lane, reader.spared, now),
    }
    return await insert_once(session, OutboxRow, values)


async def notify_all(
    session: Session,
    readers: Sequence[Reader],
    *,
    kind: str,
    subject_id: int | None,
    now: datetime,
    lane: Lane,
    detail: dict[str, Any],
    name: str,
) -> None:
    """Queue one kind of push for many readers, by one prepared statement for a thousand rows.

    `subject_id` None makes each reader their own subject. `name` and subject name it for each
    reader once, however often this is done. It is for the caller to leave out who cannot be
    reached, and to keep one transaction short.
    """
    note_queued(session, lane)
    for start in range(0, len(readers), ROWS_AT_ONCE):
        rows = [
            {
                "lane": lane,
                "state": State.QUEUED,
                "chat_id": reader.chat_id,
                "method": SEND,
                "kind": kind,
                "subject_id": reader.person_id if subject_id is None else subject_id,
                "recipient_id": reader.person_id,
                "detail": detail,
                "dedupe": f"{name}:{subject_id or ''}:{reader.person_id}",
                "created_at": now,
                "due_at": now,
            }
            for reader in readers[start : start + ROWS_AT_ONCE]
        ]
        await insert_new(session, OutboxRow, rows)
    await put_off(session, [kind], lane, now)


async def add_detail(
    session: Session, *, recipient_id: int, dedupe: str, detail: dict[str, Any]
) -> bool:
    """Add to the detail of a reader's card and of its changes that wait; False if there is none.

    It is for the caller to keep others from refreshing the card meanwhile, and to refresh it.
    """
    card = await session.scalar(
        select(OutboxRow).where(OutboxRow.dedupe == dedupe, OutboxRow.recipient_id == recipient_id)
    )
    if card is None:
        return False
    edits = await session.scalars(
        select(OutboxRow).where(
            OutboxRow.target_id == card.id,
            OutboxRow.kind == card.kind,
            OutboxRow.state == State.QUEUED,
        )
    )
    for row in (card, *edits):
        row.detail = {**(row.detail or {}), **detail}
    await session.flush()
    return True


async def withdraw_from(session: Session, recipient_id: int, *, reason: str) -> None:
    """Drop every push for a person that has not left yet."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.recipient_id == recipient_id, OutboxRow.state.in_(UNSENT_STATES))
        .values(state=State.DROPPED, reason=reason)
    )


async def forget_chat(session: Session, chat_id: int) -> None:
    """Take the number of a chat, which is the person's account, off all that is over."""
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == chat_id, OutboxRow.state.in_(list(OVER)))
        .values(chat_id=None)
    )


async def forget_about(session: Session, kinds: Sequence[str], subject_id: int) -> None:
    """Forget who was told of these kinds about a subject: cards and changes that are over.

    What they became in a chat stays there, and changes no more.
    """
    naming = aliased(OutboxRow)
    over = (
        OutboxRow.kind.in_(kinds),
        OutboxRow.subject_id == subject_id,
        OutboxRow.state.in_(list(OVER)),
        ~exists().where(naming.target_id == OutboxRow.id),
    )
    for which in (OutboxRow.target_id.is_not(None), OutboxRow.target_id.is_(None)):
        await session.execute(
            delete(OutboxRow).where(which, *over).execution_options(synchronize_session=False)
        )


async def open_rows(session: Session) -> int:
    """Count what has not left yet."""
    waiting = OutboxRow.state.in_(list(OPEN_STATES))
    return await session.scalar(select(func.count(OutboxRow.id)).where(waiting)) or 0


async def forget_old(session: Session, now: datetime) -> None:
    """Drop what has been over for `KEPT_FOR`, but for rows that a later one still names."""
    naming = aliased(OutboxRow)
    old = (
        select(OutboxRow.id)
        .where(
            NOT_IN_QUEUE,
            OutboxRow.state.in_(list(OVER)),
            OutboxRow.finished_at < now - KEPT_FOR,
            ~exists().where(naming.target_id == OutboxRow.id),
        )
        .limit(FORGOTTEN_AT_ONCE)
    )
    await session.execute(
        delete(OutboxRow).where(OutboxRow.id.in_(old)).execution_options(synchronize_session=False)
    )

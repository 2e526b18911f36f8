"""What the sender reads: which rows may leave now and in which order, and what they need."""

import math
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import String, and_, bindparam, literal_column, or_, select

from models.base import table_of
from models.database import Session, is_postgresql, selected
from models.outbox.rules import MESSAGES, OPEN_STATES, Lane, State, last_lane
from models.outbox.tables import MadeFileRow, OutboxRow
from models.outbox.views import Left, WaitingRow
from models.people.tables import PersonRow

IN_QUEUE = literal_column(f"'{State.QUEUED}'", String)
"""Written into the statement, so that a prepared plan can use the index of the queue alone."""

NOT_IN_QUEUE = OutboxRow.state != IN_QUEUE
"""Beside a state that is asked for: by it SQLite knows that the index of all others will do."""

_row = table_of(OutboxRow)
_target = _row.alias("target")
_no_chat = _row.c.chat_id.is_(None)
_at_once = and_(_row.c.attempts == 0, _row.c.due_at <= _row.c.created_at)
"""Meant to leave when it was written, whatever the clock of whoever wrote it: were a process of
several ahead, its answers would wait, and later ones overtake them."""
_WAITING = (
    select(
        _row.c.id,
        _row.c.lane,
        _row.c.chat_id,
        _row.c.method,
        _row.c.payload,
        _row.c.kind,
        _row.c.subject_id,
        _row.c.recipient_id,
        _row.c.detail,
        _row.c.target_id,
        _row.c.attempts,
        _row.c.repeat,
    )
    .select_from(_row.outerjoin(_target, _row.c.target_id == _target.c.id))
    .where(
        _row.c.state == IN_QUEUE,
        or_(_row.c.target_id.is_(None), _target.c.state.not_in(list(OPEN_STATES))),
        _row.c.lane <= bindparam("last_lane"),
        or_(_row.c.due_at <= bindparam("now"), _at_once),
        or_(_no_chat, _row.c.chat_id.not_in(bindparam("passed_over", expanding=True))),
        or_(
            _row.c.lane == Lane.ANSWER,
            _no_chat,
            _row.c.chat_id.not_in(bindparam("no_push_to", expanding=True)),
        ),
    )
    .order_by(_row.c.lane, _row.c.id)
    .limit(bindparam("most"))
)
"""What waits, in the order it leaves in; put together once, for the sender asks it every round."""


_HELD = (
    select(_row.c.id, _row.c.payload, _row.c.detail)
    .where(_row.c.id.in_(bindparam("ids", expanding=True)), _row.c.state == State.QUEUED)
    .with_for_update(key_share=True, skip_locked=True)
)
_ANSWERS_WAITING = (
    select(_row.c.chat_id, _row.c.due_at)
    .where(_row.c.state == IN_QUEUE, _row.c.lane == Lane.ANSWER)
    .limit(bindparam("most"))
)
_SHOWN = select(_row.c.state, _row.c.message_id).where(_row.c.id == bindparam("id"))
_BECAME = select(_row.c.id, _row.c.message_id, _row.c.detail).where(
    _row.c.id.in_(bindparam("ids", expanding=True)), _row.c.message_id.is_not(None)
)


async def waiting(
    session: Session,
    now: datetime,
    *,
    passed_over: Collection[int],
    no_push_to: Collection[int],
    pushes: bool,
    quiet: bool,
    limit: int,
) -> list[WaitingRow]:
    """List due rows in the order they should leave, at most one a chat.

    Nothing goes to the chats in `passed_over`, no push to those in `no_push_to`, none at all
    unless `pushes`, and none that rings in `quiet` hours. An edit waits for the row it names.
    Rows that another transaction is changing (withdrawing, refreshing) keep their turn; those
    given are held until this one ends.
    """
    values = {
        "last_lane": last_lane(pushes=pushes, quiet=quiet),
        "now": now,
        "passed_over": list(passed_over),
        "no_push_to": list(no_push_to),
        "most": limit,
    }
    seen: set[int] = set()
    rows: list[WaitingRow] = []
    for row in cast("Sequence[WaitingRow]", await selected(session, _WAITING, values)):
        if row.chat_id is None or row.chat_id not in seen:
            rows.append(row)
        if row.chat_id is not None:
            seen.add(row.chat_id)
    return await _held(session, rows) if rows and is_postgresql(session) else rows


async def _held(session: Session, rows: list[WaitingRow]) -> list[WaitingRow]:
    """Hold those of some waiting rows that nobody else is changing; the rest keeps its turn.

    What was changed since it was read keeps its turn too. SQLite's transaction already is the only
    writer.
    """
    found = await selected(session, _HELD, {"ids": [row.id for row in rows]})
    held = {one.id: (one.payload, one.detail) for one in found}
    return [row for row in rows if held.get(row.id) == (row.payload, row.detail)]


async def answers_waiting(session: Session, most: int) -> list[tuple[int | None, datetime]]:
    """List up to `most` answers that wait: (chat id, when it may go)."""
    rows = await selected(session, _ANSWERS_WAITING, {"most": most})
    return [(row.chat_id, row.due_at) for row in rows]


async def message_ids(session: Session, row_ids: Collection[int]) -> dict[int, int]:
    """Return the message ids that rows came to: row id -> message id, where there is one."""
    return {row_id: ids[0] for row_id, ids in (await became(session, row_ids)).items()}


async def shown_as(session: Session, row_id: int) -> float | None:
    """Return the number of the message that a row came to, infinity while it waits to leave.

    None while it is being sent, or where the row is gone: it may stand in the chat.
    """
    found = await selected(session, _SHOWN, {"id": row_id})
    row = next(iter(found), None)
    if row is None:
        return None
    return math.inf if row.state == State.QUEUED else row.message_id


async def became(session: Session, row_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return all the messages that rows came to, of an album each: row id -> message ids."""
    if not row_ids:
        return {}
    found = await selected(session, _BECAME, {"ids": list(row_ids)})
    return {
        row_id: tuple((detail or {}).get(MESSAGES) or [message_id])
        for row_id, message_id, detail in map(tuple, found)
        if message_id
    }


_SENT_SINCE = (
    select(
        _row.c.lane,
        _row.c.method,
        _row.c.chat_id,
        _row.c.payload,
        _row.c.detail,
        _row.c.finished_at,
    )
    .where(NOT_IN_QUEUE, _row.c.state == State.SENT, _row.c.finished_at > bindparam("since"))
    .order_by(_row.c.finished_at)
)
_PUT_OFF = select(_row.c.chat_id, _row.c.due_at).where(
    _row.c.state == IN_QUEUE,
    _row.c.attempts > 0,
    _row.c.due_at > bindparam("now"),
    _row.c.chat_id.is_not(None),
)


async def sent_since(session: Session, since: datetime) -> Sequence[Left]:
    """List what was sent since an instant, in that order: it still counts for the pace."""
    return cast("Sequence[Left]", await selected(session, _SENT_SINCE, {"since": since}))


async def put_off(session: Session, now: datetime) -> list[tuple[int, datetime]]:
    """List the chats in which a message waits to be tried again: (chat id, until when)."""
    rows = await selected(session, _PUT_OFF, {"now": now})
    return [(row.chat_id, row.due_at) for row in rows]


async def made_file(session: Session, file_id: int) -> tuple[str, bytes]:
    """Return name and content of a file that the bot made."""
    row = await session.get_one(MadeFileRow, file_id)
    return row.name, row.content


_person = table_of(PersonRow)
_LANGUAGES = select(_person.c.id, _person.c.language).where(
    _person.c.id.in_(bindparam("ids", expanding=True)), _person.c.left_at.is_(None)
)


async def languages_of(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Return the languages in which people read; who left has none."""
    if not person_ids:
        return {}
    rows = await selected(session, _LANGUAGES, {"ids": list(person_ids)})
    return {row.id: row.language for row in rows}


_NOTICE_AT = (
    select(_row.c.kind, _row.c.subject_id)
    .where(
        _row.c.chat_id == bindparam("chat_id"),
        _row.c.message_id == bindparam("message_id"),
        _row.c.kind.is_not(None),
    )
    .order_by(_row.c.id.desc())
    .limit(1)
)


async def notice_at(session: Session, chat_id: int, message_id: int) -> tuple[str, int] | None:
    """Return kind and subject of the notice that became a message of a chat; None for no notice."""
    at = {"chat_id": chat_id, "message_id": message_id}
    rows = await selected(session, _NOTICE_AT, at)
    return next(((row.kind, row.subject_id) for row in rows if row.subject_id is not None), None)

"""Reading and writing where a person is in a conversation."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from models.conversations.tables import ConversationRow
from models.database import Session

HELD = "conversations"
"""Where a session holds the rows it has read; a session lives for one transaction."""

KEPT_FOR = timedelta(days=90)
"""How long a conversation that nobody goes on with is kept: a half-filled form waits so long."""


async def read(session: Session, key: str) -> tuple[str | None, dict[str, Any]]:
    """Give state and a copy of the data; nothing kept reads as (None, {})."""
    row = await _row(session, key)
    return (row.state, dict(row.data)) if row else (None, {})


async def write_state(session: Session, key: str, state: str | None, now: datetime) -> None:
    """Keep a state and leave the data as it is."""
    _, data = await read(session, key)
    await _write(session, key, state, data, now)


async def write_data(session: Session, key: str, data: dict[str, Any], now: datetime) -> None:
    """Keep the data and leave the state as it is."""
    state, _ = await read(session, key)
    await _write(session, key, state, dict(data), now)


async def forget_old(session: Session, now: datetime) -> None:
    """Drop what nobody has gone on with for `KEPT_FOR`."""
    old = ConversationRow.updated_at < now - KEPT_FOR
    await session.execute(delete(ConversationRow).where(old))


async def _write(
    session: Session, key: str, state: str | None, data: dict[str, Any], now: datetime
) -> None:
    """Keep both; nothing of whoever is in no conversation: the key names their account."""
    row = await _row(session, key)
    empty = state is None and not data
    if row is not None and not empty:
        row.state, row.data, row.updated_at = state, data, now
    elif row is not None:
        await session.delete(row)
        await session.flush()
        _held(session)[key] = None
    elif not empty:
        fresh = ConversationRow(key=key, state=state, data=data, updated_at=now)
        session.add(fresh)
        await session.flush()
        _held(session)[key] = fresh


async def _row(session: Session, key: str) -> ConversationRow | None:
    """Give a row, read once a transaction: the turn holds its chat, so nobody else changes it."""
    held = _held(session)
    if key not in held:
        held[key] = await session.get(ConversationRow, key)
    return held[key]


def _held(session: Session) -> dict[str, ConversationRow | None]:
    held: dict[str, ConversationRow | None] = session.info.setdefault(HELD, {})
    return held

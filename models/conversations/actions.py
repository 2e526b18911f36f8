"""Reading and writing where a person is in a conversation."""

from datetime import datetime
from typing import Any

from models.conversations.tables import ConversationRow
from models.database import Session


async def read(session: Session, key: str) -> tuple[str | None, dict[str, Any]]:
    """Give state and a copy of the data; nothing kept reads as (None, {})."""
    row = await session.get(ConversationRow, key)
    return (row.state, dict(row.data)) if row else (None, {})


async def write_state(session: Session, key: str, state: str | None, now: datetime) -> None:
    """Keep a state and leave the data as it is."""
    row = await _row(session, key, now)
    row.state, row.updated_at = state, now


async def write_data(session: Session, key: str, data: dict[str, Any], now: datetime) -> None:
    """Keep the data and leave the state as it is."""
    row = await _row(session, key, now)
    row.data, row.updated_at = dict(data), now


async def _row(session: Session, key: str, now: datetime) -> ConversationRow:
    row = await session.get(ConversationRow, key)
    if row is None:
        row = ConversationRow(key=key, state=None, data={}, updated_at=now)
        session.add(row)
        await session.flush()
    return row

"""Reading and writing where a person is in a conversation."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, select

from models.base import table_of
from models.conversations.tables import ConversationRow
from models.database import Session, insert_of, is_postgresql

HELD = "conversations"
"""Where a session holds what it has read; a session lives for one transaction."""

KEPT_FOR = timedelta(days=90)
"""How long a conversation that nobody goes on with is kept: a half-filled form waits so long."""

_table = table_of(ConversationRow)
_READ = select(_table.c.state, _table.c.data).where(_table.c.key == bindparam("which"))
_DROP = delete(_table).where(_table.c.key == bindparam("which"))


@dataclass(frozen=True)
class ConversationRecord:
    """Where somebody is; nothing of both is somebody who is in no conversation."""

    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


NOWHERE = ConversationRecord()


async def read(session: Session, key: str) -> tuple[str | None, dict[str, Any]]:
    """Return state and a copy of the data; nothing kept reads as (None, {})."""
    held = await _held(session, key)
    return held.state, dict(held.data)


async def write_state(session: Session, key: str, state: str | None, now: datetime) -> None:
    """Keep a state and leave the data as it is."""
    held = await _held(session, key)
    await _write(session, key, held, ConversationRecord(state, held.data), now)


async def write_data(session: Session, key: str, data: dict[str, Any], now: datetime) -> None:
    """Keep the data and leave the state as it is."""
    held = await _held(session, key)
    await _write(session, key, held, ConversationRecord(held.state, dict(data)), now)


async def forget_old(session: Session, now: datetime) -> None:
    """Drop what nobody has gone on with for `KEPT_FOR`."""
    old = ConversationRow.updated_at < now - KEPT_FOR
    await session.execute(delete(ConversationRow).where(old))


async def _write(
    session: Session, key: str, before: ConversationRecord, after: ConversationRecord, now: datetime
) -> None:
    """Keep what has changed; nothing of whoever is in no conversation: the key names them."""
    if after == before:
        return
    _all_held(session)[key] = after
    if after == NOWHERE:
        await session.execute(_DROP, {"which": key})
        return
    values = {"key": key, "state": after.state, "data": after.data, "updated_at": now}
    await session.execute(_keeping(on_postgresql=is_postgresql(session)), values)


@cache
def _keeping(*, on_postgresql: bool) -> Executable:
    insert = insert_of(ConversationRow, on_postgresql=on_postgresql)
    changed = {name: insert.excluded[name] for name in ("state", "data", "updated_at")}
    return insert.on_conflict_do_update(index_elements=["key"], set_=changed)


async def _held(session: Session, key: str) -> ConversationRecord:
    """Read once a transaction: the turn holds its chat, so nobody else changes it."""
    held = _all_held(session)
    if key not in held:
        row = (await session.execute(_READ, {"which": key})).one_or_none()
        held[key] = ConversationRecord(row.state, row.data) if row else NOWHERE
    return held[key]


def _all_held(session: Session) -> dict[str, ConversationRecord]:
    held: dict[str, ConversationRecord] = session.info.setdefault(HELD, {})
    return held

"""Trying an act as somebody: what it changed, asked and told; then all is as it was before."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models.conversations.tables import ConversationRow
from models.database import Session, open_sessions, transaction
from models.outbox.tables import OutboxRow
from models.vault import Vault
from tests.matrix.everybody import ACCOUNTS, Who
from tests.matrix.quarter import MEDIA, Quarter

BOOKKEEPING = {
    "audit",
    "audit_keys",
    "audit_links",
    "conversations",
    "handled_updates",
    "outbox",
}
"""Tables that an update writes whatever comes of it: that it was handled, where somebody stands in
a conversation, what was answered, what was tried."""

WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")

HEARD = ("UPDATE people SET heard_at=", "UPDATE people SET unreachable_at=")
"""That somebody was heard of, and so can be reached: with each of their messages."""

CARRIED = re.compile(r'"callback_data": "([^"]+)"')

CANARIES = {
    "words": ("*油*",),
    "phone": ("13800001001", "138 0000 1001"),
    "door": ("2单元301室",),
    "proposal": ("*上下楼*",),
    "meeting": ("二楼",),
    "broadcast": ("*明天*",),
    "gathering": ("*太极*",),
    "post": ("*板报*",),
    "care": ("*下棋*",),
}
"""What may be told of what lies there, by words that stand nowhere else."""


@dataclass
class Came:
    """What came of one attempt."""

    changed: set[str] = field(default_factory=set)
    """Tables, beyond the bookkeeping, of which rows were written; notices that were queued."""
    asks: str | None = None
    """The form that is open now."""
    told: set[str] = field(default_factory=set)
    """Which of the CANARIES the answer holds, and what of media it sends."""
    keys: list[str] = field(default_factory=list)
    """What the buttons carry that were shown."""


class Trials:
    """Takes one act after another, each on the same settled town."""

    def __init__(self, connection: AsyncConnection, vault: Vault, now: datetime) -> None:
        self._connection = connection
        self.sessions = open_sessions(connection.engine, vault)
        self.sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
        self.quarter = Quarter(self.sessions, now)
        self._written: list[str] = []
        event.listen(connection.sync_connection, "after_cursor_execute", self._note)

    def _note(self, _connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        found = WRITES.search(statement)
        if statement.startswith(HEARD):
            return
        if found and found[1] not in BOOKKEEPING and cursor.rowcount != 0:
            self._written.append(found[1])

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """Take back at the end whatever was done."""
        seen, nested = self.quarter.last_row, await self._connection.begin_nested()
        try:
            yield
        finally:
            await nested.rollback()
            self.quarter.last_row = seen

    async def tries(self, who: Who, data: str) -> Came:
        """Say a command, or press a button with other data."""
        return await (self.say(who, text=data) if data[0] == "/" else self.press(who, data))

    async def press(self, who: Who, data: str) -> Came:
        """Press a button; what came of it, which is to be looked at before it is taken back."""
        return await self._come(who, lambda: self.quarter.press(ACCOUNTS[who], data))

    async def say(self, who: Who, **content: Any) -> Came:
        """Send a message."""
        return await self._come(who, lambda: self.quarter.send(ACCOUNTS[who], **content))

    async def _come(self, who: Who, act: Any) -> Came:
        seen = self.quarter.last_row
        self._written.clear()
        await act()
        came = Came(changed=set(self._written))
        async with transaction(self.sessions) as session:
            said = await session.execute(
                select(OutboxRow.kind, OutboxRow.method, OutboxRow.payload).where(
                    OutboxRow.id > seen
                )
            )
            rows = said.all()
            came.asks = await self._open_form(session, who)
        text = " ".join(str(payload) for _, _, payload in rows if payload)
        came.changed |= {kind for kind, _, _ in rows if kind}
        came.told |= {method for _, method, _ in rows if method in MEDIA}
        came.keys = CARRIED.findall(json.dumps([payload for _, _, payload in rows]))
        came.told |= {name for name, words in CANARIES.items() if any(w in text for w in words)}
        return came

    async def _open_form(self, session: Session, who: Who) -> str | None:
        name = f"42:{ACCOUNTS[who]}:{ACCOUNTS[who]}:default"
        state = await session.scalar(
            select(ConversationRow.state).where(ConversationRow.key == name)
        )
        return state.partition(":")[2] if state and state.startswith("form:") else None

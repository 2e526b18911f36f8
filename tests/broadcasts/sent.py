"""Broadcasts put straight into the tables, with any outcome for each recipient."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import delete, select, update

from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import Does, Medium, Notice, Style, Topic, Way
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import transaction
from models.outbox.rules import OPEN_STATES, Lane
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from tests.proposals.square import Square

_tokens = count(1)


@dataclass(frozen=True)
class To:
    """One recipient: how they are reached, and where their copy stands; None: there is none."""

    name: str
    way: Way = Way.CHAT
    copy: Copy | None = Copy.SENT
    reader: str | None = None
    reason: str | None = None
    repeat: bool = False


async def put(square: Square, *recipients: To, author: str = "zhou", **fields: Any) -> int:
    """Put a broadcast on its way to these; give its id."""
    values: dict[str, Any] = {
        "token": f"sent-{next(_tokens)}",
        "author_id": square.people[author],
        "place_id": square.places["gui"].id,
        "style": Style.NOTICE,
        "topic": Topic.UTILITIES,
        "state": State.SENDING,
        "language": "zh_Hans",
        "content": Content(Medium.TEXT, "明天停水").kept(),
        "buttons": [CopyButton(Does.RECEIVED).kept(), CopyButton(Does.SIGN_UP).kept()],
        "audience": Audience((Group(square.places["gui"].id),)).kept(),
        "created_at": square.now,
        "changed_at": square.now,
        "started_at": square.now,
        "heads": len(recipients),
    }
    async with transaction(square.sessions) as session:
        row = BroadcastRow(**(values | fields))
        session.add(row)
        await session.flush()
        for to in recipients:
            await _add(square, session, row, to)
        return row.id


async def _add(square: Square, session: Any, row: BroadcastRow, to: To) -> None:
    reader = square.people[to.reader or to.name] if to.way in {Way.CHAT, Way.PROXY} else None
    session.add(
        RecipientRow(
            broadcast_id=row.id,
            person_id=square.people[to.name],
            way=to.way,
            reader_id=reader,
            place_id=square.places["b1"].id,
        )
    )
    if to.copy is None or reader is None:
        return
    session.add(
        OutboxRow(
            lane=Lane.BULK,
            state=to.copy,
            chat_id=reader,
            method="sendMessage",
            kind=Notice.COPY,
            subject_id=row.id,
            recipient_id=reader,
            repeat=to.repeat,
            reason=to.reason,
            created_at=square.now,
            due_at=square.now,
            finished_at=None if to.copy in OPEN_STATES else square.now,
        )
    )


async def becomes(square: Square, broadcast_id: int, copy: Copy) -> None:
    """Let every copy that waits or is on its way come to an end."""
    async with transaction(square.sessions) as session:
        await session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.kind == Notice.COPY,
                OutboxRow.subject_id == broadcast_id,
                OutboxRow.state.in_([Copy.QUEUED, Copy.SENDING]),
            )
            .values(state=copy, finished_at=square.now)
        )


async def forget(square: Square, broadcast_id: int) -> None:
    """Let the outbox forget the copies of a broadcast."""
    async with transaction(square.sessions) as session:
        await session.execute(
            delete(OutboxRow).where(
                OutboxRow.kind == Notice.COPY, OutboxRow.subject_id == broadcast_id
            )
        )


async def recipient(square: Square, broadcast_id: int, name: str) -> RecipientRow:
    """Read one recipient in a session of its own."""
    async with transaction(square.sessions) as session:
        found = await session.scalar(
            select(RecipientRow).where(
                RecipientRow.broadcast_id == broadcast_id,
                RecipientRow.person_id == square.people[name],
            )
        )
        assert found is not None
        return found


async def broadcast(square: Square, broadcast_id: int) -> BroadcastRow:
    """Read a broadcast in a session of its own."""
    async with transaction(square.sessions) as session:
        return await session.get_one(BroadcastRow, broadcast_id)

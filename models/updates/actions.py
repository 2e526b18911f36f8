"""Remembering what was handled, keeping what failed."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from models.database import Session, insert_once
from models.updates.rules import FAILED_KEPT_FOR, REMEMBERED_FOR, UNSETTLED, FailedState, chat_of
from models.updates.tables import FailedRow, HandledRow

REASON_LENGTH = 8_000


async def remember(session: Session, identity: str, update_id: int, now: datetime) -> bool:
    """Note that an update is handled in this transaction; False when it was before."""
    values = {"identity": identity, "update_id": update_id, "handled_at": now}
    return await insert_once(session, HandledRow, values)


async def forget_old(session: Session, now: datetime) -> None:
    """Drop what no longer can come again, and failed updates: settled ones, and those too old."""
    long_ago = now - REMEMBERED_FOR
    await session.execute(delete(HandledRow).where(HandledRow.handled_at < long_ago))
    await session.execute(delete(FailedRow).where(FailedRow.settled_at < long_ago))
    await session.execute(delete(FailedRow).where(FailedRow.failed_at < now - FAILED_KEPT_FOR))


async def forget_failed(session: Session, chat_id: int) -> None:
    """Drop every failed update of a chat: whoever wrote there is to be forgotten."""
    await session.execute(delete(FailedRow).where(FailedRow.chat_id == chat_id))


async def keep_failed(
    session: Session, raw: dict[str, Any], update_id: int | None, reason: str, now: datetime
) -> int:
    """Keep an update that could not be handled, whole, with the reason; give the row's id."""
    row = FailedRow(
        update_id=update_id,
        chat_id=chat_of(raw),
        raw=raw,
        reason=reason[-REASON_LENGTH:],
        state=FailedState.KEPT,
        failed_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id


async def kept(session: Session, limit: int = 50) -> list[tuple[int, dict[str, Any]]]:
    """List failed updates that wait for replay, oldest first: (id, raw)."""
    rows = await session.scalars(
        select(FailedRow)
        .where(FailedRow.state == FailedState.KEPT)
        .order_by(FailedRow.id)
        .limit(limit)
    )
    return [(row.id, row.raw) for row in rows.all()]


async def asked(session: Session, limit: int = 50) -> list[int]:
    """List the failed updates that somebody asked to be replayed, oldest first, by id."""
    rows = await session.scalars(
        select(FailedRow.id)
        .where(FailedRow.state == FailedState.ASKED)
        .order_by(FailedRow.id)
        .limit(limit)
    )
    return list(rows.all())


async def keep_again(session: Session, failed_id: int, reason: str, now: datetime) -> None:
    """Keep an update whose replay failed, with the new reason; one settled meanwhile stays so."""
    await session.execute(
        update(FailedRow)
        .where(FailedRow.id == failed_id, FailedRow.state.in_(UNSETTLED))
        .values(state=FailedState.KEPT, reason=reason[-REASON_LENGTH:], failed_at=now)
    )


async def settle(
    session: Session, failed_id: int, state: FailedState, now: datetime
) -> dict[str, Any] | None:
    """Mark a kept update as replayed or dropped and give it; None when it was settled before.

    It is empty from then on.
    """
    row = await session.get(FailedRow, failed_id, with_for_update=True)
    if row is None or row.state not in UNSETTLED:
        return None
    raw = row.raw
    row.state, row.settled_at, row.raw = state, now, {}
    return raw

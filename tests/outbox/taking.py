"""Taking rows as the sender does, one by one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.database import Session
from models.outbox import recording
from models.outbox.rules import Attempt, RowVerdict
from models.outbox.tables import OutboxRow
from models.outbox.views import RowInHand


async def claim(
    session: Session, row: Any, found: Mapping[int, tuple[int, ...]], now: datetime
) -> RowInHand | None:
    """Take a row for sending, or drop it where what it changes was never sent."""
    claimed = recording.aim(row, found)
    if claimed is None:
        await recording.drop(session, [row], now)
    else:
        await recording.take(session, [claimed])
    await _again(session, row)
    return claimed


async def record(session: Session, row_id: int, attempt: Attempt, now: datetime) -> RowVerdict:
    """Write down what came of one attempt."""
    [verdict] = await recording.record(session, [(row_id, attempt)], now)
    await _again(session, await session.get_one(OutboxRow, row_id))
    return verdict


async def _again(session: Session, row: Any) -> None:
    """Read a row again that was written below the ORM."""
    if isinstance(row, OutboxRow):
        await session.refresh(row)

"""The tables do not grow for ever."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from models.base import Base
from models.conversations.actions import write_state
from models.conversations.tables import ConversationRow
from models.database import Session, Sessions, transaction
from models.outbox.actions import compose
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.reminders.actions import cancel, remind
from models.reminders.rules import Lateness
from models.reminders.tables import ReminderRow
from models.updates.actions import keep_failed, remember, settle
from models.updates.rules import FailedState
from models.updates.tables import FailedRow, HandledRow
from scheduler.ticker import TIDY_EVERY, TIDY_FIRST, Ticker
from tests.waiting import until

LONG = timedelta(days=181)


async def count(sessions: Sessions, table: type[Base]) -> int:
    async with transaction(sessions) as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def fill(sessions: Sessions, now: datetime) -> None:
    """Put two rows into each table: one that is over, one that somebody still waits for."""
    async with transaction(sessions) as session:
        await remember(session, f"handled {now}", 1, now)
        for number in range(2):
            failed = await keep_failed(session, {}, number, "", now)
            await remind(session, kind="k", subject_id=number, due_at=now, lateness=Lateness.LAPSE)
            row_id = await compose(session, method="x", payload={}, chat_id=1, now=now)
        await settle(session, failed, FailedState.DROPPED, now)
        await cancel(session, subject_id=1, kinds=["k"], reason="", now=now)
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row_id)
            .values(state=State.SENT, finished_at=now)
        )
        await write_state(session, f"key {now}", "form:x", now)


async def test_what_nobody_needs_goes_and_what_waits_stays(
    sessions: Sessions, now: datetime
) -> None:
    await fill(sessions, now)
    await Ticker(sessions, {}, lambda: now).tidy()
    tables: list[type[Base]] = [HandledRow, FailedRow, ReminderRow, OutboxRow, ConversationRow]
    assert [await count(sessions, table) for table in tables] == [1, 2, 2, 2, 1]
    await Ticker(sessions, {}, lambda: now + LONG).tidy()
    assert [await count(sessions, table) for table in tables] == [0, 0, 1, 1, 0]


async def test_the_first_tidying_comes_soon_after_the_start(
    sessions: Sessions, now: datetime
) -> None:
    await fill(sessions, now)
    soon = Ticker(sessions, {}, lambda: now + LONG, tidy_first=timedelta(0))
    soon.start()

    async def tidied() -> bool:
        return await count(sessions, ConversationRow) == 0

    await until(tidied)
    await soon.stop()
    assert timedelta(0) < TIDY_FIRST < TIDY_EVERY / 10


async def test_a_message_that_a_later_one_changes_goes_after_it(
    sessions: Sessions, now: datetime
) -> None:
    async with transaction(sessions) as session:
        card = await compose(session, method="x", payload={}, chat_id=1, now=now)
        edit = await compose(session, method="y", payload={}, chat_id=1, now=now, target_id=card)
        over = {"state": State.SENT, "finished_at": now}
        await session.execute(update(OutboxRow).values(over))
    ticker = Ticker(sessions, {}, lambda: now + LONG)
    for left in ([card], []):
        await ticker.tidy()
        async with transaction(sessions) as session:
            assert list(await session.scalars(select(OutboxRow.id))) == left
    assert edit


async def test_one_work_that_is_broken_keeps_no_other_back(
    sessions: Sessions, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranged: list[str] = []

    async def broken(_session: Session, _now: datetime) -> None:
        arranged.append("broken")
        raise ArithmeticError

    async def sound(_session: Session, _now: datetime) -> None:
        arranged.append("sound")

    monkeypatch.setattr("scheduler.ticker.ARRANGE", (broken, sound))
    with pytest.raises(ArithmeticError):
        await Ticker(sessions, {}, lambda: now).arrange()
    assert arranged == ["broken", "sound"]

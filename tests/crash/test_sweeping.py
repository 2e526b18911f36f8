"""Killed while it sweeps, beside another worker that lives: each reminder acts once."""

import asyncio
import random
import signal
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.database import Sessions, transaction
from models.outbox.tables import OutboxRow
from models.reminders.actions import remind
from models.reminders.rules import Lateness, State
from models.reminders.tables import ReminderRow
from scheduler.sweep import sweep_some
from tests.crash import sweeper
from tests.crash.conftest import Zygote
from tests.profile import SEED, length

KILLS = length(1, 8)
"""At each point."""
AT_A_TIME = 5
SECONDS = 20.0
"""How long a sweeper may live until it reaches its point."""

pytestmark = pytest.mark.crash


@dataclass
class Worker:
    """The worker that lives: it sets reminders, and sweeps like the one that is killed."""

    sessions: Sessions
    now: datetime
    set_up: int = 0

    async def put(self) -> None:
        """Set some reminders that are due."""
        async with transaction(self.sessions) as session:
            for number in range(self.set_up, self.set_up + AT_A_TIME):
                due_at = self.now - timedelta(milliseconds=number)
                kind = sweeper.SET_KIND if number // AT_A_TIME % 2 else sweeper.KIND
                await remind(
                    session, kind=kind, subject_id=number, due_at=due_at,
                    lateness=Lateness.SEND_LATE,
                )  # fmt: skip
        self.set_up += AT_A_TIME

    async def sweep(self) -> int:
        """Sweep some."""
        return await sweep_some(self.sessions, sweeper.EFFECTS, self.now)

    async def work(self, may_end: asyncio.Event) -> None:
        """Go on until it may end, more set than swept."""
        while not may_end.is_set():
            await self.put()
            await asyncio.sleep(0.05)
            await self.put()
            await self.sweep()


async def counted(sessions: Sessions) -> tuple[Counter[int], Counter[str]]:
    """Count what was done of each subject, and the states of all reminders."""
    async with transaction(sessions) as session:
        rows = await session.scalars(select(OutboxRow.payload))
        states = await session.scalars(select(ReminderRow.state))
        return Counter((payload or {})["subject"] for payload in rows), Counter(states)


async def test_a_sweeper_killed_anywhere(
    bots: Zygote, database_url: str, sessions: Sessions, now: datetime, tmp_path: Path
) -> None:
    chance, worker = random.Random(SEED), Worker(sessions, now)
    for point in list(sweeper.POINTS) * KILLS:
        order = {
            "role": "sweeper", "log": str(tmp_path / "sweeper.log"), "point": point,
            "times": chance.randint(1, 3), "database_url": database_url, "now": now.isoformat(),
        }  # fmt: skip
        may_end = asyncio.Event()
        working = asyncio.create_task(worker.work(may_end))
        await bots.start(order)
        assert await bots.ended(SECONDS) == {"signal": signal.SIGKILL, "code": 0}, point
        may_end.set()
        await working
    while await worker.sweep():
        pass
    done, states = await counted(sessions)
    assert done == Counter(range(len(done)))
    assert states == Counter({State.FIRED: len(done)})
    assert len(done) >= AT_A_TIME * KILLS * len(sweeper.POINTS)

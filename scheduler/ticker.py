"""The ticker: APScheduler wakes the sweep. It stores no jobs; the truth is in the table."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.conversations import actions as conversations
from models.database import Session, Sessions, is_unavailable, transaction
from models.outbox import actions as outbox
from models.reminders import actions as reminders
from models.updates import actions as updates
from scheduler.sweep import Effect, sweep

log = structlog.get_logger(__name__)

SWEEP_EVERY = timedelta(seconds=1)
TIDY_EVERY = timedelta(hours=1)
TIDY_FIRST = timedelta(seconds=30)
"""After the start: a bot that is started anew more often than hourly tidies too, and what waits at
the start is answered first."""

FORGET: tuple[Callable[[Session, datetime], Awaitable[None]], ...] = (
    updates.forget_old,
    outbox.forget_old,
    reminders.forget_old,
    conversations.forget_old,
)
"""What drops rows that nobody needs any more, subject by subject; each says how long it keeps."""


class Ticker:
    """Sweeps every second, tidies soon after the start and every hour, for as long as it runs."""

    def __init__(
        self,
        sessions: Sessions,
        effects: Mapping[str, Effect],
        clock: Callable[[], datetime],
        on_swept: Callable[[], None] = lambda: None,
        tidy_first: timedelta = TIDY_FIRST,
    ) -> None:
        self._sessions = sessions
        self._effects = effects
        self._clock = clock
        self._on_swept = on_swept
        self._tidy_first = tidy_first
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._working = asyncio.Lock()
        """Held by the sweep in hand, so that stopping can wait for it."""

    def start(self) -> None:
        """Begin to tick on the running loop."""
        self._every(SWEEP_EVERY, self.sweep_once, first=SWEEP_EVERY)
        self._every(TIDY_EVERY, self.tidy, first=self._tidy_first)
        self._scheduler.start()

    def _every(
        self, interval: timedelta, job: Callable[[], Awaitable[Any]], first: timedelta
    ) -> None:
        self._scheduler.add_job(
            job,
            "interval",
            seconds=interval.total_seconds(),
            next_run_time=datetime.now(UTC) + first,  # the ticker's own clock is the machine's
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    async def stop(self) -> None:
        """Tick no more; the sweep in hand ends first."""
        async with self._working:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)

    async def sweep_once(self) -> int:
        """Sweep now; a database that is away is tried again at the next tick."""
        settled = 0
        async with self._working:
            try:
                settled = await sweep(self._sessions, self._effects, self._clock())
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.warning("sweep put off", error=type(error).__name__)
        if settled:
            self._on_swept()
        return settled

    async def tidy(self) -> None:
        """Drop what nobody needs any more; each subject in a transaction of its own."""
        for forget_old in FORGET:
            async with self._working:
                try:
                    async with transaction(self._sessions) as session:
                        await forget_old(session, self._clock())
                except Exception as error:
                    if not is_unavailable(error):
                        raise
                    log.warning("tidying put off", error=type(error).__name__)

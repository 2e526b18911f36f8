"""A schedule that the machine's clock cannot upset.

APScheduler reckons by the clock on the wall. Put back by a day, it would sleep for a day; put
forward, or after the machine slept, it would count every tick it missed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

log = structlog.get_logger(__name__)

LOOK_EVERY = timedelta(seconds=1)
"""How often the clock is looked at: put back, it holds a job up for no longer than this."""


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler brings no types
    """Fires so long after it last fired; what was missed meanwhile is not made up for."""

    __slots__ = ("_interval",)

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """Return the next instant: counted from the present, not from the last one."""
        return now + self._interval


class Schedule:
    """Runs jobs at intervals on the running loop, one run of each at a time."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._watching: asyncio.Task[None] | None = None

    def every(
        self, interval: timedelta, job: Callable[[], Awaitable[Any]], first: timedelta
    ) -> None:
        """Run a job at an interval, `first` after now for the first time."""
        self._scheduler.add_job(
            job,
            Every(interval),
            next_run_time=datetime.now(UTC) + first,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin on the running loop."""
        self._scheduler.start()
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def stop(self) -> None:
        """Run no more jobs; those that run are not waited for."""
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
            self._watching = None
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _watch(self) -> None:
        """Look at the clock as long as it lasts; jobs begin anew where it was put back."""
        before = datetime.now(UTC)
        while True:
            await asyncio.sleep(LOOK_EVERY.total_seconds())
            now = datetime.now(UTC)
            if now < before:
                log.warning("the clock was put back", seconds=(before - now).total_seconds())
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=now)
            before = now

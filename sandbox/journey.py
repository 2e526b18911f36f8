"""A jump of the clock that stops wherever the bot has something to do.

At once, a day later, everything that fell due on the way would be late, and would say so.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

from sandbox.clock import Clock
from sandbox.events import EventHub

MOST_STOPS = 500
MOST_SECONDS = 60.0
"""A jump ends early after so many stops, or so long by the real clock; whoever wants to go on
jumps once more."""


class Companion(Protocol):
    """The bot that is played with, as far as time goes."""

    async def settle(self) -> None:
        """Do all that is due by now; return when it is done, or takes too long."""

    async def next_due(self) -> datetime | None:
        """Return when the next thing falls due that is not due yet; None for never."""


class Journey:
    """Moves a clock from stop to stop, one jump at a time; the page hears how far it is."""

    def __init__(self, clock: Clock, events: EventHub) -> None:
        self._clock = clock
        self._events = events
        self._under_way = False

    async def travel(self, seconds: float, companion: Companion) -> bool:
        """Move forward by `seconds`; False where it had to end before.

        ValueError for a step back, and while another jump is under way.
        """
        if seconds < 0:
            raise ValueError("the sandbox clock does not run backwards")
        if self._under_way:
            raise ValueError("the clock is on its way already")
        self._under_way = True
        starts = self._clock.now()
        try:
            return await self._stop_by_stop(starts, starts + timedelta(seconds=seconds), companion)
        finally:
            self._under_way = False
            self._events.emit({"type": "journey", "share": None})

    async def _stop_by_stop(self, starts: datetime, ends: datetime, companion: Companion) -> bool:
        patience = asyncio.get_running_loop().time() + MOST_SECONDS
        for _ in range(MOST_STOPS):
            await companion.settle()
            due = await companion.next_due()
            stop = ends if due is None else min(due, ends)
            now = self._clock.advance(max(stop - self._clock.now(), timedelta()))
            if stop == ends:
                await companion.settle()
                return True
            share = (now - starts) / (ends - starts)
            self._events.emit({"type": "journey", "share": round(min(share, 1.0), 3)})
            if asyncio.get_running_loop().time() > patience:
                break
        return False

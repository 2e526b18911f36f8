"""What the page hears: a numbered, bounded history of events and those who wait for the next."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from itertools import islice

from sandbox.wire import Json

HISTORY = 2_000


class EventHub:
    """Events are kept as built (never encoded until somebody listens), numbered from 1."""

    def __init__(self, history: int = HISTORY) -> None:
        self._events: deque[tuple[int, Json]] = deque(maxlen=history)
        self._waiting: set[asyncio.Future[None]] = set()
        self._last = 0
        self._closed = False

    @property
    def last(self) -> int:
        """Number of the newest event; 0 before the first."""
        return self._last

    def emit(self, event: Json) -> None:
        """Number an event, keep it, wake who waits."""
        self._last += 1
        self._events.append((self._last, event))
        if self._waiting:
            self._wake()

    def close(self) -> None:
        """End every `follow`."""
        self._closed = True
        self._wake()

    def open(self) -> None:
        """Let `follow` work (again)."""
        self._closed = False

    def _wake(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    def since(self, number: int) -> list[tuple[int, Json]] | None:
        """Events after `number`; None if some of those are no longer kept or it lies ahead."""
        if number > self._last:
            return None
        missed = self._last - number
        if missed > len(self._events):
            return None
        return list(islice(self._events, len(self._events) - missed, None))

    async def follow(self, number: int) -> AsyncIterator[tuple[int, Json]]:
        """Everything after `number`, then each event as it comes, until the hub closes.

        Where the history does not reach back to `number`, one {"type": "reload"} comes first.
        """
        while not self._closed:
            events = self.since(number)
            if events is None:
                number = self._last
                yield number, {"type": "reload"}
                continue
            for number, event in events:
                yield number, event
            if number == self._last:
                await self.next()

    async def next(self) -> None:
        """Return once something was emitted, or the hub closed."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

"""A bot's queue of updates: numbering, confirmation by offset, long poll, 24 hours' keeping."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.wire import ApiError, Json, encode

KEEP = timedelta(hours=24)  # Bot API, "Getting updates": not kept longer than 24 hours
LIMIT = 100
MAX_TIMEOUT_S = 50  # the Bot API server's own cap on a long poll
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(slots=True, eq=False)
class Pending:
    """An update waiting for its bot; `payload` is its JSON, encoded once."""

    update_id: int
    at: datetime
    chat_id: int
    payload: bytes


class UpdateQueue:
    """Updates of one bot in order of arrival.

    A poll that finds nothing and may wait ends an earlier poll still waiting with 409, as at
    Telegram; a poll that finds updates leaves the waiting one alone.
    """

    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._renumbered = False
        self._pending: deque[Pending] = deque()
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[None] | None = None
        self.on_push: Callable[[], None] | None = None

    def __len__(self) -> int:
        self._expire()
        return len(self._pending)

    def allow(self, kinds: list[str]) -> None:
        """Remember `allowed_updates`; an empty list brings the default back."""
        self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed or ())

    def wants(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in ON_REQUEST

    def push(self, kind: str, content: Json, chat_id: int) -> int | None:
        """Queue one update; None if the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        update_id = self._next_id
        self.push_raw({"update_id": update_id, kind: content}, update_id, chat_id)
        return update_id

    def push_raw(self, update: object, update_id: int, chat_id: int = 0) -> None:
        """Queue any JSON value under an id; later ids follow on the highest so far."""
        self._renumbered |= update_id < self._next_id
        self._next_id = max(self._next_id, update_id + 1)
        pending = Pending(update_id, self._clock.now(), chat_id, encode(update))
        self._pending.append(pending)
        self.wake()

    def jump(self, step: int) -> None:
        """Let the next id be `step` further up, or down for a negative step (at least 1)."""
        self._renumbered |= step < 0
        self._next_id = max(1, self._next_id + step)

    @property
    def next_id(self) -> int:
        return self._next_id

    def wake(self) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        if self.on_push:
            self.on_push()

    def clear(self) -> None:
        self._pending.clear()

    def pending(self) -> list[Pending]:
        """What waits now, oldest first."""
        self._expire()
        return list(self._pending)

    def remove(self, update: Pending) -> None:
        """Forget one update (delivered by webhook); nothing happens if it is gone."""
        if update in self._pending:
            self._pending.remove(update)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Pending]:
        """`getUpdates`: confirm below `offset`, then at most `limit` updates, waiting if none.

        A negative offset keeps only the last -offset updates. ApiError 409 if another poll or
        a webhook takes over meanwhile.
        """
        self._confirm(offset)
        found = self._head(limit)
        if found or timeout <= 0:
            return found
        self.interrupt(TERMINATED)
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            await asyncio.wait_for(poller, timeout)
        except TimeoutError:
            return []
        finally:
            if self._poller is poller:
                self._poller = None
        return self._head(limit)

    def interrupt(self, description: str) -> None:
        """End the poll that waits, if any, with 409."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(ApiError(409, description))
        self._poller = None

    def _confirm(self, offset: int) -> None:
        self._expire()
        pending = self._pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popleft()
        while offset > 0 and pending and pending[0].update_id < offset:
            pending.popleft()
        if offset > 0 and self._renumbered:
            self._pending = deque(item for item in pending if item.update_id >= offset)

    def _head(self, limit: int) -> list[Pending]:
        if len(self._pending) <= limit:
            return list(self._pending)
        return [self._pending[index] for index in range(limit)]

    def _expire(self) -> None:
        oldest = self._clock.now() - KEEP
        while self._pending and self._pending[0].at < oldest:
            self._pending.popleft()

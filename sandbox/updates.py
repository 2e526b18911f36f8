"""A bot's queue of updates: numbering, confirmation by offset, long poll, 24 hours' keeping."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sandbox.clock import Clock
from sandbox.wire import ApiError, Json, encode

KEEP = timedelta(hours=24)  # Bot API, "Getting updates": not kept longer than 24 hours
LIMIT = 100
HISTORY = 1_000  # updates that can be repeated
MAX_TIMEOUT_S = 50  # the Bot API server's own cap on a long poll
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(slots=True, eq=False)
class Pending:
    """An update waiting for its bot; `payload` is its JSON, encoded once.

    One that is `repeated` is handed out once more even if its id was confirmed before.
    """

    update_id: int
    at: datetime
    chat_id: int
    payload: bytes
    repeated: bool = False


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
        self._history: deque[Pending] = deque(maxlen=HISTORY)
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
        """What `allow` remembered, sorted."""
        return sorted(self._allowed or ())

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
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
        self._append(Pending(update_id, self._clock.now(), chat_id, encode(update)))

    def inject(self, update: object) -> int:
        """Queue any JSON value as the next update; an object without an id gets one."""
        update_id = self._next_id
        if isinstance(update, dict):
            update = {"update_id": update_id, **update}
            if isinstance(update["update_id"], int):
                update_id = update["update_id"]
        self.push_raw(update, update_id)
        return update_id

    def repeat(self, count: int = 1, *, new_ids: bool = False) -> list[int]:
        """Queue the newest `count` updates again, under their own ids or under new ones."""
        ids: list[int] = []
        for old in list(self._history)[-count:]:
            if new_ids:
                update = {**json.loads(old.payload), "update_id": self._next_id}
                self.push_raw(update, self._next_id, old.chat_id)
            else:
                self._renumbered = True
                at = self._clock.now()
                self._append(Pending(old.update_id, at, old.chat_id, old.payload, repeated=True))
            ids.append(self._pending[-1].update_id)
        return ids

    def jump(self, step: int) -> None:
        """Let the next id be `step` further up, or down for a negative step (at least 1)."""
        self._renumbered |= step < 0
        self._next_id = max(1, self._next_id + step)

    def _append(self, update: Pending) -> None:
        self._pending.append(update)
        self._history.append(update)
        self.wake()

    @property
    def next_id(self) -> int:
        """The id the next update gets."""
        return self._next_id

    def wake(self) -> None:
        """Tell whoever waits for updates."""
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        if self.on_push:
            self.on_push()

    def clear(self) -> None:
        """Drop everything that waits."""
        self._pending.clear()

    def pending(self) -> list[Pending]:
        """What waits now, oldest first."""
        self._expire()
        return list(self._pending)

    def remove(self, update: Pending) -> None:
        """Forget one update (delivered by webhook); nothing happens if it is gone."""
        if update in self._pending:
            self._pending.remove(update)

    async def poll(self, offset: int, limit: int, wait: float) -> list[Pending]:
        """`getUpdates`: confirm below `offset`, then at most `limit` updates, waiting up to
        `wait` seconds if there are none.

        A negative offset keeps only the last -offset updates. ApiError 409 if another poll or
        a webhook takes over meanwhile.
        """
        self._confirm(offset)
        found = self._head(limit)
        if found or wait <= 0:
            return found
        self.interrupt(TERMINATED)
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            await asyncio.wait_for(poller, wait)
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

    @property
    def is_polled(self) -> bool:
        """Whether a poll waits for updates now."""
        return self._poller is not None and not self._poller.done()

    def release(self) -> None:
        """End the poll that waits, if any, with what there is."""
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def _confirm(self, offset: int) -> None:
        self._expire()
        pending = self._pending
        if offset > self._next_id:
            return  # an offset from before a renumbering confirms nothing, as at Telegram
        if offset < 0:
            while len(pending) > -offset:
                pending.popleft()
        while offset > 0 and pending and _confirmed(pending[0], offset):
            pending.popleft()
        if offset > 0 and self._renumbered:
            self._pending = deque(item for item in pending if not _confirmed(item, offset))

    def _head(self, limit: int) -> list[Pending]:
        head = list(islice(self._pending, limit))
        for update in head:
            update.repeated = False
        return head

    def keeps(self, update: Pending) -> bool:
        """Whether an update is young enough to be delivered yet."""
        return update.at >= self._clock.now() - KEEP

    def _expire(self) -> None:
        while self._pending and not self.keeps(self._pending[0]):
            self._pending.popleft()


def _confirmed(update: Pending, offset: int) -> bool:
    return update.update_id < offset and not update.repeated

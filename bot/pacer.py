"""Pacing: Telegram's limits, kept so that its own clock can never count more than allowed.

A place in a window is free again one window after the *answer* to the call that held it: Telegram
handled that call before it answered, so however long requests travel, no window on its side holds
more than the limit. Pushes are spread evenly, so an answer to a person always finds a free place
within 1/30 s, even under a broadcast.

The limits: about 30 messages a second in all, one a second to a private chat, 20 a minute to a
group (Telegram's Bots FAQ, "My bot is hitting limits").
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from models.outbox.rules import Lane

FREE_METHODS = frozenset(
    {"answerCallbackQuery", "sendChatAction", "setMyCommands", "deleteMyCommands"}
)
"""Calls that put nothing into a chat and do not count as messages."""


@dataclass(frozen=True)
class Limits:
    """How much may leave; `per_second` None paces nothing (for benchmarks against no limit)."""

    per_second: int | None = 30
    private_seconds: float = 1.0
    group_per_minute: int = 20
    at_once: int = 100
    """Calls in flight at the same time."""


class Window:
    """At most `limit` within `seconds`, counted from the answers."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._in_flight = 0
        self._answered: deque[float] = deque()

    def free_at(self, now: float) -> float:
        """Give the instant at which a place is free, `now` at the earliest; infinity if unknown."""
        while self._answered and self._answered[0] + self._seconds <= now:
            self._answered.popleft()
        over = self._in_flight + len(self._answered) - self._limit
        if over < 0:
            return now
        return self._answered[over] + self._seconds if over < len(self._answered) else float("inf")

    def leave(self) -> None:
        """Take a place."""
        self._in_flight += 1

    def answered(self, now: float) -> None:
        """Note that the call's answer is there (or will never come)."""
        self._in_flight -= 1
        self._answered.append(now)

    def idle(self, now: float) -> bool:
        """Tell whether nothing is held any more."""
        self.free_at(now)
        return not self._in_flight and not self._answered


class Pacer:
    """Says what may leave now; `clock` is monotonic, in seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._overall = Window(limits.per_second or 1, 1.0)
        self._chats: dict[int, Window] = {}
        self._held: dict[int, float] = {}
        self._pushes_held_until = 0.0
        self._next_push = 0.0
        self._in_flight = 0

    def admits(self, lane: Lane, method: str, chat_id: int | None) -> bool:
        """Tell whether this call may leave now."""
        now = self._clock()
        if self._in_flight >= self.limits.at_once or self._is_held(chat_id, now):
            return False
        if self.limits.per_second is None or method in FREE_METHODS:
            return True
        if self._overall.free_at(now) > now or self._is_paced(lane, chat_id, now):
            return False
        return lane is Lane.ANSWER or now >= max(self._next_push, self._pushes_held_until)

    def leave(self, lane: Lane, method: str, chat_id: int | None) -> None:
        """Note that the call leaves."""
        self._in_flight += 1
        if self.limits.per_second is None or method in FREE_METHODS:
            return
        self._overall.leave()
        if chat_id is not None:
            self._chat(chat_id).leave()
        if lane is not Lane.ANSWER:
            gap = 1 / self.limits.per_second
            self._next_push = max(self._next_push, self._clock() - gap) + gap

    def answered(self, method: str, chat_id: int | None) -> None:
        """Note that the call has come to an end."""
        self._in_flight -= 1
        if self.limits.per_second is None or method in FREE_METHODS:
            return
        now = self._clock()
        self._overall.answered(now)
        if chat_id is not None:
            self._chat(chat_id).answered(now)

    def hold(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to a chat and no push to anybody for a time: Telegram asked for it.

        Answers to other people go on: they did not cause the flood.
        """
        until = self._clock() + seconds
        self._pushes_held_until = max(self._pushes_held_until, until)
        self.hold_chat(chat_id, seconds)

    def hold_chat(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to one chat for a time, so that order is kept while a call waits."""
        if chat_id is not None:
            until = self._clock() + seconds
            self._held[chat_id] = max(self._held.get(chat_id, 0.0), until)

    def closed_to_all(self) -> set[int]:
        """List the chats that nothing may be sent to now."""
        now = self._clock()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        return set(self._held)

    def closed_to_pushes(self) -> set[int]:
        """List the chats that no push may be sent to now; forget those at rest."""
        now = self._clock()
        self._chats = {chat: window for chat, window in self._chats.items() if not window.idle(now)}
        return {chat for chat in self._chats if self._is_paced(Lane.BULK, chat, now)}

    def pushes_at(self) -> float:
        """Give the instant from which a push may leave, as far as all chats together go."""
        now = self._clock()
        if self.limits.per_second is None:
            return now
        return max(self._overall.free_at(now), self._next_push, self._pushes_held_until)

    def room(self) -> int:
        """Count the calls that may be in flight beside those that are."""
        return self.limits.at_once - self._in_flight

    def _is_held(self, chat_id: int | None, now: float) -> bool:
        return chat_id is not None and self._held.get(chat_id, 0.0) > now

    def _is_paced(self, lane: Lane, chat_id: int | None, now: float) -> bool:
        if chat_id is None or (lane is Lane.ANSWER and chat_id > 0):
            return False
        window = self._chats.get(chat_id)
        return window is not None and window.free_at(now) > now

    def _chat(self, chat_id: int) -> Window:
        if chat_id not in self._chats:
            group = chat_id < 0
            self._chats[chat_id] = (
                Window(self.limits.group_per_minute, 60.0)
                if group
                else Window(1, self.limits.private_seconds)
            )
        return self._chats[chat_id]

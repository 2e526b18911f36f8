"""Pacing: Telegram's limits, kept so that its own clock can never count more than allowed.

A place in a window is free again one window after the *answer* to the call that held it: Telegram
handled that call before it answered, so however long requests travel, no window on its side holds
more than the limit. Pushes are spread evenly, so that under a broadcast places come free one by
one, and the next goes to an answer (measured waits: benchmarks/results.md).

The limits: about 30 messages a second in all, one a second to a private chat, 20 a minute to a
group (Telegram's Bots FAQ, "My bot is hitting limits").
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from models.outbox.rules import Lane

LATELY_SECONDS = 10.0
KEPT_FREE_SECONDS = 0.75
"""Pushes leave as many places free as answers take in so long: people write in bursts, and without
free places each would wait for those of a whole burst to come free one by one."""

KEPT_FREE_AT_FIRST = 4
"""As many from the first answer on: the first of a burst tells of the others, and a rate over ten
seconds would learn of it too late. Simulated: 8 answers a second at random instants begin under a
broadcast, forty times for half a minute; of a hundred the slowest waits 1 ms for its place, without
these 17 ms."""

MOST_KEPT_FREE = 3
"""No more than one place of three is kept free: a broadcast must get on too."""

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
    """At most `limit` places within `seconds`, counted from the answers."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._in_flight = 0
        self._answered: deque[float] = deque()

    def free_at(self, now: float, places: int = 1) -> float:
        """Return the instant at which places are free, `now` at the earliest; infinity if unknown.

        More places than there are (an album) are free when all are.
        """
        while self._answered and self._answered[0] + self._seconds <= now:
            self._answered.popleft()
        held = self._in_flight + len(self._answered)
        over = held + min(places, self._limit) - self._limit - 1
        if over < 0:
            return now
        return self._answered[over] + self._seconds if over < len(self._answered) else float("inf")

    def leave(self, places: int = 1) -> None:
        """Take places."""
        self._in_flight += places

    def answered(self, at: float, places: int = 1) -> None:
        """Note that the call's answer came at an instant (or will never come)."""
        self._in_flight -= places
        self._answered.extend([at] * places)

    def idle(self, now: float) -> bool:
        """Return whether nothing is held any more."""
        self.free_at(now)
        return not self._in_flight and not self._answered


@dataclass(frozen=True)
class Load:
    """What a call weighs: its lane, method and chat, and how many messages it makes."""

    lane: Lane
    method: str
    chat_id: int | None
    messages: int = 1


class Pacer:
    """Says what may leave now; `clock` is monotonic, in seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._overall = Window(limits.per_second or 1, 1.0)
        self._chats: dict[int, Window] = {}
        self._held: dict[int, float] = {}
        self._pushes_held_until = 0.0
        self._refused: dict[int | None, float] = {}
        """Until when chats have to wait that were refused since another call was carried out."""
        self._next_push = 0.0
        self._answers: deque[float] = deque()
        """When answers left lately, one for each message."""
        self._in_flight = 0

    def admits(self, load: Load) -> bool:
        """Return whether this call may leave now."""
        now = self._clock()
        if self.room() <= 0 or self._is_held(load.chat_id, now):
            return False
        if load.lane is not Lane.ANSWER and now < self._pushes_held_until:
            return False
        if self._is_free(load):
            return True
        if self.is_full_for(load) or self._is_paced(load, now):
            return False
        return load.lane is Lane.ANSWER or self.pushes_at(load.messages) <= self._clock()

    def is_full_for(self, load: Load) -> bool:
        """Return whether a call waits for places that all chats share."""
        now = self._clock()
        return not self._is_free(load) and self._overall.free_at(now, load.messages) > now

    def leave(self, load: Load) -> None:
        """Note that the call leaves."""
        self._in_flight += 1
        if self._is_free(load):
            return
        for window in self._windows(load.chat_id):
            window.leave(load.messages)
        if load.lane is Lane.ANSWER:
            self._answers.extend([self._clock()] * load.messages)
        elif self.limits.per_second is not None:
            gap = 1 / self.limits.per_second
            self._next_push = max(self._next_push, self._clock() - gap) + gap * load.messages

    def answered(self, load: Load) -> None:
        """Note that the call has come to an end."""
        self._in_flight -= 1
        if not self._is_free(load):
            for window in self._windows(load.chat_id):
                window.answered(self._clock(), load.messages)

    def remember(self, load: Load, seconds_ago: float) -> None:
        """Count a call that an earlier process made; the oldest must be told first."""
        if not self._is_free(load):
            for window in self._windows(load.chat_id):
                window.leave(load.messages)
                window.answered(self._clock() - max(seconds_ago, 0.0), load.messages)

    def hold(self, chat_id: int | None, seconds: float) -> bool:
        """Send nothing to a chat for a time: Telegram asked for it; return whether to nobody else.

        The wait of one chat is its own, however long. Where another is refused as well, and no
        call was carried out between the two, all are meant: no push leaves for as long as the
        shorter of the waits. Answers to other people go on: they did not cause the flood.
        """
        now = self._clock()
        self._refused = {chat: until for chat, until in self._refused.items() if until > now}
        self._refused[chat_id] = now + seconds
        self.hold_chat(chat_id, seconds)
        if len(self._refused) == 1:
            return False
        self._pushes_held_until = max(self._pushes_held_until, min(self._refused.values()))
        return True

    def carried_out(self, load: Load) -> None:
        """Note that Telegram did what a call asked for: whoever waits, waits alone."""
        if not self._is_free(load):
            self._refused.clear()

    def hold_chat(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to one chat for a time, so that order is kept while a call waits."""
        if chat_id is not None:
            until = self._clock() + seconds
            self._held[chat_id] = max(self._held.get(chat_id, 0.0), until)

    def closed_to_all(self) -> set[int]:
        """List the chats that nothing may be sent to now: held ones, and groups that are full."""
        now = self._clock()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        full = {chat for chat, window in self._chats.items() if chat < 0 and _is_full(window, now)}
        return full | set(self._held)

    def closed_to_pushes(self) -> set[int]:
        """List the chats that no push may be sent to now; forget those at rest."""
        now = self._clock()
        self._chats = {chat: window for chat, window in self._chats.items() if not window.idle(now)}
        return {chat for chat, window in self._chats.items() if _is_full(window, now)}

    def free_at(self, places: int) -> float:
        """Give the instant from which so many messages may leave, for all that all chats share."""
        return self._overall.free_at(self._clock(), places)

    def pushes_at(self, places: int = 1) -> float:
        """Return the instant from which a push of so many messages may leave, as far as all chats
        together go."""
        now = self._clock()
        if self.limits.per_second is None:
            return max(now, self._pushes_held_until)
        wanted = min(places + self._kept_free(now), self.limits.per_second)
        return max(self._overall.free_at(now, wanted), self._next_push, self._pushes_held_until)

    def _kept_free(self, now: float) -> int:
        """Count the places that pushes leave free for whoever writes next.

        While nobody writes that is one: the first finds it, and at one in thirty costs little.
        """
        while self._answers and self._answers[0] + LATELY_SECONDS <= now:
            self._answers.popleft()
        lately = len(self._answers) / LATELY_SECONDS
        wanted = max(ceil(lately * KEPT_FREE_SECONDS), KEPT_FREE_AT_FIRST) if lately else 1
        return min(wanted, (self.limits.per_second or 0) // MOST_KEPT_FREE)

    def room(self) -> int:
        """Count the calls that may be in flight beside those that are."""
        return self.limits.at_once - self._in_flight

    def _is_free(self, load: Load) -> bool:
        return self.limits.per_second is None or load.method in FREE_METHODS

    def _is_held(self, chat_id: int | None, now: float) -> bool:
        return chat_id is not None and self._held.get(chat_id, 0.0) > now

    def _is_paced(self, load: Load, now: float) -> bool:
        if load.chat_id is None or (load.lane is Lane.ANSWER and load.chat_id > 0):
            return False
        window = self._chats.get(load.chat_id)
        return window is not None and window.free_at(now, load.messages) > now

    def _windows(self, chat_id: int | None) -> list[Window]:
        """List the windows that a call counts in."""
        if chat_id is None:
            return [self._overall]
        if chat_id not in self._chats:
            group = Window(self.limits.group_per_minute, 60.0)
            self._chats[chat_id] = group if chat_id < 0 else Window(1, self.limits.private_seconds)
        return [self._overall, self._chats[chat_id]]


def _is_full(window: Window, now: float) -> bool:
    return window.free_at(now) > now

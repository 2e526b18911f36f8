"""Telegram's rate limits: always measured and held against them, enforced when switched on.

Numbers from the Bot FAQ, "My bot is hitting limits": 30 messages a second over all chats, one
message a second to one chat with short bursts tolerated, 20 messages a minute to one group.
Time here is the real monotonic clock in seconds, never the sandbox's movable one.
"""

import math
from collections import deque
from dataclasses import asdict, dataclass
from functools import cache

from sandbox.wire import Json, too_many_requests

SECOND = 1.0
MINUTE = 60.0
EXCEEDABLE = ("overall", "private_chat", "group")


class Window:
    """Instants of the last `span` seconds, and the most there ever were in one such span."""

    __slots__ = ("span", "times", "worst")

    def __init__(self, span: float) -> None:
        self.span = span
        self.times: deque[float] = deque()
        self.worst = 0

    def count(self, now: float) -> int:
        """How many there are in the span that ends now."""
        oldest = now - self.span
        while self.times and self.times[0] <= oldest:
            self.times.popleft()
        return len(self.times)

    def add(self, now: float) -> int:
        """Count one instant; give how many the span that ends with it holds."""
        self.times.append(now)
        held = self.count(now)
        self.worst = max(self.worst, held)
        return held

    def free_in(self, now: float, limit: int) -> float:
        """Seconds until fewer than `limit` are within the span; 0 if that is so now."""
        if self.count(now) < limit:
            return 0.0
        return self.times[-limit] + self.span - now


@dataclass(slots=True)
class Rules:
    """What is allowed, and whether more is refused (`enforced`) or only counted.

    `private_burst` messages to one private chat may come at once, then one a second; the real
    tolerance is not documented.
    """

    enforced: bool = False
    per_second: int = 30
    private_burst: int = 3
    group_per_minute: int = 20


@cache
def kind_of(method: str) -> str:
    """Which limit applies to a method: "send", "edit" or "other"."""
    if method.startswith(("send", "copyMessage", "forwardMessage")):
        return "other" if method == "sendChatAction" else "send"
    return "edit" if method.startswith("editMessage") else "other"


class Limits:
    """Windows by kind, overall and per chat. A group's chat_id is negative.

    `exceeded` counts, by limit, the accepted messages that were one too many in a window that
    slides with every message; a private chat's are those beyond its burst.
    """

    def __init__(self) -> None:
        self.rules = Rules()
        self._overall: dict[str, Window] = {}
        self._chats: dict[tuple[str, int], Window] = {}
        self._totals: dict[str, int] = {}
        self._buckets: dict[int, tuple[float, float]] = {}
        self.exceeded = dict.fromkeys(EXCEEDABLE, 0)
        self.refused = 0

    def check(self, kind: str, chat_id: int, now: float) -> None:
        """429 with retry_after if the rules are enforced and a message would break them."""
        if not self.rules.enforced or kind != "send":
            return
        wait = self._window(kind, 0).free_in(now, self.rules.per_second)
        if chat_id < 0:
            group = self._window(kind, chat_id)
            wait = max(wait, group.free_in(now, self.rules.group_per_minute))
        elif chat_id:
            wait = max(wait, self._bucket_wait(chat_id, now))
        if wait > 0:
            self.refused += 1
            raise too_many_requests(math.ceil(wait))

    def record(self, kind: str, chat_id: int, now: float, messages: int = 1) -> None:
        """Count what Telegram accepted; an album counts each of its messages."""
        self._totals[kind] = self._totals.get(kind, 0) + messages
        for _ in range(messages):
            in_all = self._window(kind, 0).add(now)
            in_chat = self._window(kind, chat_id).add(now) if chat_id else 0
            if kind == "send":
                self.exceeded["overall"] += in_all > self.rules.per_second
                self.exceeded["group"] += chat_id < 0 and in_chat > self.rules.group_per_minute
        if kind == "send" and chat_id > 0:
            self._take_tokens(chat_id, now, messages)

    def report(self) -> Json:
        """The answer of `GET /sandbox/limits`: the worst windows by kind since the start.

        "overall" and "private_chat" are counts in one sliding second, "group" in a sliding
        minute; each chat's worst comes with its id. "exceeded" is all nought where nothing was
        ever sent too soon.
        """
        kinds = {
            kind: {
                "total": self._totals[kind],
                "overall": self._window(kind, 0).worst,
                "private_chat": self._worst(kind, private=True),
                "group": self._worst(kind, private=False),
            }
            for kind in self._totals
        }
        return {
            "rules": asdict(self.rules),
            "refused": self.refused,
            "exceeded": dict(self.exceeded),
            "kinds": kinds,
        }

    def forget(self) -> None:
        """Begin to measure afresh; the rules stay."""
        self._overall.clear()
        self._chats.clear()
        self._totals.clear()
        self._buckets.clear()
        self.exceeded = dict.fromkeys(EXCEEDABLE, 0)
        self.refused = 0

    def _worst(self, kind: str, *, private: bool) -> Json:
        worst, chat = 0, 0
        for (of_kind, chat_id), window in self._chats.items():
            if of_kind == kind and (chat_id > 0) is private and window.worst > worst:
                worst, chat = window.worst, chat_id
        return {"worst": worst, "chat_id": chat}

    def _window(self, kind: str, chat_id: int) -> Window:
        if not chat_id:
            window = self._overall.get(kind)
            if window is None:
                window = self._overall[kind] = Window(SECOND)
            return window
        window = self._chats.get((kind, chat_id))
        if window is None:
            window = self._chats[kind, chat_id] = Window(MINUTE if chat_id < 0 else SECOND)
        return window

    def _tokens(self, chat_id: int, now: float) -> float:
        full = float(self.rules.private_burst)
        tokens, since = self._buckets.get(chat_id, (full, now))
        return min(full, tokens + (now - since))

    def _take_tokens(self, chat_id: int, now: float, messages: int) -> None:
        tokens = self._tokens(chat_id, now)
        if tokens < 1.0:
            self.exceeded["private_chat"] += 1  # what was too much makes the next no worse
        else:
            self._buckets[chat_id] = (tokens - messages, now)

    def _bucket_wait(self, chat_id: int, now: float) -> float:
        return max(0.0, 1.0 - self._tokens(chat_id, now))

"""The log of every call a bot made."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from sandbox.wire import Json

KEPT_CALLS = 10_000


@dataclass(slots=True)
class Call:
    """One call: numbered from 1; `result` is the answer's "result", or its error body.

    `at` is sandbox time, `monotonic` seconds of the real monotonic clock; both when it arrived.
    `answered` is False where a fault closed the connection instead.
    """

    number: int
    bot_id: int
    method: str
    params: Json
    at: datetime
    monotonic: float
    result: object = None
    ok: bool = True
    answered: bool = True

    def to_json(self) -> Json:
        """As `GET /sandbox/calls` shows it."""
        return {
            "number": self.number,
            "bot_id": self.bot_id,
            "method": self.method,
            "params": self.params,
            "ok": self.ok,
            "result": self.result,
            "at": self.at.isoformat(),
            "monotonic": self.monotonic,
            "answered": self.answered,
        }


class CallLog:
    """The newest calls, at most `kept`."""

    def __init__(self, kept: int = KEPT_CALLS) -> None:
        self._calls: deque[Call] = deque(maxlen=kept)
        self.count = 0

    def __len__(self) -> int:
        return len(self._calls)

    def append(self, call: Call) -> None:
        """Keep a call; the oldest falls out."""
        self._calls.append(call)

    def next_number(self) -> int:
        """Number the next call."""
        self.count += 1
        return self.count

    def since(self, number: int = 0, method: str | None = None) -> list[Call]:
        """Calls numbered above `number`, oldest first, optionally of one method (any case)."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if call.number > number and (wanted is None or call.method.lower() == wanted)
        ]

"""The sandbox's time: the real clock, or one that began elsewhere; it can be moved forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC instants; listeners hear of every jump, after it happened.

    It begins at `starts`, or at the present, and runs as fast as the real one.
    """

    def __init__(self, starts: datetime | None = None) -> None:
        self._offset = timedelta() if starts is None else starts - datetime.now(UTC)
        self._listeners: list[Callable[[datetime], None]] = []

    def now(self) -> datetime:
        """The sandbox's present."""
        return datetime.now(UTC) + self._offset

    def timestamp(self) -> int:
        """Whole Unix seconds, as the Bot API dates things."""
        return int(self.now().timestamp())

    def advance(self, step: timedelta) -> datetime:
        """Move forward by `step` and return the new instant. ValueError for a step back."""
        if step < timedelta():
            raise ValueError("the sandbox clock does not run backwards")
        self._offset += step
        now = self.now()
        for listener in list(self._listeners):
            listener(now)
        return now

    def listen(self, listener: Callable[[datetime], None]) -> Callable[[], None]:
        """Call `listener(now)` after each jump; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

"""Time that stands still until it is moved, and the agenda of what is still to happen."""

import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import count

from sandbox.clock import Clock

Deed = Callable[[], Awaitable[None] | None]
"""Something that somebody does, once its time has come."""

ZONE_AHEAD = timedelta(hours=8)
"""Shanghai is ahead of UTC by this much, all year round."""


class TownClock(Clock):
    """The town's time. The house's own clock may go wrong by `skew`; nobody else's does."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(starts)
        self._now = starts
        self.skew = timedelta()

    def now(self) -> datetime:
        """Give the instant everybody in town lives in."""
        return self._now

    def read(self) -> datetime:
        """Give what the house's clock shows."""
        return self._now + self.skew

    def seconds(self) -> float:
        """Count the town's seconds, by which the sender paces."""
        return self._now.timestamp()

    def move_to(self, at: datetime) -> None:
        """Let time pass until an instant; never back."""
        self._now = max(self._now, at)


def local(at: datetime) -> datetime:
    """Give an instant as the clocks on the town's walls show it, without a zone."""
    return (at + ZONE_AHEAD).replace(tzinfo=None)


def on_wall(day: datetime, hour: float) -> datetime:
    """Give the instant at which the walls show an hour on the day of another instant."""
    midnight = (day + ZONE_AHEAD).replace(hour=0, minute=0, second=0, microsecond=0) - ZONE_AHEAD
    return midnight + timedelta(hours=hour)


class Agenda:
    """What is still to happen, in order of time and, at one instant, of entry."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._entries = count()

    def add(self, at: datetime, deed: Deed) -> None:
        """Enter a deed."""
        heapq.heappush(self._deeds, (at, next(self._entries), deed))

    @property
    def next_at(self) -> datetime | None:
        """Tell when the next deed is due; None when nothing is left."""
        return self._deeds[0][0] if self._deeds else None

    def due(self, now: datetime) -> list[Deed]:
        """Take out what is due."""
        taken = []
        while self._deeds and self._deeds[0][0] <= now:
            taken.append(heapq.heappop(self._deeds)[2])
        return taken

"""Who writes more than a hand can: how much is taken of one person in a minute. Pure."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.policy.rules import Policy

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class FloodPolicy(Policy):
    """How much is taken of one person."""

    most_a_minute: int = 60
    """Messages and taps taken of one person in one chat within a minute; after that nothing of
    theirs is read for a minute, but a cry for help. Whoever ticks off a list of names taps once a
    second for a while; nobody writes sixty messages in a minute."""


@dataclass
class Pace:
    """How quickly one person writes: the instants of the last ones that were taken."""

    most: int
    seen: datetime
    """When something of theirs came last, by our own clock."""
    taken: deque[datetime] = field(default_factory=deque)
    held_until: datetime | None = None

    def is_held(self, at: datetime) -> bool:
        """Return whether what was sent then falls into a minute in which nothing is read.

        A clock that was set back holds nobody for longer.
        """
        return self.held_until is not None and timedelta() < self.held_until - at <= MINUTE

    def is_full(self, at: datetime) -> bool:
        """Return whether as much was taken within the minute before as may be."""
        return len(self.taken) >= self.most and abs(at - self.taken[0]) < MINUTE

    def take(self, at: datetime) -> None:
        """Count what was taken."""
        self.taken.append(at)
        while len(self.taken) > self.most:
            self.taken.popleft()

    def hold(self, at: datetime) -> None:
        """Read nothing more for a minute, and count anew after that."""
        self.taken.clear()
        self.held_until = at + MINUTE

"""What a process counts of itself: plain numbers, kept whether or not anybody asks for them.

Nothing is imported for it and no lock is taken: all of it happens on one event loop. Counting a
turn takes some 2 µs, of the milliseconds that a turn takes. `bot.operate` shows them.
"""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

from bot.calls import Carrier
from bot.packing import Files
from models.database import Session
from models.election.actions import Election
from models.outbox.rules import Attempt

POSTPONED = "postponed"
"""What came of an update whose turn the database was away for: it comes again."""

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds by which turns are told apart: most take some milliseconds, and ten are an eternity."""


Asking = Callable[[], Awaitable[int | None]]
"""How an election is asked: the term in which we hold the seat, or None."""


class Part(StrEnum):
    """The parts of a process that work in rounds."""

    SENDER = "sender"
    TICKER = "ticker"
    RECEIVER = "receiver"
    """What asks Telegram for updates; a webhook has none."""


class Spread:
    """How often something took how long: the counts of a histogram."""

    def __init__(self, bounds: tuple[float, ...] = BOUNDS) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        """How many took at most as long as each bound, and longer than the one before; the last
        longer than all."""
        self.total = 0.0
        """Seconds in all."""

    def add(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


class Figures:
    """The counts of one process since its start, and when its parts last began a round.

    `clock` gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.turns: Counter[str] = Counter()
        """By outcome."""
        self.turn_seconds = Spread()
        self.sends: Counter[str] = Counter()
        """Calls to Telegram by what came of them."""
        self.rounds: Counter[Part] = Counter()
        self.reminders_settled = 0
        self.polls: Counter[bool] = Counter()
        """By whether Telegram answered with updates, be they none."""
        self.elected: dict[Part, bool] = {}
        """Whether this process held a seat when it last asked."""
        self.webhook_set = False
        self._began: dict[Part, float] = dict.fromkeys((Part.SENDER, Part.TICKER), clock())
        self._polled_at: float | None = None
        self._away_since: float | None = None
        self._postponed: tuple[float, str] | None = None
        """When the last turn was postponed, and why; None once one was not."""

    def begins(self, part: Part, rests: float = 0.0) -> None:
        """Note that a part begins a round, after a rest of so many seconds."""
        self.rounds[part] += 1
        self._began[part] = self._clock() + rests

    def silent_for(self) -> dict[Part, float]:
        """Return for how many seconds each part has begun no round; below zero while it rests.

        The sender and the ticker count from the start of the process, the receiver once it asks.
        """
        now = self._clock()
        return {part: now - at for part, at in self._began.items()}

    def turn_ended(self, outcome: str, seconds: float, why: str = "") -> None:
        """Count a turn; whatever came of it, but for `POSTPONED`, the database has answered."""
        self._postponed = (self._clock(), why) if outcome == POSTPONED else None
        self.turns[outcome] += 1
        self.turn_seconds.add(seconds)
        self.database_answers(answers=outcome != POSTPONED)
        if Part.RECEIVER in self._began:  # a long batch is work, too
            self._began[Part.RECEIVER] = max(self._began[Part.RECEIVER], self._clock())

    def polled(self, *, answered: bool) -> None:
        """Count a poll."""
        self.polls[answered] += 1
        if answered:
            self._polled_at = self._clock()

    def polled_ago(self) -> float | None:
        """Return how many seconds ago a poll was answered last; None before the first."""
        return None if self._polled_at is None else self._clock() - self._polled_at

    def database_answers(self, *, answers: bool) -> None:
        """Note whether the database answered somebody of this process."""
        if answers:
            self._away_since = None
        elif self._away_since is None:
            self._away_since = self._clock()

    def postponed_for(self, seconds: float) -> str | None:
        """Return why turns are postponed, if the last one was, and was so no longer ago."""
        if self._postponed is None or self._clock() - self._postponed[0] > seconds:
            return None
        return self._postponed[1]

    def away_for(self) -> float:
        """Return for how many seconds the database has been away; 0 while it answers."""
        return 0.0 if self._away_since is None else self._clock() - self._away_since

    def settled(self, count: int) -> None:
        """Count reminders that a sweep has settled."""
        self.reminders_settled += count

    def watched(self, part: Part, won: Asking) -> Asking:
        """Give an election's question so that each asking counts as a round of a part."""

        async def ask() -> int | None:
            self.begins(part)
            term = await won()
            self.elected[part] = term is not None
            return term

        return ask


class WatchedSeat:
    """The sender's seat: as the election gives it, and each pass of the sender is noted."""

    def __init__(self, election: Election, figures: Figures) -> None:
        self._election = election
        self._won = figures.watched(Part.SENDER, election.won)

    @property
    def contested(self) -> bool:
        """Return whether others may stand for it."""
        return self._election.contested

    async def won(self) -> int | None:
        """Return the term in which we hold the seat; None while we do not."""
        return await self._won()

    async def still(self, session: Session, term: int) -> bool:
        """Return whether a term goes on, and let it go on until the transaction has ended."""
        return await self._election.still(session, term)

    async def resign(self) -> None:
        """Leave the seat to another, at once."""
        await self._election.resign()


class CountedCarrier:
    """What carries calls to Telegram, with what came of each counted."""

    def __init__(self, carrier: Carrier, figures: Figures) -> None:
        self._carrier = carrier
        self._figures = figures

    async def carry(self, method: str, payload: dict[str, Any], files: Files) -> Attempt:
        """Make one call and name what came of it."""
        attempt = await self._carrier.carry(method, payload, files)
        self._figures.sends[attempt.outcome] += 1
        return attempt

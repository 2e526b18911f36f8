"""What those who backed a proposal think of its delivery; standard library only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from models.proposals.rules.states import Move
from models.proposals.rules.words import STARS


@dataclass(frozen=True)
class Tally:
    """How many have rated, and all their stars together."""

    count: int = 0
    total: int = 0

    @classmethod
    def of(cls, stars: Iterable[int]) -> Self:
        """Count ratings; ValueError for stars that nobody can give."""
        given = list(stars)
        if any(one not in STARS for one in given):
            raise ValueError(f"stars are {STARS.start} to {STARS.stop - 1}: {given}")
        return cls(len(given), sum(given))

    @property
    def mean(self) -> float | None:
        """Give the mean of stars; None where nobody has rated."""
        return self.total / self.count if self.count else None


def ends_with(tally: Tally, content_from: int) -> Move:
    """Tell how the time for rating ends: well where they are content, or nobody said a word.

    Content means a mean of `content_from` or more, compared in whole numbers, so that no rounding
    ever decides.
    """
    content = tally.total >= content_from * tally.count
    return Move.END_WELL if content else Move.END_BADLY


def may_still_rate(rate_by: datetime | None, now: datetime) -> bool:
    """Tell whether the time for rating runs: until the instant at which it ends."""
    return rate_by is not None and now < rate_by

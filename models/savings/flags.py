"""What a secretary may want to look at; it blocks nothing and says nothing of anybody."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

PAIR_FROM = 3
"""Confirmations between the same two in a month."""
DAY_FROM = 8 * 60
"""Minutes of one person in a day; more are shown."""


class Flag(StrEnum):
    """What stands out."""

    PAIR = "pair"
    OVERLAP = "overlap"
    LONG_DAY = "long_day"


@dataclass(frozen=True)
class GivenTime:
    """Time that was credited: who gave it, on whose word, when it ended."""

    giver_id: int
    by_id: int
    minutes: int
    done_at: datetime
    day: date
    by_lead: bool = False
    """Whoever led the shift said so: they confirm everybody who came."""


@dataclass(frozen=True)
class Standing:
    """One thing that stands out, and of whom."""

    flag: Flag
    people: tuple[int, ...]
    count: int
    """Confirmations, overlapping pieces, or minutes."""


def flags_of(given: Sequence[GivenTime]) -> list[Standing]:
    """List what stands out in a month of credits: overlaps and long days, then pairs, the most
    confirmations first."""
    found: list[Standing] = []
    of_giver = defaultdict[int, list[GivenTime]](list)
    for one in given:
        of_giver[one.giver_id].append(one)
    for giver_id, pieces in sorted(of_giver.items()):
        if overlapping := _overlaps(pieces):
            found.append(Standing(Flag.OVERLAP, (giver_id,), overlapping))
        days = Counter[date]()
        for one in pieces:
            days[one.day] += one.minutes
        longest = max(days.values())
        if longest > DAY_FROM:
            found.append(Standing(Flag.LONG_DAY, (giver_id,), longest))
    return [*found, *_pairs(given)]


def _pairs(given: Sequence[GivenTime]) -> list[Standing]:
    """List those who confirm each other often. A lead who confirms shifts counts only where the
    other has confirmed time of the lead, too: else every lead would stand out each month."""
    both_ways = {(one.by_id, one.giver_id) for one in given}
    pairs = Counter(
        tuple(sorted({one.giver_id, one.by_id}))
        for one in given
        if not one.by_lead or (one.giver_id, one.by_id) in both_ways
    )
    often = [(two, count) for two, count in pairs.items() if count >= PAIR_FROM]
    often.sort(key=lambda one: (-one[1], one[0]))
    return [Standing(Flag.PAIR, two, count) for two, count in often]


def _overlaps(pieces: Sequence[GivenTime]) -> int:
    spans = sorted((one.done_at - timedelta(minutes=one.minutes), one.done_at) for one in pieces)
    return sum(later[0] < earlier[1] for earlier, later in pairwise(spans))

"""The three rates by which a neighbourhood is measured: answered, solved, content.

docs/rates.md says in words what each counts; a test holds those words and the digest's equal.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from models.digests.rules.times import Period
from models.help.rules.limits import Line
from models.places.rules import PlaceKind, ancestors

K = TypeVar("K", bound=Hashable)

CONTENT = 4
"""Stars from which a rating counts as content."""

SILENT = frozenset({Line.UNCONFIRMED, Line.GIVEN_UP})
"""The resident stays silent; it may even have been closed without their word."""
NOT_SOLVED = frozenset({Line.UNSOLVED, Line.REOPENED})
VERDICTS = SILENT | NOT_SOLVED | {Line.SOLVED}
"""Lines that say how a request came out, as far as anybody knows."""


class Rate(StrEnum):
    """What is measured."""

    RESPONSE = "response"
    """响应率."""
    SOLUTION = "solution"
    """解决率."""
    SATISFACTION = "satisfaction"
    """满意率."""


@dataclass(frozen=True)
class Word:
    """A line of a request's timeline on which a rate rests; stars where it is a rating."""

    at: datetime
    what: Line
    stars: int | None = None


@dataclass(frozen=True)
class Facts:
    """As much of a request as the rates need; `words` in the order of the timeline."""

    path: str
    category: str
    answer_by: datetime
    answered_at: datetime | None
    promised_by: datetime
    called_off_at: datetime | None
    """When it was cancelled."""
    waiting: bool
    """The resident is waited for since before `promised_by`: nobody can say yet when it is due."""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Count:
    """So many of so many; `apart` are those of them whose resident stays silent 未确认."""

    good: int = 0
    all: int = 0
    apart: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.good + other.good, self.all + other.all, self.apart + other.apart)

    @property
    def percent(self) -> int | None:
        """Return it in whole percent; None of nothing. 100 is all of them, and 0 is none."""
        if not self.all:
            return None
        nearest = (200 * self.good + self.all) // (2 * self.all)
        lowest, highest = (1 if self.good else 0), (100 if self.good == self.all else 99)
        return min(max(nearest, lowest), highest)


GOOD, NOT_GOOD, UNCONFIRMED, NONE = Count(1, 1), Count(0, 1), Count(0, 1, 1), Count()


@dataclass(frozen=True)
class RateCounts:
    """The three counts of some requests in a period."""

    response: Count = NONE
    solution: Count = NONE
    satisfaction: Count = NONE

    def __add__(self, other: "RateCounts") -> "RateCounts":
        return RateCounts(
            self.response + other.response,
            self.solution + other.solution,
            self.satisfaction + other.satisfaction,
        )

    def of(self, rate: Rate) -> Count:
        """Return the count of one rate."""
        counts = {
            Rate.RESPONSE: self.response,
            Rate.SOLUTION: self.solution,
            Rate.SATISFACTION: self.satisfaction,
        }
        return counts[rate]


NOTHING = RateCounts()


def response(facts: Facts, period: Period) -> Count:
    """Count one request for the response rate.

    It counts once, when it was answered or its answer was due, whichever came first, and is good
    if that was the answer. One called off before that does not count.
    """
    answered, due_at = facts.answered_at, facts.answer_by
    in_time = answered is not None and answered <= due_at
    settled_at = answered if answered is not None and in_time else due_at
    if settled_at not in period:
        return NONE
    withdrawn = facts.called_off_at is not None and facts.called_off_at <= due_at
    if in_time:
        return GOOD
    return NONE if withdrawn else NOT_GOOD


def solution(facts: Facts, period: Period) -> Count:
    """Count one request for the solution rate, by the last word on it before the period's end.

    A word in the period decides. Without one, a request counts as not solved if it fell due in
    the period and was neither called off nor solved or silent before.
    """
    said = [word for word in facts.words if word.what in VERDICTS and word.at < period.end]
    last = said[-1] if said else None
    if last is not None and last.at in period:
        if last.what in SILENT:
            return UNCONFIRMED
        return GOOD if last.what is Line.SOLVED else NOT_GOOD
    settled = last is not None and last.what not in NOT_SOLVED
    off = facts.called_off_at is not None and facts.called_off_at <= facts.promised_by
    due = facts.promised_by in period and not facts.waiting
    return NOT_GOOD if due and not settled and not off else NONE


def satisfaction(facts: Facts, period: Period) -> Count:
    """Count one request for the satisfaction rate: its last rating in the period."""
    stars = [word.stars for word in facts.words if word.what is Line.RATED and word.at in period]
    if not stars:
        return NONE
    return GOOD if (stars[-1] or 0) >= CONTENT else NOT_GOOD


def tally(facts: Iterable[Facts], period: Period) -> RateCounts:
    """Count some requests for all three rates."""
    total = NOTHING
    for one in facts:
        total += RateCounts(response(one, period), solution(one, period), satisfaction(one, period))
    return total


def by(facts: Iterable[Facts], key: Callable[[Facts], K], period: Period) -> dict[K, RateCounts]:
    """Count them in groups; a group with nothing to count is left out."""
    groups: dict[K, list[Facts]] = {}
    for one in facts:
        groups.setdefault(key(one), []).append(one)
    counted = {name: tally(group, period) for name, group in groups.items()}
    return {name: found for name, found in counted.items() if found != NOTHING}


def part_of(path: str, upper: str, kinds: Mapping[int, PlaceKind]) -> int:
    """Tell to which part of the place at `upper` a place below it belongs, by id.

    From above a community that is the community, from a community the grid; what lies in no
    such part belongs to the place itself.
    """
    below = ancestors(path)[len(ancestors(upper)) :]
    for kind in (PlaceKind.COMMUNITY, PlaceKind.GRID):
        for place_id in below:
            if kinds.get(place_id) is kind:
                return place_id
    return ancestors(upper)[-1]

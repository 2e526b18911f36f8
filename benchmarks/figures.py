"""Medians, spread, percentiles, sliding windows: from instants to what a table shows."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True)
class Spread:
    """What several rounds gave: the median, the least and the most."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        if self.least == self.most:
            return number(self.middle)
        return f"{number(self.middle)} ({number(self.least)} to {number(self.most)})"


def spread(values: Iterable[float]) -> Spread | None:
    """Sum up rounds; None where there was none."""
    found = list(values)
    return Spread(median(found), min(found), max(found)) if found else None


def number(value: float) -> str:
    """Write a number with three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that `share` (0 to 1) of all do not exceed: the nearest rank."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def milliseconds(replies: Iterable[Sequence[float]]) -> list[float]:
    """Turn (asked, answered) in seconds into delays in milliseconds."""
    return [(answered - asked) * 1000 for asked, answered in replies]


def most_within(instants: Sequence[float], seconds: float) -> int:
    """Count the most instants that any window of this length holds, its end not included."""
    ordered = sorted(instants)
    ends = (bisect_left(ordered, start + seconds) for start in ordered)
    return max((end - first for first, end in enumerate(ends)), default=0)


def per_second(instants: Sequence[float]) -> float:
    """Give the mean rate from the first instant to the last."""
    ordered = sorted(instants)
    span = ordered[-1] - ordered[0] if len(ordered) > 1 else 0.0
    return (len(ordered) - 1) / span if span else 0.0


def longest_gap(instants: Sequence[float]) -> float:
    """Give the longest silence between two instants, in seconds."""
    return max((later - earlier for earlier, later in pairwise(sorted(instants))), default=0.0)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lay out a Markdown table; what was not measured shows as a dash."""
    lines = [_row(head), _row(["---"] * len(head))]
    return [*lines, *(_row(["–" if cell is None else cell for cell in row]) for row in rows)]


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"

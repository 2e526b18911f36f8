"""The yearly list of practical things 为民办实事; standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from models.hours.rules.local_time import first_showing
from models.proposals.rules.states import State

PER_PAGE = 6
"""Things on one page: each takes three lines of a phone, and a button."""

BECAME: dict[str, frozenset[State]] = {
    "waiting": frozenset({State.ADOPTED}),
    "underway": frozenset({State.UNDERWAY}),
    "delivered": frozenset({State.DELIVERED, State.RATED, State.CLOSED}),
}
"""By total: the states that count in it."""


@dataclass(frozen=True)
class Totals:
    """What became of all that was promised in a year."""

    waiting: int = 0
    """Nobody has been named who delivers it."""
    underway: int = 0
    delivered: int = 0
    overdue: int = 0
    """Of those underway: their date has passed."""
    ratings: int = 0
    mean: float | None = None
    """Of all stars that were given; None where there are none."""

    @property
    def promised(self) -> int:
        """Count all that was adopted."""
        return self.waiting + self.underway + self.delivered

    @classmethod
    def of(
        cls, states: Mapping[State, int], *, overdue: int, ratings: int, mean: float | None
    ) -> Self:
        """Sum up how many stand in each state; states before and beside adoption do not count."""
        found = {name: sum(states.get(one, 0) for one in among) for name, among in BECAME.items()}
        return cls(**found, overdue=overdue, ratings=ratings, mean=mean)


def year_of(at: datetime, zone: str) -> int:
    """Return the year of an instant on the clock of a place."""
    return at.astimezone(ZoneInfo(zone)).year


def span_of(year: int, zone: str) -> tuple[datetime, datetime]:
    """Return the first instant of a year on the clock of a place, and that of the next, in UTC."""
    return _new_year(year, zone), _new_year(year + 1, zone)


def _new_year(year: int, zone: str) -> datetime:
    return first_showing(date(year, 1, 1), time(0), zone)

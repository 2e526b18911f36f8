"""What leaves the room of seats."""

from dataclasses import dataclass
from datetime import datetime

from models.seats.rules import Party, SeatState


@dataclass(frozen=True)
class SeatView:
    """Where somebody stands on a list."""

    state: SeatState
    party: Party
    place_in_line: int | None
    """From 1 among the parties that wait; None for who does not wait."""
    ask_until: datetime | None
    """Until when they may answer; None for who is not asked."""
    sure: bool
    """They said that they still come."""


@dataclass(frozen=True)
class RosterLine(SeatView):
    """One line of a printed list."""

    person_id: int
    signed_by: int | None

    @property
    def came(self) -> bool:
        """Return whether they are there."""
        return self.state is SeatState.CAME


@dataclass(frozen=True)
class TimeGiven:
    """How long somebody with a seat was at work, in whole minutes."""

    person_id: int
    minutes: int
    cause_id: int
    """Which confirmation, or arrival, says so: the same one counts once."""
    done_at: datetime
    """When they were done."""


@dataclass(frozen=True)
class SeatCounts:
    """How full a list is. People, but for `waiting`."""

    seats: int | None
    """None: as many as come."""
    taken: int
    free: int | None
    """None: no limit."""
    waiting: int
    """Parties in the line: whoever comes next is one behind them."""
    came: int
    walked_in: int
    """Of those who came, counted at the door without a seat."""

"""What leaves the room of day checks."""

from dataclasses import dataclass
from datetime import date, datetime

from models.daychecks.rules.hours import CheckHours
from models.daychecks.rules.ladder import Rung
from models.daychecks.rules.states import CheckMove, CheckState, DayMove, DayState, Known, TheySaid
from models.names.views import Where, Who


@dataclass(frozen=True)
class CheckView:
    """Somebody's own day check."""

    id: int
    hours: CheckHours
    may_send_neighbours: bool
    leader_too: bool
    rest_until: date | None
    """Of a rest that is over: None."""
    state: CheckState
    moves: frozenset[CheckMove]


@dataclass(frozen=True)
class DayView:
    """One day as its reader sees it: never when somebody was here last."""

    id: int
    whose: Who
    where: Where | None
    """Where they live; None where it is not known."""
    own: bool
    """It is the reader's day."""
    day: date
    part: int
    state: DayState
    rung: Rung
    active: bool
    """The day check is on: else nothing is asked any more."""
    going_by: Who | None
    going_at: datetime | None
    going: bool
    """They are on the way; False where nothing was heard for too long."""
    found_by: Who | None
    how: Known | None
    said: TheySaid | None
    """By the reader."""
    calls: bool
    """The reader works at the desk where they live, and may look at their number."""
    ring: tuple[int, ...]
    """Members of the circle whom the reader is to ring: their number by `circle.phone_of`."""
    request_id: int | None
    """For whose day it is and the desk."""
    to_listen: bool
    moves: frozenset[DayMove]


@dataclass(frozen=True)
class MonthCount:
    """How many days of a month ended so."""

    state: DayState
    count: int

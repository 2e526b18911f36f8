"""The clocks of the house, and sections of numbers that subjects add; standard library only.

A subject declares its section where its rules are: a frozen dataclass that extends `Policy`, each
field with its default and, right behind it, what it means. The rules of the subject take the
section, `policy_of(session, Section)` reads it, and `bot.policy` lists the sections for the file in
which a community sets them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any, TypeVar

from models.hours.rules.clocks import NUDGE_PERCENT, Clock, DeskClock
from models.hours.rules.desk import DESK, DeskHours, Workdays, weekdays
from models.hours.rules.quiet import QUIET, QuietHours


@dataclass(frozen=True)
class Span:
    """A length of time as people promise it; what it comes to depends on the clock.

    In working time a day is a working day of the desk: '24 hours' for an urgent request is one
    such day, from Monday at ten to Tuesday at ten. Hours and minutes are what they say.
    """

    days: int = 0
    hours: int = 0
    minutes: int = 0

    def by(self, clock: Clock) -> timedelta:
        """Return how much a clock has to count."""
        rest = timedelta(hours=self.hours, minutes=self.minutes)
        if isinstance(clock, DeskClock):
            return clock.hours.days(self.days) + rest
        return timedelta(days=self.days) + rest


@dataclass(frozen=True)
class Policy:
    """The clocks by which everything is counted (服务承诺); sections extend it."""

    zone: str = "Asia/Shanghai"
    """Zone by whose clocks weekly hours are read."""
    desk: DeskHours = DESK
    """When desks are open that have set no hours of their own."""
    quiet: QuietHours = QUIET
    """When nobody is disturbed but for an emergency."""
    is_workday: Workdays = weekdays
    """The calendar of working days."""
    nudge_percent: int = NUDGE_PERCENT
    """How much of either is used up when the owner is nudged."""
    new_for: timedelta = timedelta(days=7)
    """How long after agreeing somebody counts as new, unless the office has given them a role or
    taken them on as a volunteer: a week has working days in which the desk gets to know them."""

    def desk_clock(self, hours: DeskHours | None = None) -> DeskClock:
        """Return the clock of a desk, by hours of its own where it has set any."""
        return DeskClock(hours or self.desk, self.is_workday)


S = TypeVar("S", bound=Policy)


@dataclass(frozen=True)
class Policies:
    """What is set, by the names of fields; what is not among the values has its default."""

    values: Mapping[str, Any] = field(default_factory=dict)
    _made: dict[type[Policy], Policy] = field(default_factory=dict, compare=False, repr=False)

    def of(self, section: type[S]) -> S:
        """Return a section with what is set of it."""
        made = self._made.get(section)
        if not isinstance(made, section):
            names = {one.name for one in fields(section)} & self.values.keys()
            made = section(**{name: self.values[name] for name in names})
            self._made[section] = made
        return made


def in_zone(zone: str, policies: Policies) -> Policies:
    """Return what is set, with everything read by the clocks of a zone."""
    clocks = policies.of(Policy)
    desk, quiet = replace(clocks.desk, zone=zone), replace(clocks.quiet, zone=zone)
    return Policies({**policies.values, "zone": zone, "desk": desk, "quiet": quiet})

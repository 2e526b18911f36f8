"""How long a broadcast takes, and what of it falls into quiet hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.broadcasts.rules.reports import PERMITTED_A_SECOND
from models.hours.rules.quiet import QuietHours, next_quiet_end, out_of_quiet, quiet_began

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Run:
    """When the copies of a broadcast go out."""

    begins: datetime
    ends: datetime
    held: int = 0
    """Copies that wait for the end of quiet hours."""
    resumes: datetime | None = None
    """When those go."""


def run_of(starts: datetime, copies: int, quiet: QuietHours | None, *, weight: int = 1) -> Run:
    """Tell when copies of `weight` messages each go, from an instant on; None: no hours are quiet.

    What does not fit before quiet hours begin goes when they end, in as many days as it takes.
    """
    if quiet is None:
        return Run(starts, starts + _span(copies, weight))
    begins = out_of_quiet(starts, quiet)
    if begins != starts:
        return Run(begins, run_of(begins, copies, quiet, weight=weight).ends, copies, begins)
    morning = next_quiet_end(begins, quiet)
    evening = quiet_began(morning - INSTANT, quiet)
    fitting = int((evening - begins) / _span(1, weight))
    if copies <= fitting:
        return Run(begins, begins + _span(copies, weight))
    rest = copies - fitting
    return Run(begins, run_of(morning, rest, quiet, weight=weight).ends, rest, morning)


def _span(copies: int, weight: int) -> timedelta:
    return timedelta(seconds=copies * weight / PERMITTED_A_SECOND)

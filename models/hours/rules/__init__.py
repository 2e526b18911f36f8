"""The rules of working time and quiet hours. Every instant is aware; results are in UTC."""

from models.hours.rules.clocks import (
    NUDGE_PERCENT,
    ROUND_THE_CLOCK,
    Clock,
    DeskClock,
    Pause,
    RoundTheClock,
    deadline,
    is_paused,
    nudge_at,
    spent,
)
from models.hours.rules.counting import (
    MOST_CLOSED_DAYS,
    NeverOpen,
    add_working,
    is_working,
    working_between,
)
from models.hours.rules.desk import DESK, DeskHours, Interval, Workdays, weekdays
from models.hours.rules.instants import first_showing, in_utc
from models.hours.rules.quiet import (
    QUIET,
    QuietHours,
    in_quiet_hours,
    next_quiet_end,
    out_of_quiet,
    quiet_began,
)
from models.hours.rules.sparing import Spared, rings_at
from models.hours.rules.waking import waking_clock
from models.hours.rules.writing import (
    MOST_INTERVALS,
    HoursSet,
    Unreadable,
    read,
    span_in,
    spelt,
    stretches,
    written,
)

__all__ = [
    "DESK",
    "MOST_CLOSED_DAYS",
    "MOST_INTERVALS",
    "NUDGE_PERCENT",
    "QUIET",
    "ROUND_THE_CLOCK",
    "Clock",
    "DeskClock",
    "DeskHours",
    "HoursSet",
    "Interval",
    "NeverOpen",
    "Pause",
    "QuietHours",
    "RoundTheClock",
    "Spared",
    "Unreadable",
    "Workdays",
    "add_working",
    "deadline",
    "first_showing",
    "in_quiet_hours",
    "in_utc",
    "is_paused",
    "is_working",
    "next_quiet_end",
    "nudge_at",
    "out_of_quiet",
    "quiet_began",
    "read",
    "rings_at",
    "span_in",
    "spelt",
    "spent",
    "stretches",
    "waking_clock",
    "weekdays",
    "working_between",
    "written",
]

"""Sending: what needs a second person, when it goes, how long it takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import URGENT, Medium, Notice, Style
from models.broadcasts.rules.reports import PERMITTED_A_SECOND
from models.hours.rules.quiet import QuietHours, next_quiet_end, out_of_quiet, quiet_began
from models.outbox.rules import Lane
from models.policy.rules import Policy
from models.reminders.rules import is_late

RECALL_WITHIN = timedelta(hours=48)
"""How long Telegram lets a bot delete its own message (Bot API, deleteMessage)."""

WEEK = timedelta(days=7)

REASON_LENGTH = 300
"""Characters of a reason for sending back."""

COPIES = (Notice.COPY, Notice.ALBUM)
"""What recipients are sent, and what is held up, dropped and recalled."""


def lane_of(style: Style) -> Lane:
    """Return the lane of a broadcast's copies: an emergency goes before all but answers."""
    return Lane.URGENT if style in URGENT else Lane.BULK


def goes_first(content: Content) -> Notice | None:
    """Name what goes just before a copy: what Telegram lets carry neither words nor buttons."""
    apart = content.medium in {Medium.ALBUM, Medium.LOCATION}
    return Notice.ALBUM if apart else None


def missed_its_day(style: Style, start_at: datetime, now: datetime, zone: str) -> bool:
    """Return whether a broadcast was meant for a day that is over, in a zone, and it matters.

    'Water off tomorrow' is wrong by then. An emergency goes however late it comes, and what is
    late by minutes alone, around midnight, is not late (`is_late`).
    """
    if style in URGENT or not is_late(start_at, now):
        return False
    here = ZoneInfo(zone)
    return start_at.astimezone(here).date() < now.astimezone(here).date()


def a_week_on(start_at: datetime, now: datetime, zone: str) -> datetime:
    """Return the next time to come of something weekly: the same weekday and wall time in a zone.

    Weeks that have gone by meanwhile are passed over: they do not pile up.
    """
    here = start_at.astimezone(ZoneInfo(zone))
    following = here + WEEK
    while following <= now:
        following += WEEK
    return following


INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class SendingPlan:
    """When the copies of a broadcast go out."""

    begins: datetime
    ends: datetime
    held: int = 0
    """Copies that wait for the end of quiet hours."""
    resumes: datetime | None = None
    """When those go."""


def run_of(
    starts: datetime, copies: int, quiet: QuietHours | None, *, weight: int = 1
) -> SendingPlan:
    """Tell when copies of `weight` messages each go, from an instant on; None: no hours are quiet.

    What does not fit before quiet hours begin goes when they end, in as many days as it takes.
    """
    if quiet is None:
        return SendingPlan(starts, starts + _span(copies, weight))
    begins = out_of_quiet(starts, quiet)
    if begins != starts:
        return SendingPlan(
            begins, run_of(begins, copies, quiet, weight=weight).ends, copies, begins
        )
    morning = next_quiet_end(begins, quiet)
    evening = quiet_began(morning - INSTANT, quiet)
    fitting = int((evening - begins) / _span(1, weight))
    if copies <= fitting:
        return SendingPlan(begins, begins + _span(copies, weight))
    rest = copies - fitting
    return SendingPlan(begins, run_of(morning, rest, quiet, weight=weight).ends, rest, morning)


def _span(copies: int, weight: int) -> timedelta:
    return timedelta(seconds=copies * weight / PERMITTED_A_SECOND)


@dataclass(frozen=True)
class BroadcastPolicy(Policy):
    """When a broadcast needs a second pair of eyes."""

    second_pair_over: int = 200
    """Recipients above which a second person has to approve a broadcast; an emergency's always."""

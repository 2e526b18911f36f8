"""When a broadcast goes, in which lane, for how long it can be taken back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.broadcasts.rules.content import Content
from models.broadcasts.rules.kinds import URGENT, Medium, Notice, Style
from models.outbox.rules import Lane
from models.reminders.rules import is_late

RECALL_WITHIN = timedelta(hours=48)
"""How long Telegram lets a bot delete its own message (Bot API, deleteMessage)."""

WEEK = timedelta(days=7)

REASON_LENGTH = 300
"""Characters of a reason for sending back."""

COPIES = (Notice.COPY, Notice.ALBUM)
"""What recipients are sent, and what is held up, dropped and recalled."""


def lane_of(style: Style) -> Lane:
    """Give the lane of a broadcast's copies: an emergency goes before all but answers."""
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
    """Give the next time to come of something weekly: the same weekday and wall time in a zone.

    Weeks that have gone by meanwhile are passed over: they do not pile up.
    """
    here = start_at.astimezone(ZoneInfo(zone))
    following = here + WEEK
    while following <= now:
        following += WEEK
    return following

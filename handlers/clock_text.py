"""Saying instants and spans as neighbours do, on the clock of the place."""

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_timedelta

from handlers.i18n import current_language
from handlers.i18n import gettext as _

DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")

_zone: ContextVar[ZoneInfo | None] = ContextVar("zone", default=None)

DAYS_BY_NAME = 6
"""This many days ahead a weekday is named: one more and the name would mean two days."""


def on_clock_of(zone: ZoneInfo) -> None:
    """Say instants on the clock of a zone from now on; called once, where the house is opened."""
    _zone.set(zone)


def local(at: datetime) -> datetime:
    """Return an instant on the clock of the place."""
    return at.astimezone(_zone.get() or DEFAULT_ZONE)


def at_clock(at: datetime, now: datetime) -> str:
    """Say an instant as seen from `now`: '今天 15:30', '周三 09:00', '12月3日 09:00'.

    Both are aware. Days are counted by the calendar of the place, and another year is named.
    """
    return f"{on_day(at, now)} {local(at):%H:%M}"


def on_day(at: datetime, now: datetime) -> str:
    """Say the day of an instant as seen from `now`: '今天', '周三', '12月3日'."""
    there, here = local(at), local(now)
    away = (there.date() - here.date()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if away in near:
        return near[away]
    if 0 < away <= DAYS_BY_NAME:
        return format_skeleton("E", there, locale=current_language())
    skeleton = "MMMd" if there.year == here.year else "yMMMd"
    return format_skeleton(skeleton, there, locale=current_language())


def at_date(at: datetime, now: datetime) -> str:
    """Say an instant so that it stays true in a chat: '11月25日周三 10:00', never 'tomorrow'."""
    return f"{on_date(at, now)} {local(at):%H:%M}"


def on_date(at: datetime, now: datetime) -> str:
    """Say the day of an instant so that it stays true: '11月25日周三'; another year is named."""
    there = local(at)
    skeleton = "MMMEd" if there.year == local(now).year else "yMMMEd"
    return format_skeleton(skeleton, there, locale=current_language())


def dated(at: datetime) -> str:
    """Say a day with its year, as on paper: '2026年11月25日'."""
    return format_skeleton("yMMMd", local(at), locale=current_language())


def new_until_line(until: datetime, now: datetime) -> str:
    """Say when the limit for whoever is new ends."""
    return _("From {when} on you can have more at a time.").format(when=at_date(until, now))


def how_long(span: timedelta) -> str:
    """Say how long something is: '45分钟', '2小时', '15天'; exact days and hours, else rounded."""
    minutes = max(1, round(abs(span) / timedelta(minutes=1)))
    unit = _unit(minutes)
    per_unit = MINUTES[unit]
    whole = timedelta(minutes=round(minutes / per_unit) * per_unit)
    # the threshold keeps Babel from turning '15 days' into '2 weeks'
    threshold = whole / timedelta(minutes=per_unit) + 1
    return format_timedelta(whole, granularity=unit, threshold=threshold, locale=current_language())


Unit = Literal["day", "hour", "minute"]
MINUTES: dict[Unit, int] = {"day": 1440, "hour": 60, "minute": 1}


def _unit(minutes: int) -> Unit:
    if minutes < 90 and minutes != 60:
        return "minute"
    return "day" if minutes % 1440 == 0 or minutes >= 2 * 1440 else "hour"

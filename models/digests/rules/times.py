"""When digests are sent, and what span they tell of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum

from models.help.rules.states import State
from models.hours.rules.local_time import day_of, first_showing
from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; `detail` of each names the local date that it is for."""

    STAFF = notice(
        "digests.staff",
        mark("the day's digest for staff"),
        to="everybody at a desk who answers for something",
        when="every working day at 8:30; the subject is the reader",
        detail="`day`, `late`",
        waits=Waits.ALWAYS,
    )
    VOLUNTEER = notice(
        "digests.volunteer",
        mark("the week's digest for a volunteer"),
        to=(
            "volunteers who gave something in the week, were thanked in it, or hold a task; "
            "lane `bulk`"
        ),
        when="Sundays at 10:00; the subject is the reader",
        detail="`day`, `late`",
        waits=Waits.ALWAYS,
    )
    RATES = notice(
        "digests.rates",
        mark("the week's rates"),
        to="secretaries, for each place of theirs",
        when=(
            "Mondays at 8:30: the rates of the week before ([what they count](rates.md)); the "
            "subject is the place"
        ),
        detail="`day`, `late`",
        waits=Waits.ALWAYS,
    )
    CHART = notice(
        "digests.chart",
        mark("the week's rates as a picture"),
        to="the same",
        when="the same as a picture",
        detail="`day`, `late`",
        waits=Waits.ALWAYS,
    )


class Reminder(ReminderKind):
    """Kinds of reminder; they are about everybody, so the subject is 0."""

    STAFF = reminder(
        "digests.staff",
        mark("tell staff what waits today"),
        Lateness.SEND_LATE,
        about="everybody",
        does=(
            "queues the day's digest for everybody at a desk; one that is of no use any more is "
            "let go"
        ),
    )
    VOLUNTEERS = reminder(
        "digests.volunteers",
        mark("thank volunteers for the week"),
        Lateness.SEND_LATE,
        about="everybody",
        does="queues the week's thanks for volunteers, part by part",
    )
    SECRETARIES = reminder(
        "digests.secretaries",
        mark("tell secretaries the week's rates"),
        Lateness.SEND_LATE,
        about="everybody",
        does="queues the week's rates for every secretary",
    )


@dataclass(frozen=True)
class DigestPolicy(Policy):
    """When digests are sent."""

    digest_at: time | None = time(8, 30)
    """When staff read each working day what waits for them; None: never."""
    thanks_at: time | None = time(10)
    """When volunteers read on Sunday what they gave and who thanked them; None: never."""
    rates_at: time | None = time(8, 30)
    """When secretaries read on Monday the rates of the week before; None: never."""


DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LOOKED_AHEAD = 32
"""Days among which the next digest, or the last, is sought: longer than any holiday."""


class DigestDay(IntEnum):
    """Weekdays as Python counts them."""

    MONDAY = 0
    SUNDAY = 6


@dataclass(frozen=True)
class Period:
    """From one instant to another, without the end."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


def times_of(policy: DigestPolicy) -> dict[Reminder, time]:
    """Return the time of day of every digest that is not turned off."""
    times = {
        Reminder.STAFF: policy.digest_at,
        Reminder.VOLUNTEERS: policy.thanks_at,
        Reminder.SECRETARIES: policy.rates_at,
    }
    return {kind: at for kind, at in times.items() if at is not None}


def is_day_of(kind: Reminder, day: date, policy: DigestPolicy) -> bool:
    """Return whether a digest is due on a day."""
    match kind:
        case Reminder.STAFF:
            return policy.is_workday(day)
        case Reminder.VOLUNTEERS:
            return day.weekday() == DigestDay.SUNDAY
        case Reminder.SECRETARIES:
            return day.weekday() == DigestDay.MONDAY


def _days_of_use(kind: Reminder, day: date) -> Iterator[date]:
    """Return the days, the newest first, whose digest can still be of use on `day`.

    The secretaries' is about the week before and good all week; the others are of their day.
    """
    yield day
    if kind is Reminder.SECRETARIES:
        yield from (day - DAY * back for back in range(1, day.weekday() + 1))


def is_timely(kind: Reminder, due_on: date, now: datetime, policy: DigestPolicy) -> bool:
    """Return whether a digest of a day is still of use."""
    return due_on in _days_of_use(kind, day_of(now, policy.zone))


def coming(kind: Reminder, now: datetime, policy: DigestPolicy) -> tuple[date, datetime] | None:
    """Give the next digest after `now`: its local date and instant. None where it is turned off."""
    today = day_of(now, policy.zone)
    return next(
        (
            (day, due_at)
            for day in (today + DAY * number for number in range(LOOKED_AHEAD))
            if (due_at := _instant(kind, day, policy)) is not None and due_at > now
        ),
        None,
    )


def passed(kind: Reminder, now: datetime, policy: DigestPolicy) -> tuple[date, datetime] | None:
    """Give the last digest whose time has come and that is still of use; None if there is none."""
    return next(
        (
            (day, due_at)
            for day in _days_of_use(kind, day_of(now, policy.zone))
            if (due_at := _instant(kind, day, policy)) is not None and due_at <= now
        ),
        None,
    )


def _instant(kind: Reminder, day: date, policy: DigestPolicy) -> datetime | None:
    at = times_of(policy).get(kind)
    if at is None or not is_day_of(kind, day, policy):
        return None
    return first_showing(day, at, policy.zone)


def span_of(kind: Reminder, day: date, policy: DigestPolicy) -> Period | None:
    """Return the time a digest of a day is about: from the one before it to its own instant.

    None where the digest is turned off.
    """
    at = times_of(policy).get(kind)
    if at is None:
        return None
    back = (day - DAY * number for number in range(1, LOOKED_AHEAD))
    before = next((each for each in back if is_day_of(kind, each, policy)), day - DAY)
    return Period(first_showing(before, at, policy.zone), first_showing(day, at, policy.zone))


def _midnight(day: date, zone: str) -> datetime:
    return first_showing(day, time(0), zone)


def week_before(day: date, zone: str) -> Period:
    """Return the calendar week, Monday to Sunday, that ended before the week of `day`."""
    monday = day - DAY * day.weekday()
    return Period(_midnight(monday - WEEK, zone), _midnight(monday, zone))


def day_ends(now: datetime, zone: str) -> datetime:
    """Return the midnight that ends the local day of an instant."""
    return _midnight(day_of(now, zone) + DAY, zone)


class Heading(StrEnum):
    """Headings of the staff's digest; a request stands under the first that fits."""

    LATE = "late"
    """Not answered or not solved by when it was promised."""
    DUE = "due"
    """One of the two falls due before the day ends."""
    CALLS = "calls"
    """Its resident stays silent and is to be rung back 电话回访."""
    WAITING = "waiting"
    """The resident is waited for."""
    NEW = "new"
    """It became theirs since the digest before."""
    REST = "rest"


@dataclass(frozen=True)
class DigestFacts:
    """As much of an unended request as its heading needs."""

    state: State
    answer_by: datetime
    answered: bool
    promised_by: datetime
    owned_at: datetime
    waiting: bool
    unconfirmed: bool
    call_after: datetime | None


def heading(one: DigestFacts, *, since: Period, now: datetime, day_ends: datetime) -> Heading:
    """Choose the heading of a request; `since` is the time from the digest before to this one."""
    if one.unconfirmed and one.state is State.DONE:
        due = one.call_after is None or one.call_after < day_ends
        return Heading.CALLS if due else Heading.WAITING
    promises = [] if one.waiting else [one.promised_by]
    promises += [] if one.answered else [one.answer_by]
    next_due = min(promises, default=None)
    if next_due is not None and next_due < now:
        return Heading.LATE
    if next_due is not None and next_due < day_ends:
        return Heading.DUE
    if one.waiting:
        return Heading.WAITING
    return Heading.NEW if one.owned_at in since else Heading.REST

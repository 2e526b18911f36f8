"""Urgency, promises and waits: every number that a settings page may come to change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from models.hours.rules.clocks import NUDGE_PERCENT, ROUND_THE_CLOCK, Clock, DeskClock
from models.hours.rules.desk import DESK, DeskHours, Workdays, weekdays
from models.hours.rules.quiet import QUIET, QuietHours
from models.volunteers.rules import is_free

T = TypeVar("T")


class Urgency(StrEnum):
    """How soon somebody has to come."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


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
        """Give how much a clock has to count."""
        rest = timedelta(hours=self.hours, minutes=self.minutes)
        if isinstance(clock, DeskClock):
            return clock.hours.days(self.days) + rest
        return timedelta(days=self.days) + rest


def _each(emergency: T, urgent: T, ordinary: T, complex_: T) -> Mapping[Urgency, T]:
    return MappingProxyType(
        dict(zip(Urgency, (emergency, urgent, ordinary, complex_), strict=True))
    )


@dataclass(frozen=True)
class Policy:
    """What this community has set; the defaults are PRODUCT's promises (服务承诺)."""

    zone: str = "Asia/Shanghai"
    """Zone by whose clocks weekly hours are read."""
    desk: DeskHours = DESK
    """When desks are open that have set no hours of their own."""
    quiet: QuietHours = QUIET
    """When nobody is disturbed but for an emergency."""
    is_workday: Workdays = weekdays
    """The calendar of working days."""
    answer: Mapping[Urgency, Span] = field(
        default_factory=lambda: _each(Span(minutes=15), Span(hours=2), Span(days=1), Span(days=1))
    )
    """From filing to the first answer 响应: somebody comes forward, or the desk writes."""
    solve: Mapping[Urgency, Span] = field(
        default_factory=lambda: _each(Span(hours=2), Span(days=1), Span(days=7), Span(days=15))
    )
    """From filing to solved 解决, by urgency; an emergency's counts round the clock."""
    nudge_percent: int = NUDGE_PERCENT
    """How much of either is used up when the owner is nudged."""
    street_after: Mapping[Urgency, Span] = field(
        default_factory=lambda: _each(Span(minutes=30), Span(hours=2), Span(days=1), Span(days=1))
    )
    """From the breach, when the secretary is told, to telling the street."""
    rings: Mapping[Urgency, tuple[int | None, ...]] = field(
        default_factory=lambda: _each((5, 15, None), (5, 15, 30), (5, 10, 15), (5, 10, 15))
    )
    """How many are asked in each ring; None: everybody who fits, up to `most_asked`."""
    ring_wait: Mapping[Urgency, Span] = field(
        default_factory=lambda: _each(
            Span(minutes=3), Span(minutes=15), Span(hours=2), Span(hours=2)
        )
    )
    """From a ring to the next, and after the last from alarm to alarm: owner, secretary, street.
    An emergency's counts round the clock, an urgent one's outside quiet hours, else in working
    time."""
    most_asked: int = 500
    """Most people asked in one ring."""
    clash: timedelta = timedelta(hours=2)
    """Nobody is asked who holds a task that starts within this much of the request's start."""
    confirm_within: Mapping[Urgency, timedelta] = field(
        default_factory=lambda: _each(
            timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=1)
        )
    )
    """How long a holder has to answer 'still coming?' before a start; then the next is asked in."""
    confirm_open_within: Mapping[Urgency, timedelta] = field(
        default_factory=lambda: _each(
            timedelta(minutes=5), timedelta(hours=2), timedelta(hours=14), timedelta(hours=14)
        )
    )
    """The same where no start was named: nobody is waiting at the door, and people have other
    things to do. 14 waking hours are one day."""
    no_show_after: timedelta = timedelta(minutes=30)
    """After the start: when the resident is asked whether somebody came who has not said so."""
    visit_over: timedelta = timedelta(hours=3)
    """After 'on my way': when holder and resident are asked how it stands, if it is not done."""
    reliable_over: timedelta = timedelta(days=180)
    """Over which kept and broken claims weigh in the score."""
    low_rating: int = 2
    """Stars up to which a rating opens a rectification order 督办."""
    call_again: Span = Span(days=1)
    """After a call that nobody answered, in working time."""
    most_calls: int = 3
    """Calls that nobody answered, after which a request may be closed as unconfirmed."""
    reopen_within: timedelta = timedelta(days=30)
    """How long after closing a request can be opened again as not solved after all."""
    order_due: Span = Span(days=3)
    """Time for a rectification order, in working time, unless a date is named."""
    visits: tuple[int, ...] = (7, 30)
    """Days after sign-off at which the resident is asked whether it is still well."""
    early_count: int = 3
    """So many requests of one category in one building …"""
    early_window: timedelta = timedelta(days=30)
    """… within this much open an early item 未诉先办."""
    digest_at: time | None = time(8, 30)
    """When staff read each working day what waits for them; None: never."""
    thanks_at: time | None = time(10)
    """When volunteers read on Sunday what they gave and who thanked them; None: never."""
    rates_at: time | None = time(8, 30)
    """When secretaries read on Monday the rates of the week before; None: never."""
    before_start: timedelta = timedelta(hours=2)
    """How long before the start a holder is asked 'still coming?'."""
    check_after: Mapping[Urgency, timedelta] = field(
        default_factory=lambda: _each(
            timedelta(minutes=15), timedelta(hours=4), timedelta(hours=48), timedelta(hours=72)
        )
    )
    """The same question where no start was named, counted from taking the task."""
    after_done: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=72))
    """After 'done': when a silent resident is asked again."""
    unconfirmed_after: timedelta = timedelta(hours=96)
    """After 'done': when silence is marked unconfirmed and the owner told."""
    expire_after: timedelta = timedelta(days=30)
    """How long an open request that nobody took is kept up."""
    contact_kept: timedelta = timedelta(hours=48)
    """How long after closing the holder may still see door and phone."""
    load_window: timedelta = timedelta(days=30)
    """Over which tasks are counted against a volunteer's cap."""
    most_open: int = 10
    """Most unended requests for one beneficiary; emergencies are always taken."""
    most_hands: int = 50
    """Most people one request can ask for."""
    reception: Span = Span(days=3)
    """From submitting a proposal to the desk's answer, in working time."""
    seconds_needed: int = 10
    """Seconds 附议 that a proposal needs where its place has set no number of its own."""
    seconding_for: timedelta = timedelta(days=14)
    """How long it may be seconded, where its place has set no time of its own."""
    meeting_before: tuple[timedelta, ...] = (timedelta(hours=1), timedelta(days=1))
    """Before a meeting: when whoever is invited is reminded."""
    vote_for: timedelta = timedelta(days=7)
    """How long a vote is open, unless another end is named."""
    vote_reminder: timedelta = timedelta(days=1)
    """Before its end: when those who have not voted are reminded, once."""
    quorum: int = 50
    """Per cent of those on the roll who have to vote, unless another quorum is named."""
    rate_for: timedelta = timedelta(days=14)
    """After the delivery: how long those who backed a proposal can rate it."""
    content_from: int = 3
    """Mean of stars from which they count as content; below, the secretary has to look again."""
    second_pair_over: int = 200
    """Recipients above which a second person has to approve a broadcast; an emergency's always."""
    roll_call_every: timedelta = timedelta(minutes=15)
    """How long after a roll-call went out, and then again, the silent are asked once more."""
    roll_call_rounds: int = 3
    """How often they are; after the last their building leaders are given the list."""

    def clock(self, urgency: Urgency, hours: DeskHours | None = None) -> Clock:
        """Give the clock that a request's promises are counted by, at a desk with its own hours."""
        if urgency is Urgency.EMERGENCY:
            return ROUND_THE_CLOCK
        return DeskClock(hours or self.desk, self.is_workday)


POLICY = Policy()
"""The defaults, but for the calendar of a country: that is in `models.help.policy`."""


def in_zone(zone: str, policy: Policy = POLICY) -> Policy:
    """Give a policy by whose clocks everything is read in a zone."""
    desk, quiet = replace(policy.desk, zone=zone), replace(policy.quiet, zone=zone)
    return replace(policy, zone=zone, desk=desk, quiet=quiet)


def is_overtaken(done_at: datetime, due_at: datetime, now: datetime, policy: Policy) -> bool:
    """Tell whether, after an outage, the next question about a silent 'done' is due as well."""
    return any(due_at < done_at + wait <= now for wait in policy.after_done)


def contact_visible(closed_at: datetime | None, now: datetime, policy: Policy) -> bool:
    """Tell whether a holder may see door and phone: while it lasts, and a set time after."""
    return closed_at is None or now < closed_at + policy.contact_kept


def free_at(hours: int, start_at: datetime | None, now: datetime, policy: Policy) -> bool:
    """Tell whether weekly hours cover the start, or the present where none was named."""
    return is_free(hours, start_at or now, policy.zone)

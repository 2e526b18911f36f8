"""Urgency, and the promises, rings, waits and limits of requests for help."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from models.hours.rules.clocks import ROUND_THE_CLOCK, Clock
from models.hours.rules.desk import DeskHours
from models.policy.rules import Policy, Span
from models.volunteers.rules import is_free

T = TypeVar("T")


class Urgency(StrEnum):
    """How soon somebody has to come."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


def _each(emergency: T, urgent: T, ordinary: T, complex_: T) -> Mapping[Urgency, T]:
    return MappingProxyType(
        dict(zip(Urgency, (emergency, urgent, ordinary, complex_), strict=True))
    )


@dataclass(frozen=True)
class HelpPolicy(Policy):
    """Promises, rings, waits and limits of requests for help."""

    answer: Mapping[Urgency, Span] = field(
        default_factory=lambda: _each(Span(minutes=15), Span(hours=2), Span(days=1), Span(days=1))
    )
    """From filing to the first answer 响应: somebody comes forward, or the desk writes."""
    solve: Mapping[Urgency, Span] = field(
        default_factory=lambda: _each(Span(hours=2), Span(days=1), Span(days=7), Span(days=15))
    )
    """From filing to solved 解决, by urgency; an emergency's counts round the clock."""
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
    offers_kept: timedelta = timedelta(days=180)
    """After somebody was asked about a request: so long it is kept that they were, and what they
    answered, once the request has ended."""
    most_open: int = 10
    """Most unended requests for one beneficiary; emergencies are always taken."""
    new_most_open: int = 5
    """The same while somebody is new, whoever they ask for; what the desk writes down for them and
    emergencies are always taken."""
    most_hands: int = 50
    """Most people one request can ask for."""

    def clock(self, urgency: Urgency, hours: DeskHours | None = None) -> Clock:
        """Return the clock that counts a request's promises, at a desk with its own hours."""
        return ROUND_THE_CLOCK if urgency is Urgency.EMERGENCY else self.desk_clock(hours)


def free_at(hours: int, start_at: datetime | None, now: datetime, policy: HelpPolicy) -> bool:
    """Check whether weekly hours cover the start, or the present where none was named."""
    return is_free(hours, start_at or now, policy.zone)

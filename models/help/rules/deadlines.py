"""Deadlines: what counts, what holds them still, and whom they tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.escalation.rules import Level
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import Waiting
from models.hours.rules.clocks import Clock, ClockPause, deadline, spent


class Promise(StrEnum):
    """What is promised to a resident with a request."""

    ANSWER = "answer"
    """响应: somebody comes forward for it, or the desk writes to them."""
    SOLVE = "solve"
    """解决."""


HELD_BY: Mapping[Promise, frozenset[Waiting]] = MappingProxyType(
    {
        Promise.ANSWER: frozenset({Waiting.ANSWER, Waiting.VERDICT}),
        Promise.SOLVE: frozenset(Waiting),
    }
)
"""What holds which clock. A later start holds back the work alone: who comes on Friday is to be
known on Monday."""


@dataclass(frozen=True)
class Wait:
    """A time in which the resident is waited for; without an end it lasts."""

    why: Waiting
    since: datetime
    until: datetime | None = None

    def lasts(self, now: datetime) -> bool:
        """Return whether the resident is waited for at an instant."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Step:
    """When a rung of the ladder is told that a promise is about to break, or has broken."""

    promise: Promise
    rung: Level
    at: datetime


@dataclass(frozen=True)
class Call:
    """What is told at once of one promise: to every rung that was due and not told, from below."""

    promise: Promise
    rungs: tuple[Level, ...]
    at: datetime
    """When the highest was due."""

    @property
    def highest(self) -> Level:
        """The rung that decides what is said."""
        return self.rungs[-1]

    @property
    def is_owned_up_to(self) -> bool:
        """Whether the resident is told: it is not solved by the date, or the street is told."""
        if self.highest is Level.STREET:
            return True
        return self.promise is Promise.SOLVE and self.highest is Level.SECRETARY


@dataclass(frozen=True)
class PromiseTerm:
    """A promise as it stands: which, how urgent, since when, and by when it is kept."""

    promise: Promise
    urgency: Urgency
    since: datetime
    by: datetime


def span_of(promise: Promise, urgency: Urgency, policy: HelpPolicy, clock: Clock) -> timedelta:
    """Return how much a clock counts until a promise is due."""
    spans = policy.answer if promise is Promise.ANSWER else policy.solve
    return spans[urgency].by(clock)


def pauses_of(promise: Promise, waits: Iterable[Wait]) -> list[ClockPause]:
    """Return the times that do not count for a promise."""
    return [ClockPause(one.since, one.until) for one in waits if one.why in HELD_BY[promise]]


def due_by(
    promise: Promise,
    urgency: Urgency,
    since: datetime,
    waits: Iterable[Wait],
    policy: HelpPolicy,
    clock: Clock,
) -> datetime:
    """Return by when a promise made at `since` is due, waits with an end left out.

    Who owns or holds the request does not matter: a hand-over moves nothing.
    """
    span = span_of(promise, urgency, policy, clock)
    return _without(clock, since, span, pauses_of(promise, waits))


def moved(
    promise: Promise,
    by: datetime,
    ended: Wait,
    others: Iterable[Wait],
    clock: Clock,
) -> datetime:
    """Return by when a promise is due once a wait has ended: what was left counts from its end.

    A promise that had run out before the wait began does not move, nor does one that this wait
    did not hold; none moves back. What counted until then stays counted, even where the hours of
    the desk have changed since.
    """
    if ended.until is None or ended.why not in HELD_BY[promise] or by <= ended.since:
        return by
    pauses = pauses_of(promise, others)
    left = spent(clock, ended.since, by, pauses)
    return max(by, _without(clock, ended.until, left, pauses))


def steps_of(
    term: PromiseTerm, waits: Iterable[Wait], policy: HelpPolicy, clock: Clock
) -> tuple[Step, ...]:
    """Return when each rung is told of a promise, from below; the rungs follow one another.

    The owner is nudged when `nudge_percent` is used up, the secretary is told at the breach, the
    street `street_after` later. Waits that still last are for the caller to heed.
    """
    pauses = pauses_of(term.promise, waits)
    span = span_of(term.promise, term.urgency, policy, clock) * policy.nudge_percent / 100
    nudge = min(_without(clock, term.since, span, pauses), term.by)
    after = policy.street_after[term.urgency].by(clock)
    street = _without(clock, term.by, after, pauses)
    instants = zip(Level, (nudge, term.by, street), strict=True)
    return tuple(Step(term.promise, rung, at) for rung, at in instants)


def to_come(steps: Iterable[Step], told: Level | None) -> list[Step]:
    """Leave out the rungs up to the one that was told last."""
    return [step for step in steps if told is None or _height(step.rung) > _height(told)]


def calls(steps: Iterable[Step], now: datetime) -> list[Call]:
    """Put together what is due by now: one call a promise, the gravest first."""
    due = sorted((step for step in steps if step.at <= now), key=lambda step: _height(step.rung))
    by_promise = {one: [step for step in due if step.promise is one] for one in Promise}
    found = [
        Call(one, tuple(step.rung for step in mine), mine[-1].at)
        for one, mine in by_promise.items()
        if mine
    ]
    return sorted(found, key=lambda call: (-_height(call.highest), call.promise is Promise.ANSWER))


def _height(rung: Level) -> int:
    return tuple(Level).index(rung)


def is_late(by: datetime, wait: Wait | None, now: datetime) -> bool:
    """Return whether a promise is broken; while the resident is waited for, as it was before."""
    return by < (now if wait is None else min(now, wait.since))


def waiting_now(waits: Iterable[Wait], now: datetime) -> Wait | None:
    """Give what the resident is waited for at an instant; what has no end in sight comes first."""
    lasting = [one for one in waits if one.lasts(now)]
    return min(lasting, key=lambda one: (one.until is not None, one.since), default=None)


def _without(
    clock: Clock, since: datetime, span: timedelta, pauses: Iterable[ClockPause]
) -> datetime:
    """Count without pauses that have an end; one that lasts has nothing to leave out yet."""
    ended = [pause for pause in pauses if pause.end is not None]
    by = deadline(clock, since, span, ended)
    assert by is not None  # noqa: S101 - only a pause without an end gives None
    return by

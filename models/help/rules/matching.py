"""Whom to ask: how well a volunteer fits, ring upon ring, and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.categories import Skill
from models.escalation.rules import Level
from models.help.rules.policy import HelpPolicy, Urgency
from models.hours.rules.awake import waking_clock
from models.hours.rules.clocks import Clock
from models.hours.rules.desk import DeskHours
from models.hours.rules.quiet import in_quiet_hours, next_quiet_end

ALARMS = tuple(Level)


@dataclass(frozen=True)
class RingStep:
    """What is done next for missing hands: so many are asked at most, and who is alarmed."""

    size: int
    alarm: Level | None = None


def next_step(urgency: Urgency, taken: int, policy: HelpPolicy) -> RingStep | None:
    """Return the step after so many (from 0); None once the street has been told."""
    rings = policy.rings[urgency]
    wanted = rings[min(taken, len(rings) - 1)]
    size = policy.most_asked if wanted is None else min(wanted, policy.most_asked)
    if taken < len(rings):
        return RingStep(size)
    raised = taken - len(rings)
    return RingStep(size, ALARMS[raised]) if raised < len(ALARMS) else None


def steps_taken(urgency: Urgency, before: int, *, size: int, asked: int, policy: HelpPolicy) -> int:
    """Count the steps once one was taken; one that found too few makes the rest of the rings vain.

    The alarms follow one by one whatever they find.
    """
    last = len(policy.rings[urgency])
    return max(before + 1, last if asked < size and before < last else 0)


def is_vain(urgency: Urgency, step: RingStep, *, asked: int, lost: bool) -> bool:
    """Return whether a ring that reached nobody is followed by the next step at once.

    So it is in an emergency, and where somebody who had promised to come was `lost`: the resident
    is told that others are asked. Else the wait stays, for whoever signs up or becomes free.
    """
    return not asked and step.alarm is None and (lost or urgency is Urgency.EMERGENCY)


def steps_to_repeat(urgency: Urgency, taken: int, policy: HelpPolicy) -> int:
    """Count the steps as taken when a hand is lost again: one ring at least comes before alarms."""
    return min(taken, len(policy.rings[urgency]) - 1)


def may_ask_at(urgency: Urgency, now: datetime, policy: HelpPolicy) -> datetime:
    """Give when volunteers may be asked: at once, or when quiet hours end; emergencies at once."""
    quiet = urgency is not Urgency.EMERGENCY and in_quiet_hours(now, policy.quiet)
    return next_quiet_end(now, policy.quiet) if quiet else now


def ring_clock(urgency: Urgency, policy: HelpPolicy, hours: DeskHours | None = None) -> Clock:
    """Return what the wait between steps is counted by at a desk with its own `hours`."""
    if urgency is Urgency.URGENT:
        return waking_clock(policy.quiet)
    return policy.clock(urgency, hours)


def next_step_at(
    urgency: Urgency, asked_at: datetime, policy: HelpPolicy, hours: DeskHours | None = None
) -> datetime:
    """Return when the next step is due after one taken."""
    clock = ring_clock(urgency, policy, hours)
    return clock.after(asked_at, policy.ring_wait[urgency].by(clock))


class Reason(StrEnum):
    """Why somebody is asked; the card says it in words."""

    SKILL = "skill"
    SAME_BUILDING = "same_building"
    NEARBY = "nearby"
    """Own building in the same grid."""
    SAME_COMMUNITY = "same_community"
    FREE_THEN = "free_then"
    HELPED_LITTLE = "helped_little"
    """Took few tasks lately: others' turn to rest."""
    ALWAYS_CAME = "always_came"
    """Has come each time they said so."""
    ASSIGNED = "assigned"
    """Staff chose this person."""


SKILL_POINTS = 35.0


NEAR_POINTS = 25.0


REST_POINTS = 15.0


RELIABLE_POINTS = 15.0


FREE_POINTS = 10.0


FARTHEST = 10
"""Steps in the tree of places beyond which nearness counts nothing (building to building across
a city)."""


NEIGHBOUR_STEPS = 2
"""Building to building within one grid."""


COMMUNITY_STEPS = 4
"""Building to building across the grids of one community."""


LITTLE = 0.25
"""Share of the cap up to which somebody has helped little."""


OFTEN = 3
"""Tasks kept from which on it is said that somebody has always come: once may be luck."""


@dataclass(frozen=True)
class Fit:
    """What the score looks at."""

    needed: frozenset[Skill]
    skills: frozenset[Skill]
    steps: int | None
    """Steps in the tree from the person's building to the request's; None where unknown."""
    load: int
    load_cap: int
    free: bool
    kept: int = 0
    """Claims done, lately."""
    broken: int = 0
    """Claims lately that somebody was counted on for and left (`breaks_word`)."""


@dataclass(frozen=True)
class Score:
    """Points, 0 to 100, and the reasons in the order they are told."""

    points: float
    reasons: tuple[Reason, ...]


def may_be_asked(load: int, load_cap: int) -> bool:
    """Return whether somebody may still be asked: nobody at or over the cap is."""
    return load < load_cap


def score(fit: Fit) -> Score:
    """Weigh one candidate: more skill, nearness, rest, time or kept word never costs points."""
    skilled = bool(fit.needed & fit.skills)
    parts = (
        SKILL_POINTS * (skilled or not fit.needed),
        NEAR_POINTS * _nearness(fit.steps),
        REST_POINTS * _rest(fit.load, fit.load_cap),
        FREE_POINTS * fit.free,
        RELIABLE_POINTS * reliability(fit.kept, fit.broken),
    )
    return Score(sum(parts), _reasons(fit, skilled=skilled))


def reliability(kept: int, broken: int) -> float:
    """Return how likely the next claim is kept: Laplace's rule of succession.

    A newcomer stands in the middle, at one half; one lapse among many kept claims weighs little,
    and nobody ever comes to nought.
    """
    return (kept + 1) / (kept + broken + 2)


def _nearness(steps: int | None) -> float:
    return 0.0 if steps is None else max(0.0, 1 - steps / FARTHEST)


def _rest(load: int, load_cap: int) -> float:
    return max(0.0, 1 - load / load_cap)


def _reasons(fit: Fit, *, skilled: bool) -> tuple[Reason, ...]:
    told = [
        (Reason.SKILL, skilled),
        (_near_reason(fit.steps), fit.steps is not None and fit.steps <= COMMUNITY_STEPS),
        (Reason.FREE_THEN, fit.free),
        (Reason.HELPED_LITTLE, fit.load <= LITTLE * fit.load_cap),
        (Reason.ALWAYS_CAME, fit.kept >= OFTEN and not fit.broken),
    ]
    return tuple(reason for reason, holds in told if holds)


def _near_reason(steps: int | None) -> Reason:
    if steps == 0:
        return Reason.SAME_BUILDING
    near = steps is not None and steps <= NEIGHBOUR_STEPS
    return Reason.NEARBY if near else Reason.SAME_COMMUNITY

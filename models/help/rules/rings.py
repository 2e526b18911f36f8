"""The rings in which volunteers are asked, and the alarms after the last of them.

A request takes one step after another for as long as hands are missing: ring upon ring, and then
alarm upon alarm, to the owner, the secretary, the street. With an alarm goes one more ring, for
those who have signed up or become free since.
"""

from dataclasses import dataclass
from datetime import datetime

from models.escalation.rules import Rung
from models.help.rules.policy import HelpPolicy, Urgency
from models.hours.rules.clocks import Clock
from models.hours.rules.desk import DeskHours
from models.hours.rules.quiet import in_quiet_hours, next_quiet_end
from models.hours.rules.waking import waking_clock

ALARMS = tuple(Rung)


@dataclass(frozen=True)
class RingStep:
    """What is done next for missing hands: so many are asked at most, and who is alarmed."""

    size: int
    alarm: Rung | None = None


def next_step(urgency: Urgency, taken: int, policy: HelpPolicy) -> RingStep | None:
    """Give the step after so many (from 0); None once the street has been told."""
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
    """Tell whether a ring that reached nobody is followed by the next step at once.

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
    """Give what the wait between steps is counted by at a desk with its own `hours`."""
    if urgency is Urgency.URGENT:
        return waking_clock(policy.quiet)
    return policy.clock(urgency, hours)


def next_step_at(
    urgency: Urgency, asked_at: datetime, policy: HelpPolicy, hours: DeskHours | None = None
) -> datetime:
    """Give when the next step is due after one taken."""
    clock = ring_clock(urgency, policy, hours)
    return clock.after(asked_at, policy.ring_wait[urgency].by(clock))

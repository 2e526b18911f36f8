"""The ladder: who is told next when somebody is silent, and when."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from models.outbox.rules import Lane
from models.policy.rules import Policy


@dataclass(frozen=True)
class DayCheckPolicy(Policy):
    """Day checks: how long each who is told has, and how long days are kept."""

    check_again: timedelta = timedelta(hours=1)
    """After the question of a day check: when it is asked again, with a sound."""
    check_circle: timedelta = timedelta(hours=1)
    """After that: when the first of their circle is asked whether they can reach them."""
    check_each: timedelta = timedelta(minutes=10)
    """So long each of the circle has before the next is asked."""
    check_going: timedelta = timedelta(minutes=45)
    """So long nobody else is told after somebody said that they go there."""
    check_near: timedelta = timedelta(minutes=20)
    """So long whoever visits them has before the desk is told."""
    check_desk: timedelta = timedelta(minutes=30)
    """So long the desk has before neighbours are asked, where that was allowed."""
    check_late: timedelta = timedelta(hours=3)
    """A question that comes later than this is asked of the circle at the same time."""
    check_listen: timedelta = timedelta(hours=1)
    """Within this a voice message is to be listened to; then the secretary is told."""
    check_kept: timedelta = timedelta(days=30)
    """How long the days of day checks are kept; then only numbers by month are."""


class Rung(IntEnum):
    """Who is told, from below."""

    ASKED = 0
    AGAIN = 1
    CIRCLE = 2
    """One at a time."""
    NEAR = 3
    """Whoever visits them, and the leader of the building."""
    DESK = 4
    """Whoever is on duty, and the secretary."""
    LAST = 5
    """Neighbours, where that was allowed; else nobody is left."""


@dataclass(frozen=True)
class LadderStep:
    """Where a ladder stands; `asked` counts the members of the circle that have been asked."""

    rung: Rung
    asked: int = 0


@dataclass(frozen=True)
class Around:
    """Whom there is: members of the circle, those asked among them, and anybody near."""

    contacts: int
    near: bool


def following(step: LadderStep, around: Around) -> LadderStep:
    """Return the next step: the next of the circle while there is one, else the rung above."""
    if step.rung is Rung.ASKED:
        return LadderStep(Rung.AGAIN, step.asked)
    if step.rung < Rung.NEAR and step.asked < around.contacts:
        return LadderStep(Rung.CIRCLE, step.asked + 1)
    return above(step, around)


def above(step: LadderStep, around: Around) -> LadderStep:
    """Return the rung above the circle, or above whoever was told: others than those are told."""
    if step.rung < Rung.NEAR and around.near:
        return LadderStep(Rung.NEAR, step.asked)
    return LadderStep(Rung.DESK if step.rung < Rung.DESK else Rung.LAST, step.asked)


def wait(step: LadderStep, policy: DayCheckPolicy) -> timedelta | None:
    """Return how long a step lasts; None for the last, which has no end."""
    return {
        Rung.ASKED: policy.check_again,
        Rung.AGAIN: policy.check_circle,
        Rung.CIRCLE: policy.check_each,
        Rung.NEAR: policy.check_near,
        Rung.DESK: policy.check_desk,
    }.get(step.rung)


def reached(
    step: LadderStep, due: datetime, now: datetime, around: Around, policy: DayCheckPolicy
) -> LadderStep:
    """Return which step is told now, of a ladder whose next one was due at an instant.

    In time it is the next one. After an outage it is the highest that would have been reached, but
    never one beyond the desk, which has to have been told first; of the circle the next is asked.
    """
    found = following(step, around)
    while found.rung < Rung.DESK:
        due += wait(found, policy) or timedelta()
        if due > now:
            break
        found = following(found, around)
    return LadderStep(Rung.CIRCLE, step.asked + 1) if found.rung is Rung.CIRCLE else found


def first_step(*, late: timedelta, contacts: int, policy: DayCheckPolicy) -> LadderStep:
    """Return where a ladder begins: a question that comes too late is asked of the circle, too."""
    return (
        LadderStep(Rung.CIRCLE, 1)
        if late > policy.check_late and contacts
        else LadderStep(Rung.ASKED)
    )


def lane_of(rung: Rung) -> Lane:
    """Return how a rung is told: below NEAR nobody is woken, from there on quiet hours end."""
    return Lane.URGENT if rung >= Rung.NEAR else Lane.LIVE


TROUBLE = re.compile(
    r"摔|跌|疼|痛|救|晕|昏|喘|难受|不舒服|起不来|动不了|出血|流血|胸闷|着火|"
    r"\b(?:help|fell|fallen|hurts?|pain|dizzy|bleed(?:ing)?|faint(?:ed)?|emergency)\b",
    re.IGNORECASE,
)


def sounds_like_trouble(words: str) -> bool:
    """Return whether words are of trouble: then help is offered before anything else."""
    return TROUBLE.search(words) is not None

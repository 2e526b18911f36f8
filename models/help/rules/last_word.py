"""When the last word can still be said, when it is called for, and what follows from it."""

from datetime import datetime

from models.help.rules.policy import HelpPolicy
from models.hours.rules.clocks import Clock


def may_reopen(closed_at: datetime | None, now: datetime, policy: HelpPolicy) -> bool:
    """Tell whether what is closed can still be opened again as not solved after all."""
    return closed_at is not None and now <= closed_at + policy.reopen_within


def may_give_up(calls: int, policy: HelpPolicy) -> bool:
    """Tell whether so many calls that nobody answered are enough to close without a word."""
    return calls >= policy.most_calls


def is_low(stars: int, policy: HelpPolicy) -> bool:
    """Tell whether a rating opens a rectification order."""
    return stars <= policy.low_rating


def call_again_at(now: datetime, clock: Clock, policy: HelpPolicy) -> datetime:
    """Give when to ring again after a call that nobody answered, in working time."""
    return clock.after(now, policy.call_again.by(clock))

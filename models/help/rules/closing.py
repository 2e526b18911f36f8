"""Closing: how long a request can be reopened, when it may end unconfirmed, low ratings."""

from datetime import datetime
from enum import StrEnum

from models.help.rules.policy import HelpPolicy
from models.hours.rules.clocks import Clock


class Cause(StrEnum):
    """Why something has to be put right."""

    UNSOLVED = "unsolved"
    """The resident said: not solved."""
    LOW_RATING = "low_rating"
    CAME_BACK = "came_back"
    """It was closed, and is not solved after all."""
    HAZARD = "hazard"
    """Staff found it dangerous."""


class Ordered(StrEnum):
    """How far a request is with being put right under an order."""

    OPEN = "open"
    REPORTED = "reported"
    SIGNED = "signed"


def may_reopen(closed_at: datetime | None, now: datetime, policy: HelpPolicy) -> bool:
    """Return whether what is closed can still be opened again as not solved after all."""
    return closed_at is not None and now <= closed_at + policy.reopen_within


def may_give_up(calls: int, policy: HelpPolicy) -> bool:
    """Return whether so many calls that nobody answered are enough to close without a word."""
    return calls >= policy.most_calls


def is_low(stars: int, policy: HelpPolicy) -> bool:
    """Return whether a rating opens a rectification order."""
    return stars <= policy.low_rating


def call_again_at(now: datetime, clock: Clock, policy: HelpPolicy) -> datetime:
    """Return when to ring again after a call that nobody answered, in working time."""
    return clock.after(now, policy.call_again.by(clock))


def is_overtaken(done_at: datetime, due_at: datetime, now: datetime, policy: HelpPolicy) -> bool:
    """Check whether, after an outage, the next question about a silent 'done' is due as well."""
    return any(due_at < done_at + wait <= now for wait in policy.after_done)


def contact_visible(closed_at: datetime | None, now: datetime, policy: HelpPolicy) -> bool:
    """Check whether a holder may see door and phone: while it lasts, and a set time after."""
    return closed_at is None or now < closed_at + policy.contact_kept

"""When a meeting is recalled to those invited, as a community sets it."""

from dataclasses import dataclass
from datetime import timedelta

from models.policy.rules import Policy


@dataclass(frozen=True)
class MeetingPolicy(Policy):
    """When a meeting is recalled to those invited."""

    meeting_before: tuple[timedelta, ...] = (timedelta(hours=1), timedelta(days=1))
    """Before a meeting: when whoever is invited is reminded."""

"""What a reminder does when it comes late."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a reminder stands."""

    PENDING = "pending"
    FIRED = "fired"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Lateness(StrEnum):
    """What happens to a reminder that could not fire in time."""

    SEND_LATE = "send_late"
    """It fires, and the text says that it is late."""
    ESCALATE = "escalate"
    """It fires, and its subject's owner is told of the delay."""
    LAPSE = "lapse"
    """It is let go, with the reason kept."""


ON_TIME = timedelta(minutes=10)
"""Within this much a reminder counts as on time: nobody notices, and a restart takes less."""


def is_late(due_at: datetime, now: datetime) -> bool:
    """Tell whether a reminder fires later than a person would notice."""
    return now - due_at > ON_TIME


def lapses(policy: Lateness, due_at: datetime, now: datetime) -> bool:
    """Tell whether a reminder is let go instead of fired."""
    return policy is Lateness.LAPSE and is_late(due_at, now)

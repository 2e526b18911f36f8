"""What a reminder does when it comes late."""

from datetime import datetime, timedelta
from enum import StrEnum

from models.hours.rules.local_time import in_utc

KNOWN_WITHIN = timedelta(days=1)
"""How long a reminder of an unknown kind waits for a process that knows it: an upgrade is done
within hours."""


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


LET_GO = "late by "
"""How the reason of a reminder begins that was let go because it came too late."""


def late_by(due_at: datetime, now: datetime) -> timedelta:
    """Return how much later than due it is, in time that passes; below zero before it is due.

    Between two instants of one zone Python takes the difference on the wall, an hour off where
    clocks were changed in between: so both are turned to UTC. ValueError for a naive one.
    """
    return in_utc(now) - in_utc(due_at)


def is_late(due_at: datetime, now: datetime) -> bool:
    """Return whether a reminder fires later than a person would notice."""
    return late_by(due_at, now) > ON_TIME


def lapses(policy: Lateness, due_at: datetime, now: datetime) -> bool:
    """Return whether a reminder is let go instead of fired."""
    return policy is Lateness.LAPSE and is_late(due_at, now)


def why_let_go(due_at: datetime, now: datetime) -> str:
    """Say why a reminder was let go."""
    return f"{LET_GO}{late_by(due_at, now)}"


def name_of(kind: str, subject_id: int, due_at: datetime) -> str:
    """Name a reminder by what it is, so that it is set once: the instant, in whatever zone."""
    return f"{kind}:{subject_id}:{in_utc(due_at).isoformat()}"

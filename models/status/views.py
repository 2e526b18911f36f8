"""Pictures of how the house is doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.outbox.rules import Lane
from models.status.rules import Error, UpdateKind


@dataclass(frozen=True)
class Queue:
    """One lane of the outbox."""

    lane: Lane
    waiting: int = 0
    """Due, or to be tried again."""
    in_hand: int = 0
    """Gone out, with no answer yet."""
    later: int = 0
    """Due later: quiet hours, a set time."""
    oldest: timedelta | None = None
    """How long the oldest of those waiting or in hand has been so; None where there is none."""


@dataclass(frozen=True)
class FailedUpdate:
    """An update that failed: when, what kind, where in the code; never what it said."""

    id: int
    at: datetime
    """When it failed last."""
    kind: UpdateKind
    error: Error
    asked: bool
    """A replay has been asked for and is about to begin."""


@dataclass(frozen=True)
class UncertainMessage:
    """A message that went out and of which nobody knows whether it arrived."""

    id: int
    at: datetime
    name: str
    """'' for somebody who has not registered or has left, and for groups."""
    to_group: bool
    kind: str | None
    """Kind of notice; None for an answer."""
    changes: bool
    """It changes an earlier message."""


@dataclass(frozen=True)
class BrokenReminder:
    """A reminder that failed, or that should have come by now."""

    id: int
    kind: str
    number: int | None
    """Receipt number of the request it is about, if it is about one."""
    due_at: datetime
    failed: bool
    """Its effect failed; otherwise it is overdue."""
    error: str
    """Type of the error; '' where none is known."""


@dataclass(frozen=True)
class Overview:
    """All at a glance; counts stop at LISTED_AT_MOST."""

    queues: tuple[Queue, ...]
    updates: int
    messages: int
    overdue: int
    failed: int
    """Failed reminders."""

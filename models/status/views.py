"""Pictures of how the house is doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.outages.views import Outage
from models.outbox.rules import Lane
from models.status.rules import Error, LetGo, Trouble, UpdateKind


@dataclass(frozen=True)
class LaneQueue:
    """One lane of the outbox."""

    lane: Lane
    waiting: int = 0
    """Due, or to be tried again."""
    in_hand: int = 0
    """Gone out, with no answer yet."""
    later: int = 0
    """Due at a set time that has not come."""
    held: int = 0
    """Due, and held back until quiet hours end."""
    oldest: timedelta | None = None
    """How long the oldest of those waiting or in hand has been so; None where there is none."""


@dataclass(frozen=True)
class Backlog:
    """What waits and what is broken in the whole house, in numbers alone."""

    queues: tuple[LaneQueue, ...]
    uncertain: int
    """Messages that went out and may have arrived or not: each waits for a human."""
    refused: int
    """Messages that Telegram refused, of which each waits for a human."""
    reminders_due: int
    reminders_late: timedelta
    """How long ago the oldest of those due fell due; zero where none is."""
    reminders_failed: int
    updates_failed: int
    """Updates that failed and are kept, those included whose replay was asked for."""


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
class StuckMessage:
    """A message that Telegram refused, or that went out and may have arrived or not."""

    id: int
    at: datetime
    name: str
    """'' for somebody who has not registered or has left, and for groups."""
    to_group: bool
    kind: str | None
    """Kind of notice; None for an answer."""
    changes: bool
    """It changes an earlier message."""
    refusal: str | None
    """Why Telegram refused it, '' where that is not known; None for one of uncertain fate."""


@dataclass(frozen=True)
class BrokenReminder:
    """A reminder that failed, that should have come by now, or that was let go."""

    id: int
    kind: str
    number: int | None
    """Receipt number of the request it is about, if it is about one."""
    due_at: datetime
    trouble: Trouble
    error: str = ""
    """Type of the error; '' where none is known."""
    why: LetGo | None = None
    """Why it was let go, if it was."""
    settled_at: datetime | None = None


@dataclass(frozen=True)
class KindCount:
    """How many reminders of one kind failed or are overdue."""

    kind: str
    overdue: int
    failed: int
    oldest: datetime
    """When the oldest of them was due."""


@dataclass(frozen=True)
class Overview:
    """All at a glance; counts stop at LISTED_AT_MOST."""

    queues: tuple[LaneQueue, ...]
    updates: int
    messages: int
    """Of uncertain fate."""
    refused: int
    """Messages that Telegram refused."""
    overdue: int
    failed: int
    """Failed reminders."""
    let_go: int
    """Reminders let go within LET_GO_SHOWN."""
    waiting_chats: int = 0
    """Chats to which nothing goes for now: Telegram asked to wait, or could not act."""
    waiting_until: datetime | None = None
    """When the last of them may be written to again."""
    outage: Outage | None = None
    """The last time in which messages of people may have been lost, where it ended lately."""

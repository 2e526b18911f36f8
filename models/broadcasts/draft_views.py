"""Pictures of broadcasts being written and of lists of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.broadcasts.rules.kinds import Style, Topic, Way
from models.broadcasts.rules.outlook import Run
from models.broadcasts.rules.states import State
from models.names.views import Where


@dataclass(frozen=True)
class Outlook:
    """Whom a broadcast would reach if it went now or at its hour, and when."""

    heads: int
    by_way: Mapping[Way, int]
    """How many would be reached how; the counts add up to `heads`."""
    by_place: tuple[tuple[Where | None, int], ...]
    """Heads by where people live; None for those who have not chosen a home."""
    run: Run


@dataclass(frozen=True)
class BroadcastLine:
    """One broadcast on a list."""

    id: int
    style: Style
    topic: Topic
    state: State
    words: str
    author: str
    at: datetime
    """When it began, else when it is to, else when it was last changed."""


@dataclass(frozen=True)
class BroadcastsPage:
    """A page of a list, the latest first."""

    lines: tuple[BroadcastLine, ...]
    page: int
    pages: int
    waiting: int
    """How many wait for the reader's approval."""

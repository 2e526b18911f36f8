"""What leaves the room of circles."""

from dataclasses import dataclass
from datetime import datetime

from models.circle.rules import CircleOutcome, Move, State, Tie
from models.names.views import Who
from models.records.rules import Refusal


@dataclass(frozen=True)
class CircleContact:
    """Somebody who agreed to be asked how a person is, and can be."""

    circle_id: int
    member_id: int | None
    """None: they are rung by staff."""


@dataclass(frozen=True)
class NamedMember:
    """What became of naming somebody; `circle_id` where they are in the circle now."""

    outcome: CircleOutcome | Refusal
    circle_id: int | None = None


@dataclass(frozen=True)
class MemberView:
    """One member of a circle, as its reader sees it."""

    id: int
    whose: Who
    owned: bool
    """It is the reader's circle, or that of somebody they speak for."""
    mine: bool
    """The reader is the member."""
    member: Who | None
    """None: somebody without the bot."""
    name: str
    """Sealed, of somebody without the bot; '' for whom it does not concern."""
    phone: str
    """Sealed, masked; whole by `actions.phone_of`."""
    tie: Tie
    position: int
    state: State
    has_key: bool
    """Only its owner and the member see it; False for all others."""
    asked_at: datetime
    agreed_at: datetime | None
    moves: frozenset[Move]

"""What leaves the room of cars: never who asked, and never who was asked."""

from dataclasses import dataclass
from datetime import datetime

from models.cars.rules import CallMove, CallState, CarOutcome
from models.names.views import Where


@dataclass(frozen=True)
class CarCall:
    """One call, as whoever asked or was asked sees it."""

    id: int
    plate: str
    """'' once it is forgotten."""
    spot: str
    """In the sender's words, or one of CarSpot; '' for none."""
    door: Where | None
    """Of which building the spot is the door."""
    state: CallState
    asked_at: datetime
    mine: bool
    """The reader asked."""
    disowned: bool
    """The reader was asked, and has said that the car is another's."""
    moves: frozenset[CallMove]


@dataclass(frozen=True)
class CarHome:
    """Where somebody asks for a car to be moved."""

    left: int
    """How often they may still ask today."""
    hears: bool
    """They can be asked to move a car of their own."""
    has_home: bool


@dataclass(frozen=True)
class CarAsked:
    """What became of asking."""

    outcome: CarOutcome
    call_id: int | None = None
    plate: str = ""

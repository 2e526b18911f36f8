"""How a filing stands, and who moves it."""

from dataclasses import dataclass
from enum import StrEnum

from models.records.rules import Lifecycle, Transition


class FilingState(StrEnum):
    """Where a filing stands. One that is half-filled is a run of a form, and no filing yet."""

    FILED = "filed"
    CONFIRMED = "confirmed"
    """The person concerned has had it read back, and agrees."""
    WITHDRAWN = "withdrawn"
    """Its answers are erased."""


class FilingMove(StrEnum):
    """What can be done with a filing."""

    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


class FilingRelation(StrEnum):
    """What somebody is to a filing."""

    CONCERNED = "concerned"
    """It is about them, or about somebody whom they speak for."""
    FILER = "filer"


_STANDING = frozenset({FilingState.FILED, FilingState.CONFIRMED})

FILING_LIFECYCLE = Lifecycle[FilingState, FilingMove, FilingRelation](
    FilingState,
    Transition(
        FilingMove.CONFIRM,
        frozenset({FilingRelation.CONCERNED}),
        frozenset({FilingState.FILED}),
        FilingState.CONFIRMED,
    ),
    Transition(
        FilingMove.WITHDRAW,
        frozenset({FilingRelation.CONCERNED}),
        _STANDING,
        FilingState.WITHDRAWN,
    ),
    Transition(
        FilingMove.WITHDRAW,
        frozenset({FilingRelation.FILER}),
        frozenset({FilingState.FILED}),
        FilingState.WITHDRAWN,
    ),
)


class FilingOutcome(StrEnum):
    """What became of a filing."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class DefinedSheet:
    """A sheet as it stands now; `fresh` where this very version was added."""

    sheet_id: int
    version: int
    fresh: bool


@dataclass(frozen=True)
class FiledSheet:
    """A filing; `again` where the same form had filed it before."""

    filing_id: int
    again: bool = False

"""What leaves the room of routines."""

from dataclasses import dataclass
from datetime import date, datetime

from models.routines.rules import OccasionState, RoutinePlan, RoutineState


@dataclass(frozen=True)
class RoutineView:
    """A routine, and who does it."""

    id: int
    subject_id: int
    state: RoutineState
    plan: RoutinePlan
    people: tuple[int, ...]
    """In the order in which they are asked."""


@dataclass(frozen=True)
class OccasionView:
    """One occasion."""

    id: int
    routine_id: int
    subject_id: int
    state: OccasionState
    opens_on: date
    opens_at: datetime
    ends_at: datetime
    person_id: int | None
    """Whose it is; None: nobody's."""
    done_by: int | None
    settled_at: datetime | None


@dataclass(frozen=True)
class OccasionCounts:
    """How many occasions stand where."""

    due: int = 0
    """Still to be done, taken ones too."""
    done: int = 0
    """In their window."""
    covered: int = 0
    """After it."""
    missed: int = 0
    excused: int = 0

    @property
    def wanted(self) -> int:
        """Return how many were to be done, or are: all but those excused."""
        return self.due + self.done + self.covered + self.missed

"""Pictures of volunteers that leave the room."""

from dataclasses import dataclass
from datetime import datetime

from models.categories import Skill
from models.volunteers.rules import Offered, State


@dataclass(frozen=True)
class Volunteer:
    """A volunteer's own picture of the offer and where it stands."""

    person_id: int
    name: str
    state: State
    offered: Offered
    load: int
    """Tasks taken within the last 30 days."""
    applied_at: datetime
    reason: str | None = None
    """Why it was refused."""


@dataclass(frozen=True)
class Application:
    """One line of what waits for approval, oldest first."""

    person_id: int
    name: str
    place_id: int | None
    """The applicant's own building."""
    offered: Offered
    state: State
    applied_at: datetime


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked: what the matching rule needs to know."""

    person_id: int
    skills: frozenset[Skill]
    hours: int
    load: int
    load_cap: int
    home_path: str | None
    """Path of the person's own building, if known."""
    kept: int = 0
    """Tasks done lately, as the score counts them."""

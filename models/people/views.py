"""Pictures of people that leave the room."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.people.rules import Field, Right, Role, may, may_anywhere
from models.places.views import PlaceWithAbove


@dataclass(frozen=True)
class Person:
    """Who is acting or being spoken to, with the grants that stand in this transaction."""

    id: int
    telegram_id: int | None
    name: str
    language: str
    place_id: int | None = None
    place_path: str | None = None
    registered: bool = False
    """Consent to the present text was given and the person has not left."""
    grants: tuple[tuple[Role, str], ...] = field(default=())
    """(role, path of the place) of every standing grant."""
    volunteer: bool = False
    """An approved volunteer who has not left."""
    heard_at: datetime | None = field(default=None, compare=False)
    """Telegram's date of a word of theirs, the newest but for those of the same minute."""
    sign_from: datetime | None = field(default=None, compare=False)
    """From when on a sign of theirs is looked for; None: for none."""

    def is_looked_for(self, at: datetime) -> bool:
        """Return whether what they do at an instant is a sign that somebody waits for."""
        return self.registered and self.sign_from is not None and at >= self.sign_from

    def may(self, right: Right, path: str) -> bool:
        """Return whether this person has a right at the place with `path`."""
        return may(self.grants, right, path)

    def may_anywhere(self, right: Right) -> bool:
        """Return whether this person has a right at some place."""
        return may_anywhere(self.grants, right)

    def paths_with(self, right: Right) -> tuple[str, ...]:
        """List the paths of the places whose grants give a right."""
        return tuple(path for role, path in self.grants if may([(role, path)], right, path))


@dataclass(frozen=True)
class Card:
    """As much of a person as a list of people shows."""

    id: int
    name: str
    place_id: int | None
    proxy_id: int | None = None
    """Who speaks for them, where they have no Telegram."""


@dataclass(frozen=True)
class Grant:
    """A standing role."""

    id: int
    person_id: int
    name: str
    role: Role
    place_id: int
    path: str


@dataclass(frozen=True)
class Look:
    """Somebody saw personal fields: shown to the one concerned."""

    at: datetime
    name: str
    """'' when the one who looked has left since."""
    fields: tuple[str, ...]
    """Personal fields by their code, or sealed columns of what `subject` keeps."""
    subject: str
    """What it was for: 'help' with the request's id, or 'person' for the right to look."""
    subject_id: int | None


@dataclass(frozen=True)
class Because:
    """What entitles somebody to look without the right: a subject that has checked it."""

    subject: str
    subject_id: int


@dataclass(frozen=True)
class Denied:
    """The act was refused and the attempt written down."""

    right: Right


@dataclass(frozen=True)
class Shelf:
    """The rows of one table that are somebody's: column by column, as they are kept."""

    name: str
    """The table, and the column by which they are theirs."""
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Copy:
    """All that is held about somebody."""

    personal: dict[Field, str]
    shelves: tuple[Shelf, ...]
    places: dict[int, PlaceWithAbove]
    """By id: of the places that are named."""

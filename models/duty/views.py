"""Pictures of the duty roster that leave the room."""

from dataclasses import dataclass

from models.people.views import Card


@dataclass(frozen=True)
class Roster:
    """Who is on duty at a place by the day of the week, Monday first; None: nobody of its own."""

    place_id: int
    days: tuple[Card | None, ...]
    may_set: bool
    """Whether the reader may change it."""

"""Pictures of people that leave the room."""

from dataclasses import dataclass, field

from models.people.rules import Right, Role, may, may_anywhere


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

    def may(self, right: Right, path: str) -> bool:
        """Tell whether this person has a right at the place with `path`."""
        return may(self.grants, right, path)

    def may_anywhere(self, right: Right) -> bool:
        """Tell whether this person has a right at some place."""
        return may_anywhere(self.grants, right)

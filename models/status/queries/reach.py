"""How far somebody's right to see the status reaches."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, or_

from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow


def paths_of(actor: Person) -> tuple[str, ...]:
    """List the tops of what somebody sees the status of; none without the right."""
    return actor.paths_with(Right.SEE_STATUS)


def within(paths: Sequence[str]) -> ColumnElement[bool]:
    """Say of a joined place in SQL what the rule `reaches` says."""
    if not paths:
        return false()
    return or_(PlaceRow.path.is_(None), *(PlaceRow.path.startswith(path) for path in paths))

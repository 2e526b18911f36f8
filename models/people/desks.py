"""Where somebody works at a desk."""

from collections.abc import Sequence

from sqlalchemy import select

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.rules import PlaceKind, covers
from models.places.tables import PlaceRow

WIDE = (PlaceKind.COMMUNITY, PlaceKind.GRID)
STOREYS = (*WIDE, PlaceKind.BUILDING)
"""Of the tree, the widest first."""


async def place_of_desk(session: Session, actor: Person) -> int | None:
    """Return where somebody announces: the widest place of their desk within one community.

    Of several the one in which they live; None for whoever has no desk.
    """
    home = actor.place_path or ""
    found = await _at_desk(session, actor, WIDE)
    theirs = sorted(found, key=lambda at: not covers(at.path, home))
    return theirs[0].id if theirs else None


async def places_of_desk(session: Session, actor: Person) -> list[int]:
    """List the communities, quarters and buildings of somebody's desk (ids), the widest first; of
    those alike their own. Empty for whoever has no desk."""
    return [at.id for at in await _at_desk(session, actor, STOREYS)]


async def _at_desk(session: Session, actor: Person, kinds: Sequence[PlaceKind]) -> list[PlaceRow]:
    found = await session.scalars(
        select(PlaceRow).where(
            at_or_below(actor.paths_with(Right.WORK_DESK)),
            PlaceRow.kind.in_(kinds),
            PlaceRow.ended_at.is_(None),
        )
    )
    home = actor.place_path or ""
    return sorted(
        found, key=lambda at: (kinds.index(PlaceKind(at.kind)), not covers(at.path, home), at.id)
    )

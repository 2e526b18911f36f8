"""Where somebody works at a desk."""

from sqlalchemy import select

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.rules import PlaceKind, covers
from models.places.tables import PlaceRow


async def place_of_desk(session: Session, actor: Person) -> int | None:
    """Return where somebody announces: the widest place of their desk within one community.

    Of several the one in which they live; None for whoever has no desk.
    """
    paths = actor.paths_with(Right.WORK_DESK)
    wide = {PlaceKind.COMMUNITY: 0, PlaceKind.GRID: 1}
    found = await session.scalars(
        select(PlaceRow).where(
            at_or_below(paths), PlaceRow.kind.in_(wide), PlaceRow.ended_at.is_(None)
        )
    )
    home = actor.place_path or ""
    theirs = sorted(
        found, key=lambda at: (not covers(at.path, home), wide[PlaceKind(at.kind)], at.id)
    )
    return theirs[0].id if theirs else None

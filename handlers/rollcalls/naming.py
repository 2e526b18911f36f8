"""Naming the places that a board shows."""

from collections.abc import Iterable

from handlers.i18n import current_language
from models.database import Session
from models.places.queries import lines_of


async def names_of(session: Session, place_ids: Iterable[int | None]) -> dict[int, str]:
    """Name places in the language being spoken."""
    wanted = {each for each in place_ids if each is not None}
    lines = await lines_of(session, wanted)
    return {place_id: line.short(current_language()) for place_id, line in lines.items()}

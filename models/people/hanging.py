"""What a subject has lying at places; `models.reshaping` lists the subjects."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from models.database import Session
from models.people.views import Person
from models.places.tables import PlaceRow


@dataclass(frozen=True)
class PlaceHooks:
    """How a subject is bound up with a place."""

    count: Callable[[Session, str], Awaitable[int]]
    """Counts what still goes on at the place with a path, or below it."""
    end: Callable[[Session, Person, int, datetime], Awaitable[None]] | None = None
    """Ends it with the place (by id), done by a person; without it a removal is refused."""
    carry: Callable[[Session, Person, tuple[int, int], datetime], Awaitable[None]] | None = None
    """Prepares a merger of the first place into the second, before all rows are carried over."""


async def _places(session: Session, path: str) -> int:
    below = PlaceRow.path.startswith(path, autoescape=True) & (PlaceRow.path != path)
    return (
        await session.scalar(
            select(func.count()).select_from(PlaceRow).where(below, PlaceRow.ended_at.is_(None))
        )
        or 0
    )


PLACES = PlaceHooks(_places)


async def count_below(
    session: Session,
    place: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    path: str,
    *conditions: ColumnElement[bool] | Any,
) -> int:
    """Count the rows whose place is the one with a path, or below it."""
    below = select(PlaceRow.id).where(PlaceRow.path.startswith(path, autoescape=True))
    statement = select(func.count()).where(place.in_(below), *conditions)
    return await session.scalar(statement) or 0

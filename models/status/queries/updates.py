"""Failed updates: never what they said, nor who said it."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from models.database import Session
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.status.queries.reach import paths_of
from models.status.rules import LISTED_AT_MOST, kind_of, reaches, read_report
from models.status.views import FailedUpdate
from models.updates.rules import UNSETTLED, FailedState
from models.updates.tables import FailedRow

READ_AT_MOST = 5 * LISTED_AT_MOST
"""Whose they are is read from the updates themselves, so others' are read too."""


async def failed_updates(session: Session, actor: Person) -> list[FailedUpdate]:
    """List people's failed updates that are neither replayed nor dropped, oldest first."""
    rows = await session.scalars(
        select(FailedRow)
        .where(FailedRow.state.in_(UNSETTLED), _of_people())
        .order_by(FailedRow.id)
        .limit(READ_AT_MOST)
        .execution_options(populate_existing=True)
    )
    kept = rows.all()
    homes = await _homes(session, (row.chat_id for row in kept))
    paths = paths_of(actor)
    found = [_view(row) for row in kept if reaches(paths, homes.get(row.chat_id or 0))]
    return found[:LISTED_AT_MOST]


async def failed_update(session: Session, actor: Person, failed_id: int) -> FailedUpdate | None:
    """Return one of them; None where it is settled, unknown, or of other places."""
    return next((one for one in await failed_updates(session, actor) if one.id == failed_id), None)


async def place_of_update(session: Session, failed_id: int) -> str | None:
    """Return the path of the place where an update's sender lives; None where it is not known."""
    chat = await session.scalar(select(FailedRow.chat_id).where(FailedRow.id == failed_id))
    return (await _homes(session, [chat])).get(chat or 0)


def _of_people() -> ColumnElement[bool]:
    """Leave out what strangers and groups sent: nobody here can act on it, and it has no end."""
    known = select(PersonRow.telegram_id).where(PersonRow.consent_version.is_not(None))
    return FailedRow.chat_id.is_(None) | FailedRow.chat_id.in_(known)


async def _homes(session: Session, chats: Iterable[int | None]) -> dict[int, str]:
    """Return the paths of the places where accounts live."""
    rows = await session.execute(
        select(PersonRow.telegram_id, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(PersonRow.telegram_id.in_({chat for chat in chats if chat is not None}))
    )
    return {account: path for account, path in rows.all() if account is not None}


def _view(row: FailedRow) -> FailedUpdate:
    return FailedUpdate(
        id=row.id,
        at=row.failed_at,
        kind=kind_of(row.raw),
        error=read_report(row.reason),
        asked=row.state == FailedState.ASKED,
    )

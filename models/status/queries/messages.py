"""Messages that Telegram refused, or that went out and may have arrived or not."""

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.status.queries.reach import paths_of, within
from models.status.rules import LISTED_AT_MOST, read_refusal
from models.status.views import StuckMessage

_reader = aliased(PersonRow)
_account = aliased(PersonRow)

EDITS = "editMessage"
"""How the methods that change a message begin."""


async def uncertain_messages(session: Session, actor: Person) -> list[StuckMessage]:
    """List the messages that went out without an answer, oldest first."""
    return await _stuck(session, actor, State.UNCERTAIN)


async def refused_messages(session: Session, actor: Person) -> list[StuckMessage]:
    """List the messages that Telegram refused, oldest first."""
    return await _stuck(session, actor, State.FAILED)


async def _stuck(session: Session, actor: Person, state: State) -> list[StuckMessage]:
    rows = await session.execute(
        _messages()
        .where(OutboxRow.state == state, within(paths_of(actor)))
        .order_by(OutboxRow.id)
        .limit(LISTED_AT_MOST)
    )
    return [_view(row, name) for row, name, _ in rows.all()]


async def uncertain_message(session: Session, actor: Person, row_id: int) -> StuckMessage | None:
    """Return one of uncertain fate; None where it is settled, unknown, or of other places."""
    found = await uncertain_messages(session, actor)
    return next((one for one in found if one.id == row_id), None)


async def refused_message(session: Session, actor: Person, row_id: int) -> StuckMessage | None:
    """Return a refused one; None where it is settled, unknown, or of other places."""
    found = await refused_messages(session, actor)
    return next((one for one in found if one.id == row_id), None)


async def place_of_message(session: Session, row_id: int) -> str | None:
    """Return the path of the place where a message's reader lives; None where it is not known."""
    rows = await session.execute(_messages().where(OutboxRow.id == row_id))
    return next((path for _, _, path in rows.all()), None)


def _messages() -> Select[OutboxRow, str | None, str | None]:
    """Select messages with their reader's name and place: of an answer, the account's."""
    answered = and_(OutboxRow.recipient_id.is_(None), _account.telegram_id == OutboxRow.chat_id)
    home = func.coalesce(_reader.place_id, _account.place_id)
    return (
        select(OutboxRow, func.coalesce(_reader.name, _account.name), PlaceRow.path)
        .outerjoin(_reader, _reader.id == OutboxRow.recipient_id)
        .outerjoin(_account, answered)
        .outerjoin(PlaceRow, PlaceRow.id == home)
        .execution_options(populate_existing=True)
    )


def _view(row: OutboxRow, name: str | None) -> StuckMessage:
    return StuckMessage(
        id=row.id,
        at=row.finished_at or row.created_at,
        name=name or "",
        to_group=row.chat_id is not None and row.chat_id < 0,
        kind=row.kind,
        changes=row.method.startswith(EDITS),
        refusal=read_refusal(row.reason) if row.state == State.FAILED else None,
    )

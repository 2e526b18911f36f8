"""Reading one broadcast whole, and what one recipient is shown."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.broadcasts.actions.rows import hats_of
from models.broadcasts.queries.reach import paths_of, people_in
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Content, offers_of
from models.broadcasts.rules.kinds import Style, Topic
from models.broadcasts.rules.states import State, moves_of
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import BroadcastView, CopyView
from models.database import Session
from models.people.tables import PersonRow
from models.people.views import Person
from models.reminders.rules import is_late

_author = aliased(PersonRow)
_approver = aliased(PersonRow)


async def broadcast_view(
    session: Session, actor: Person, broadcast_id: int
) -> BroadcastView | None:
    """Give a broadcast to whoever has a part in it; None to anybody else, and where there is none.

    An author whose right was taken away sees what they sent, and may do nothing with it.
    """
    found = await session.execute(
        select(BroadcastRow, _author.name, _approver.name)
        .join(_author, _author.id == BroadcastRow.author_id)
        .outerjoin(_approver, _approver.id == BroadcastRow.approved_by)
        .where(BroadcastRow.id == broadcast_id)
    )
    whole = found.one_or_none()
    if whole is None:
        return None
    row, author, approver = whole
    hats = await hats_of(session, actor, row)
    if not hats and row.author_id != actor.id:
        return None
    other = row.content_other
    return BroadcastView(
        id=row.id,
        author_id=row.author_id,
        author=author,
        place_id=row.place_id,
        style=Style(row.style),
        topic=Topic(row.topic),
        state=State(row.state),
        language=row.language,
        content=Content.of(row.content),
        content_other=None if other is None else Content.of(other),
        offers=offers_of(row.buttons),
        audience=Audience.of(row.audience),
        version=row.version,
        heads=row.heads if row.started_at else await heads_of(session, Audience.of(row.audience)),
        start_at=row.start_at,
        weekly=row.weekly,
        asked_at=row.asked_at,
        approved_by=approver,
        reason=row.reason,
        started_at=row.started_at,
        ended_at=row.ended_at,
        corrected_at=row.corrected_at,
        recalled_at=row.recalled_at,
        moves=moves_of(State(row.state), hats, recalled=row.recalled_at is not None),
    )


async def heads_of(session: Session, audience: Audience) -> int:
    """Count the people in an audience as it is now."""
    people = people_in(audience, await paths_of(session, audience)).subquery()
    return await session.scalar(select(func.count()).select_from(people)) or 0


async def copy_view(
    session: Session, broadcast_id: int, person_id: int, language: str
) -> CopyView | None:
    """Give what one recipient reads, in their language where it was written in it; None for whoever
    is none."""
    found = await session.execute(
        select(BroadcastRow, RecipientRow)
        .join(RecipientRow, RecipientRow.broadcast_id == BroadcastRow.id)
        .where(BroadcastRow.id == broadcast_id, RecipientRow.person_id == person_id)
    )
    whole = found.one_or_none()
    if whole is None:
        return None
    row, recipient = whole
    return shown(
        row,
        language,
        person_id=person_id,
        confirmed=recipient.confirmed_at is not None,
        signed_up=recipient.signed_up_at is not None,
    )


def shown(
    row: BroadcastRow,
    language: str,
    *,
    person_id: int,
    confirmed: bool = False,
    signed_up: bool = False,
) -> CopyView:
    """Give what somebody who reads a language is shown of a broadcast."""
    other = row.content_other if language != row.language else None
    return CopyView(
        id=row.id,
        style=Style(row.style),
        topic=Topic(row.topic),
        content=Content.of(other or row.content),
        offers=offers_of(row.buttons),
        place_id=row.place_id,
        person_id=person_id,
        confirmed=confirmed,
        signed_up=signed_up,
        corrected_at=row.corrected_at,
        recalled=row.recalled_at is not None,
        meant_for=_meant_for(row),
    )


def _meant_for(row: BroadcastRow) -> datetime | None:
    """Give the hour for which a broadcast was meant that began noticeably later."""
    if row.start_at is None or row.started_at is None:
        return None
    return row.start_at if is_late(row.start_at, row.started_at) else None

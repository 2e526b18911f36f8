"""What a recipient taps under their copy: 收到, sign up, take that back."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update

from models.broadcasts.rules.outcomes import Confirming
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import Session
from models.people.views import Person


async def confirm(
    session: Session, person: Person, broadcast_id: int, *, now: datetime
) -> Confirming:
    """Note that somebody has read their copy, for themselves and for whom they were asked for.

    The first tap counts, however many come at once: the instant stays.
    """
    if (refused := await _refusal(session, person, broadcast_id)) is not None:
        return refused
    marked = await _mark(
        session,
        [*_theirs(person, broadcast_id), RecipientRow.confirmed_at.is_(None)],
        confirmed_at=now,
    )
    return Confirming.CONFIRMED if marked else Confirming.ALREADY


async def sign_up(
    session: Session, person: Person, broadcast_id: int, *, now: datetime, on: bool = True
) -> Confirming:
    """Sign somebody up for what a broadcast invites to, or take it back with `on` False.

    Whoever signs up has read it: that confirms it too.
    """
    if (refused := await _refusal(session, person, broadcast_id)) is not None:
        return refused
    theirs = _theirs(person, broadcast_id)
    if not on:
        signed = RecipientRow.signed_up_at.is_not(None)
        marked = await _mark(session, [*theirs, signed], signed_up_at=None)
        return Confirming.SIGNED_OFF if marked else Confirming.ALREADY
    await _mark(session, [*theirs, RecipientRow.confirmed_at.is_(None)], confirmed_at=now)
    marked = await _mark(session, [*theirs, RecipientRow.signed_up_at.is_(None)], signed_up_at=now)
    return Confirming.SIGNED_UP if marked else Confirming.ALREADY


async def _refusal(session: Session, person: Person, broadcast_id: int) -> Confirming | None:
    recalled_at = await session.scalar(
        select(BroadcastRow.recalled_at).where(BroadcastRow.id == broadcast_id)
    )
    sent = await session.scalar(select(exists().where(*_theirs(person, broadcast_id))))
    if not sent:
        return Confirming.NOT_THEIRS
    return None if recalled_at is None else Confirming.OVER


def _theirs(person: Person, broadcast_id: int) -> list[ColumnElement[bool]]:
    """Say which recipients somebody answers for: themselves, and whose copy is in their chat."""
    mine = or_(RecipientRow.person_id == person.id, RecipientRow.reader_id == person.id)
    return [RecipientRow.broadcast_id == broadcast_id, mine]


async def _mark(
    session: Session, which: list[ColumnElement[bool]], **values: datetime | None
) -> bool:
    """Change the recipients chosen, in one statement; tell whether there were any."""
    marked = await session.execute(
        update(RecipientRow)
        .where(*which)
        .values(values)
        .returning(RecipientRow.person_id)
        .execution_options(synchronize_session=False)
    )
    return bool(marked.all())

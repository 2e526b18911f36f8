"""What a copy is rendered from, at the moment at which it is sent."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select

from models.base import table_of
from models.broadcasts.queries.views import copy_view, shown
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.kinds import ROLL_CALLS, Way
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import CopyView, Standing
from models.database import Session
from models.people.tables import PersonRow
from models.places.queries import lines_of
from models.places.views import Line
from models.rollcalls.queries.asked import asked_of, has_ended

ROWS, SENDERS = "broadcast rows", "broadcast senders"
"""Where a session keeps what is the same for all the copies that one transaction renders."""


_recipient = table_of(RecipientRow)
_PRESSED = select(
    _recipient.c.person_id, _recipient.c.confirmed_at, _recipient.c.signed_up_at
).where(
    _recipient.c.broadcast_id == bindparam("broadcast"),
    _recipient.c.person_id.in_(bindparam("readers", expanding=True)),
)

_person = table_of(PersonRow)
_THROUGH = (
    select(
        _recipient.c.reader_id,
        _person.c.name,
        _recipient.c.confirmed_at,
        _recipient.c.signed_up_at,
    )
    .join(_person, _person.c.id == _recipient.c.person_id)
    .where(
        _recipient.c.broadcast_id == bindparam("broadcast"),
        _recipient.c.reader_id.in_(bindparam("readers", expanding=True)),
        _recipient.c.way == Way.PROXY,
        _person.c.left_at.is_(None),
    )
    .order_by(_person.c.name, _person.c.id)
)
"""Who reads through whom."""


async def standing(session: Session, broadcast_id: int) -> Standing | None:
    """Tell how a broadcast stands; None where there is none.

    Read once in a transaction: whoever pauses or corrects it waits for the copies being rendered.
    """
    row = await session.get(BroadcastRow, broadcast_id)
    if row is None:
        return None
    session.info.setdefault(ROWS, {})[broadcast_id] = row
    return Standing(
        state=State(row.state),
        recalled=row.recalled_at is not None,
        place_id=row.place_id,
        language=row.language,
        content=Content.of(row.content),
        over=row.style in ROLL_CALLS and await has_ended(session, broadcast_id),
    )


async def sender_of(session: Session, place_id: int) -> Line | None:
    """Give the place that speaks, with all above it; read once in a transaction."""
    known: dict[int, Line | None] = session.info.setdefault(SENDERS, {})
    if place_id not in known:
        known[place_id] = (await lines_of(session, [place_id])).get(place_id)
    return known[place_id]


async def copy_of(
    session: Session, broadcast_id: int, reader_id: int, language: str
) -> CopyView | None:
    """Return what a reader is shown; None where it is nothing of theirs.

    Of a roll-call with everybody for whom they answer, of any other with the names of those who
    read it through them: whoever only speaks for others is no recipient themselves.
    """
    view = await copy_view(session, broadcast_id, reader_id, language)
    row = await session.get(BroadcastRow, broadcast_id)
    if row is None:
        return None
    if row.style not in ROLL_CALLS:
        return await _with_others(session, row, reader_id, language, view)
    asked = await asked_of(session, broadcast_id, reader_id)
    if not asked:
        return None
    return replace(view or shown(row, language, person_id=reader_id), asked=asked)


async def _with_others(
    session: Session, row: BroadcastRow, reader_id: int, language: str, view: CopyView | None
) -> CopyView | None:
    """Return a copy with those for whom it came as well, or for whom alone."""
    found = await session.execute(_THROUGH, {"broadcast": row.id, "readers": [reader_id]})
    others = found.all()
    if not others:
        return view
    names = tuple(one.name for one in others)
    if view is not None:
        return replace(view, passed_on_to=names)
    return replace(
        shown(
            row,
            language,
            person_id=reader_id,
            confirmed=any(one.confirmed_at is not None for one in others),
            signed_up=any(one.signed_up_at is not None for one in others),
        ),
        passed_on_to=names,
        own=False,
    )


async def pressed_by(
    session: Session, broadcast_id: int, reader_ids: Sequence[int]
) -> dict[int, tuple[bool, bool]]:
    """Return who of some readers has confirmed and signed up; of a roll-call nobody.

    Who is no recipient is left out, and so is who reads it for others too: their copy has names.
    """
    row = await session.get(BroadcastRow, broadcast_id)
    if row is None or row.style in ROLL_CALLS:
        return {}
    which = {"broadcast": broadcast_id, "readers": reader_ids}
    speaking = {one.reader_id for one in await session.execute(_THROUGH, which)}
    found = await session.execute(_PRESSED, which)
    return {
        one.person_id: (one.confirmed_at is not None, one.signed_up_at is not None)
        for one in found
        if one.person_id not in speaking
    }


async def sample_of(session: Session, broadcast_id: int, reader_id: int, language: str) -> CopyView:
    """Give what a reader of a language would be shown."""
    row = await session.get_one(BroadcastRow, broadcast_id)
    return shown(row, language, person_id=reader_id)

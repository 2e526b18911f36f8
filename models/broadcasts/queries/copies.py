"""Copies of a broadcast as its readers see them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from models.base import table_of
from models.broadcasts import hooks
from models.broadcasts.actions.rows import relations_of
from models.broadcasts.queries.reach import paths_of, people_in
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Content, CopyButton, offers_of
from models.broadcasts.rules.notices import ROLL_CALLS, Does, Style, Topic, Way
from models.broadcasts.rules.states import State, moves_of
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import BroadcastStanding, BroadcastView, CopyView
from models.database import Session
from models.help.tables import RequestRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import lines_of
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.places.views import PlaceWithAbove
from models.proposals.tables import ProposalRow
from models.reminders.rules import is_late

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


async def standing(session: Session, broadcast_id: int) -> BroadcastStanding | None:
    """Return how a broadcast stands; None where there is none.

    Read once in a transaction: whoever pauses or corrects it waits for the copies being rendered.
    """
    row = await session.get(BroadcastRow, broadcast_id)
    if row is None:
        return None
    session.info.setdefault(ROWS, {})[broadcast_id] = row
    return BroadcastStanding(
        state=State(row.state),
        recalled=row.recalled_at is not None,
        place_id=row.place_id,
        language=row.language,
        content=Content.of(row.content),
        over=row.style in ROLL_CALLS and await hooks.has_ended(session, broadcast_id),
    )


async def sender_of(session: Session, place_id: int) -> PlaceWithAbove | None:
    """Return the place that speaks, with all above it; read once in a transaction."""
    known: dict[int, PlaceWithAbove | None] = session.info.setdefault(SENDERS, {})
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
    asked = await hooks.asked_of(session, broadcast_id, reader_id)
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
    """Return what a reader of a language would be shown."""
    row = await session.get_one(BroadcastRow, broadcast_id)
    return shown(row, language, person_id=reader_id)


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
    relations = await relations_of(session, actor, row)
    if not relations and row.author_id != actor.id:
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
        moves=moves_of(State(row.state), relations, recalled=row.recalled_at is not None),
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
    """Return what somebody who reads a language is shown of a broadcast."""
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
    """Return the hour for which a broadcast was meant that began noticeably later."""
    if row.start_at is None or row.started_at is None:
        return None
    return row.start_at if is_late(row.start_at, row.started_at) else None


SUBJECTS: dict[Does, type[ProposalRow] | type[RequestRow]] = {
    Does.PROPOSAL: ProposalRow,
    Does.REQUEST: RequestRow,
}


NOWHERE = "-"
"""Stands for the path of what is gone: it lies at no place, and no place lies at it."""


async def concerning(
    session: Session, offers: Sequence[CopyButton], audience: Audience
) -> tuple[CopyButton, ...]:
    """Return the buttons that fit an audience: all but those of something gone, or of elsewhere.

    Something concerns an audience where its place is one of the joined, above one or below one.
    """
    paths = await paths_of(session, audience)
    tops = [paths[group.place_id] for group in audience.joined if group.place_id in paths]
    fitting = []
    for offer in offers:
        path = await _path_of(session, offer)
        if path is None or any(covers(top, path) or covers(path, top) for top in tops):
            fitting.append(offer)
    return tuple(fitting)


async def _path_of(session: Session, offer: CopyButton) -> str | None:
    """Return where a button's subject is; None for a button without a subject."""
    table = SUBJECTS.get(offer.does)
    if table is None:
        return None
    found = await session.scalar(
        select(PlaceRow.path)
        .join(table, table.place_id == PlaceRow.id)
        .where(table.id == offer.subject_id)
    )
    return found or NOWHERE

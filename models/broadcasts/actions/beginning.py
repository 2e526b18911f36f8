"""Beginning: recipients are fixed, one row each, and a copy is queued for every reader."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Select, case, exists, insert, literal, null, select
from sqlalchemy.orm import aliased

from models.broadcasts import hooks
from models.broadcasts.actions.progress import watch
from models.broadcasts.queries.reach import paths_of, people_in, way_of
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import ROLL_CALLS, Notice, Style, Topic, Way
from models.broadcasts.rules.sending import goes_first, lane_of
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import Session
from models.outbox.crowd import notify_crowd
from models.people.tables import PersonRow

_reader = aliased(PersonRow)


async def begin(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Begin a broadcast whose lock is held: who gets it is fixed from here on.

    Four statements, however many people they are; the author's card of progress beside them.
    """
    style = Style(broadcast.style)
    broadcast.heads = await _fix(session, broadcast)
    broadcast.state, broadcast.started_at, broadcast.changed_at = State.SENDING, now, now
    await notify_crowd(
        session,
        _readers(broadcast.id),
        kind=Notice.COPY,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(style),
        before=goes_first(Content.of(broadcast.content)),
        waits=style not in ROLL_CALLS,
    )
    if style in ROLL_CALLS:
        await hooks.began_asking(session, broadcast, now)
    await watch(session, broadcast, now)


def _readers(broadcast_id: int) -> Select[int]:
    """Select in whose chats a copy is to be, each once, however many they speak for."""
    theirs = exists().where(
        RecipientRow.broadcast_id == broadcast_id, RecipientRow.reader_id == _reader.id
    )
    return select(_reader.id).where(theirs)


async def _fix(session: Session, broadcast: BroadcastRow) -> int:
    """Write down the recipients, and give how many there are."""
    audience = Audience.of(broadcast.audience)
    people = people_in(audience, await paths_of(session, audience))
    way = way_of(Style(broadcast.style), Topic(broadcast.topic))
    reader = case(
        (way == Way.CHAT, PersonRow.id), (way == Way.PROXY, PersonRow.proxy_id), else_=null()
    )
    columns: dict[str, Any] = {
        "broadcast_id": literal(broadcast.id),
        "person_id": PersonRow.id,
        "way": way,
        "reader_id": reader,
        "place_id": PersonRow.place_id,
    }
    chosen = select(*columns.values()).where(PersonRow.id.in_(people)).order_by(PersonRow.id)
    await session.flush()
    fixed = await session.execute(insert(RecipientRow).from_select(list(columns), chosen))
    assert isinstance(fixed, CursorResult)  # noqa: S101 - what an INSERT gives
    return int(fixed.rowcount)

"""Reminding those who have not confirmed: a new draft of the same, to them alone."""

from datetime import datetime

from sqlalchemy import select

from models.broadcasts.actions.drafts import change, create
from models.broadcasts.actions.rows import locked
from models.broadcasts.queries.report import readers_hats
from models.broadcasts.queries.views import heads_of
from models.broadcasts.rules.audience import Audience, Group, Who
from models.broadcasts.rules.content import Content, offers_of
from models.broadcasts.rules.kinds import Style, Topic
from models.broadcasts.rules.outcomes import Outcome
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.people.views import Person


async def remind_unconfirmed(
    session: Session, actor: Person, broadcast_id: int, *, token: str, now: datetime
) -> tuple[Outcome, int | None]:
    """Draft an ordinary broadcast of the same words to whoever has not confirmed one; give it.

    A draft of that kind that the actor has already is given again, however often this is asked.
    """
    hats = await readers_hats(session, actor, broadcast_id, now=now)
    row = None if isinstance(hats, Outcome) else await locked(session, broadcast_id)
    if row is None or isinstance(hats, Outcome):
        return (hats if isinstance(hats, Outcome) else Outcome.MISSING), None
    if (draft := await _standing(session, actor, broadcast_id)) is not None:
        return Outcome.SAVED, draft
    audience = _silent(row)
    if not await heads_of(session, audience):
        return Outcome.NOBODY, None
    outcome, made = await create(
        session,
        actor,
        token=token,
        style=Style.NOTICE,
        topic=Topic(row.topic),
        language=row.language,
        content=Content.of(row.content),
        audience=audience,
        now=now,
    )
    if made is not None:
        await _as_before(session, actor, made, row, now)
    return outcome, made


async def _as_before(
    session: Session, actor: Person, made: int, row: BroadcastRow, now: datetime
) -> None:
    """Give a draft the variant and the buttons of what it reminds of; a roll-call has none."""
    if row.content_other is not None:
        other = Content.of(row.content_other)
        await change(session, actor, made, now=now, content_other=other)
    if row.buttons:
        await change(session, actor, made, now=now, offers=offers_of(row.buttons))
    (await session.get_one(BroadcastRow, made)).series_id = row.id
    await session.flush()


async def _standing(session: Session, actor: Person, broadcast_id: int) -> int | None:
    return await session.scalar(
        select(BroadcastRow.id)
        .where(
            BroadcastRow.series_id == broadcast_id,
            BroadcastRow.author_id == actor.id,
            BroadcastRow.state == State.DRAFT,
            BroadcastRow.weekly.is_(False),
        )
        .order_by(BroadcastRow.id.desc())
        .limit(1)
    )


def _silent(row: BroadcastRow) -> Audience:
    places = dict.fromkeys(group.place_id for group in Audience.of(row.audience).joined)
    groups = (Group(place_id, Who.UNCONFIRMED, str(row.id)) for place_id in places)
    return Audience(tuple(groups))

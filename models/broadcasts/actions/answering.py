"""What readers answer: read, signed up, muted; doors that are knocked at, and reminders."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from models.broadcasts.actions.drafts import change, create
from models.broadcasts.actions.rows import locked
from models.broadcasts.queries.copies import heads_of
from models.broadcasts.queries.report import missed, readers_relations
from models.broadcasts.rules.audience import Audience, Condition, Group
from models.broadcasts.rules.content import Content, offers_of
from models.broadcasts.rules.notices import Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome, Confirming
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow, MuteRow, RecipientRow
from models.broadcasts.views import KnockAt
from models.database import Session, insert_once
from models.people.actions.personal import look
from models.people.rules import Field
from models.people.views import Denied, Person


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


async def mute(session: Session, person: Person, topic: Topic, *, now: datetime) -> bool:
    """Send somebody no more broadcasts of a topic; False where it was so already."""
    values = {"person_id": person.id, "topic": topic, "muted_at": now}
    return await insert_once(session, MuteRow, values)


async def unmute(session: Session, person: Person, topic: Topic) -> bool:
    """Send somebody a topic's broadcasts again; False where it was so already."""
    gone = await session.execute(
        delete(MuteRow)
        .where(MuteRow.person_id == person.id, MuteRow.topic == topic)
        .returning(MuteRow.topic)
        .execution_options(synchronize_session=False)
    )
    return bool(gone.all())


async def muted_by(session: Session, person: Person) -> frozenset[Topic]:
    """Return the topics that somebody does not want."""
    found = await session.scalars(select(MuteRow.topic).where(MuteRow.person_id == person.id))
    return frozenset(Topic(topic) for topic in found)


LOOKED_AT = (Field.DOOR, Field.PHONE)


async def look_at_door(
    session: Session, actor: Person, broadcast_id: int, person_id: int, *, now: datetime
) -> KnockAt | BroadcastOutcome:
    """Open door and phone of one recipient who was not reached, for whoever may look at them.

    The look is written down, and whoever lives there is shown it, as any other.
    """
    relations = await readers_relations(session, actor, broadcast_id, now=now)
    if isinstance(relations, BroadcastOutcome):
        return relations
    line = await missed(session, broadcast_id, person_id)
    if line is None:
        return BroadcastOutcome.TOO_LATE
    seen = await look(session, actor, person_id, LOOKED_AT, now=now)
    return BroadcastOutcome.NOT_ALLOWED if isinstance(seen, Denied) else KnockAt(line, seen)


async def remind_unconfirmed(
    session: Session, actor: Person, broadcast_id: int, *, token: str, now: datetime
) -> tuple[BroadcastOutcome, int | None]:
    """Draft an ordinary broadcast of the same words to whoever has not confirmed one; give it.

    A draft of that kind that the actor has already is given again, however often this is asked.
    """
    relations = await readers_relations(session, actor, broadcast_id, now=now)
    row = None if isinstance(relations, BroadcastOutcome) else await locked(session, broadcast_id)
    if row is None or isinstance(relations, BroadcastOutcome):
        return (
            relations if isinstance(relations, BroadcastOutcome) else BroadcastOutcome.MISSING
        ), None
    if (draft := await _standing(session, actor, broadcast_id)) is not None:
        return BroadcastOutcome.SAVED, draft
    audience = _silent(row)
    if not await heads_of(session, audience):
        return BroadcastOutcome.NOBODY, None
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
    groups = (Group(place_id, Condition.UNCONFIRMED, str(row.id)) for place_id in places)
    return Audience(tuple(groups))

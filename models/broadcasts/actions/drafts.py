"""Drafts: begun, written, shown, discarded."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.audit.actions import deny
from models.broadcasts.actions.rows import SUBJECT, locked, refusal
from models.broadcasts.queries.copies import concerning
from models.broadcasts.queries.reach import Paths, is_within, paths_of, widest
from models.broadcasts.rules.audience import Audience, Condition, Group, is_sound
from models.broadcasts.rules.content import (
    Content,
    CopyButton,
    fault_of,
    fault_of_offers,
    in_other_words,
    offers_of,
)
from models.broadcasts.rules.notices import ROLL_CALLS, URGENT, Does, Notice, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.sending import goes_first
from models.broadcasts.rules.states import Move, State
from models.broadcasts.tables import BroadcastRow
from models.database import Session, insert_once
from models.outbox.crowd import notify_crowd, notify_people
from models.outbox.rules import Lane
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person

RECEIVED = CopyButton(Does.RECEIVED)
"""Stands under every broadcast from the first: without it nobody knows who has read it."""


@dataclass(frozen=True)
class Unchanged:
    """Stands for a part that stays as it is, where None would mean something."""


UNCHANGED = Unchanged()


@dataclass(frozen=True)
class Parts:
    """What of a draft is to be changed."""

    style: Style | Unchanged = UNCHANGED
    topic: Topic | Unchanged = UNCHANGED
    content: Content | Unchanged = UNCHANGED
    content_other: Content | Unchanged | None = UNCHANGED
    offers: tuple[CopyButton, ...] | Unchanged = UNCHANGED
    audience: Audience | Unchanged = UNCHANGED
    start_at: datetime | Unchanged | None = UNCHANGED
    weekly: bool | Unchanged = UNCHANGED


async def create(
    session: Session,
    actor: Person,
    *,
    token: str,
    style: Style,
    topic: Topic,
    language: str,
    content: Content,
    audience: Audience,
    now: datetime,
) -> tuple[BroadcastOutcome, int | None]:
    """Begin a broadcast as a draft; the same token gives the same draft, made once.

    Nobody writes to people beyond their own places: not to, nor around, a group of elsewhere.
    """
    if fault_of(content):
        return BroadcastOutcome.WRONG_CONTENT, None
    paths = await paths_of(session, audience)
    if not await _may_reach(session, actor, audience, paths):
        await deny(session, actor.id, SUBJECT, now=now, detail={"move": "create"})
        return BroadcastOutcome.NOT_ALLOWED, None
    values = {
        "token": token,
        "author_id": actor.id,
        "place_id": widest(audience, paths),
        "style": style,
        "topic": topic,
        "state": State.DRAFT,
        "language": language,
        "content": content.kept(),
        "buttons": [] if style in ROLL_CALLS else [RECEIVED.kept()],
        "audience": audience.kept(),
        "version": 1,
        "weekly": False,
        "heads": 0,
        "created_at": now,
        "changed_at": now,
    }
    await insert_once(session, BroadcastRow, values)
    made = select(BroadcastRow.id).where(
        BroadcastRow.token == token, BroadcastRow.author_id == actor.id
    )
    broadcast_id = await session.scalar(made)
    return (BroadcastOutcome.SAVED if broadcast_id else BroadcastOutcome.NOT_ALLOWED), broadcast_id


async def change(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime, **parts: Any
) -> BroadcastOutcome:
    """Change parts of a draft (the fields of `Parts`): all of them, or where one is refused none.

    Each change makes a new version. A button about something that concerns none of a new audience
    is taken away with it; a variant of the words goes on under new media where it fits.
    """
    row = await locked(session, broadcast_id)
    if row is None:
        return BroadcastOutcome.MISSING
    if why := await _refused(session, actor, row, Move.EDIT, now):
        return why
    wanted = Parts(**parts)
    if why := await _wrong_with(session, actor, row, wanted, now):
        return why
    for each in fields(wanted):
        part = getattr(wanted, each.name)
        if not isinstance(part, Unchanged):
            await _PUT[each.name](session, row, part)
    row.version += 1
    row.changed_at = now
    return BroadcastOutcome.SAVED


async def discard(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastOutcome:
    """Throw a draft away."""
    row = await locked(session, broadcast_id)
    if row is None:
        return BroadcastOutcome.MISSING
    if why := await _refused(session, actor, row, Move.DISCARD, now):
        return why
    row.state, row.changed_at = State.DISCARDED, now
    return BroadcastOutcome.DISCARDED


async def _refused(
    session: Session, actor: Person, row: BroadcastRow, move: Move, now: datetime
) -> BroadcastOutcome | None:
    why = await refusal(session, actor, row, move)
    if why is BroadcastOutcome.NOT_ALLOWED:
        detail = {"move": str(move)}
        await deny(session, actor.id, SUBJECT, now=now, subject_id=row.id, detail=detail)
    return why


async def _wrong_with(
    session: Session, actor: Person, row: BroadcastRow, parts: Parts, now: datetime
) -> BroadcastOutcome | None:
    """Return why parts cannot be had; None where they can."""
    if isinstance(parts.audience, Audience):
        paths = await paths_of(session, parts.audience)
        if not await _may_reach(session, actor, parts.audience, paths):
            detail = {"move": "audience"}
            await deny(session, actor.id, SUBJECT, now=now, subject_id=row.id, detail=detail)
            return BroadcastOutcome.NOT_ALLOWED
    if isinstance(parts.start_at, datetime) and parts.start_at <= now:
        return BroadcastOutcome.PAST
    roll_calls = {Style(row.style), parts.style} & ROLL_CALLS
    if isinstance(parts.style, Style) and roll_calls and parts.style != row.style:
        return BroadcastOutcome.NOT_ALLOWED
    return await _wrong_content(session, row, parts)


async def _wrong_content(
    session: Session, row: BroadcastRow, parts: Parts
) -> BroadcastOutcome | None:
    content = parts.content if isinstance(parts.content, Content) else Content.of(row.content)
    other = parts.content_other
    if fault_of(content):
        return BroadcastOutcome.WRONG_CONTENT
    if isinstance(other, Content) and (
        not other.words.strip() or fault_of(in_other_words(content, other))
    ):
        return BroadcastOutcome.WRONG_CONTENT
    if isinstance(parts.offers, Unchanged):
        return None
    audience = parts.audience if isinstance(parts.audience, Audience) else _audience(row)
    stand = await concerning(session, parts.offers, audience)
    return (
        BroadcastOutcome.WRONG_CONTENT
        if fault_of_offers(parts.offers) or len(stand) < len(parts.offers)
        else None
    )


async def _may_reach(session: Session, actor: Person, audience: Audience, paths: Paths) -> bool:
    """Return whether an audience is sound, and all of it at the actor's own places."""
    if not is_sound(audience):
        return False
    everything = Audience(audience.groups)
    within = is_within(actor, Right.BROADCAST, everything, paths)
    return within and all(
        [await _knows(session, actor, group) for group in audience.groups if group.value]
    )


async def _knows(session: Session, actor: Person, group: Group) -> bool:
    """Return whether an earlier broadcast that a group names is the actor's to ask after."""
    if group.who is not Condition.UNCONFIRMED:
        return True
    earlier = await session.get(BroadcastRow, int(group.value))
    if earlier is None or earlier.started_at is None:
        return False
    audience = _audience(earlier)
    return is_within(actor, Right.BROADCAST, audience, await paths_of(session, audience))


def _audience(row: BroadcastRow) -> Audience:
    return Audience.of(row.audience)


async def _put_style(_session: Session, row: BroadcastRow, style: Style) -> None:
    """An emergency does not come every week."""
    row.style = style
    row.weekly = row.weekly and style is Style.NOTICE


async def _put_topic(_session: Session, row: BroadcastRow, topic: Topic) -> None:
    row.topic = topic


async def _put_content(_session: Session, row: BroadcastRow, content: Content) -> None:
    row.content = content.kept()
    if row.content_other is not None:
        other = in_other_words(content, Content.of(row.content_other))
        row.content_other = None if fault_of(other) else other.kept()


async def _put_other(_session: Session, row: BroadcastRow, other: Content | None) -> None:
    content = Content.of(row.content)
    row.content_other = None if other is None else in_other_words(content, other).kept()


async def _put_offers(_session: Session, row: BroadcastRow, offers: tuple[CopyButton, ...]) -> None:
    row.buttons = [offer.kept() for offer in offers]


async def _put_audience(session: Session, row: BroadcastRow, audience: Audience) -> None:
    row.audience = audience.kept()
    row.place_id = widest(audience, await paths_of(session, audience))
    stand = await concerning(session, offers_of(row.buttons), audience)
    row.buttons = [offer.kept() for offer in stand]


async def _put_start(_session: Session, row: BroadcastRow, start_at: datetime | None) -> None:
    row.start_at = start_at


async def _put_weekly(_session: Session, row: BroadcastRow, weekly: bool) -> None:
    row.weekly = weekly and row.style == Style.NOTICE


_PUT: dict[str, Callable[[Session, BroadcastRow, Any], Awaitable[None]]] = {
    "style": _put_style,
    "topic": _put_topic,
    "content": _put_content,
    "content_other": _put_other,
    "offers": _put_offers,
    "audience": _put_audience,
    "start_at": _put_start,
    "weekly": _put_weekly,
}
"""How each part is put into a draft, in the order of `Parts`."""


LANGUAGE, APPROVING = "language", "approving"
"""Keys of a test copy's detail: whose language it shows, and whether it is to be approved."""


async def show_for_approval(
    session: Session, row: BroadcastRow, approvers: Sequence[int], now: datetime
) -> None:
    """Show approvers each copy exactly as it would go out, and below it what they decide on."""
    lane = Lane.URGENT if Style(row.style) in URGENT else Lane.NOTICE
    await show_copies(session, row, approvers, now, lane=lane, approving=True)
    await notify_people(
        session,
        approvers,
        kind=Notice.APPROVE,
        subject_id=row.id,
        now=now,
        lane=lane,
        name=None,
    )


async def show_copies(
    session: Session,
    row: BroadcastRow,
    readers: Sequence[int],
    now: datetime,
    *,
    lane: Lane,
    approving: bool = False,
) -> None:
    """Send readers a test copy in each language that the broadcast is written in."""
    people = select(PersonRow.id).where(PersonRow.id.in_(readers))
    for language in written_in(row):
        await notify_crowd(
            session,
            people,
            kind=Notice.TEST,
            subject_id=row.id,
            now=now,
            lane=lane,
            detail={LANGUAGE: language, APPROVING: approving},
            name=None,
            before=goes_first(Content.of(row.content)),
        )


def written_in(row: BroadcastRow) -> list[str | None]:
    """List the languages of a broadcast's words; None stands for the other than its first."""
    return [row.language] if row.content_other is None else [row.language, None]

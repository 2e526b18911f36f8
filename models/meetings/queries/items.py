"""Reading what meetings agreed on: of one meeting, of one person, one alone; who may own it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from models.database import Session
from models.meetings.queries.invitees import staff_of
from models.meetings.queries.parts import (
    agenda_of,
    guest_of,
    has_item,
    is_backer,
    looks_after,
    of_desk,
    path_of,
)
from models.meetings.rules.notices import Move, State
from models.meetings.rules.outcomes import Refusal
from models.meetings.rules.timing import is_overdue, why_not
from models.meetings.tables import ActionRow, GuestRow, MeetingRow
from models.meetings.views import ItemPage, ItemView
from models.names.queries import names_for
from models.names.views import Who
from models.people.queries import find_cards, person_by_id
from models.people.views import Person
from models.policy.current import policy_of


async def count_items(session: Session, meeting_id: int) -> int:
    """Count what a meeting agreed on."""
    return await _count(session, ActionRow.meeting_id == meeting_id)


async def count_open(session: Session, person_id: int) -> int:
    """Count what somebody still has to do."""
    return await _count(session, ActionRow.person_id == person_id, ActionRow.done_at.is_(None))


async def _count(session: Session, *which: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count(ActionRow.id)).where(*which)) or 0


async def my_items(
    session: Session, actor: Person, page: int, size: int, *, now: datetime
) -> ItemPage:
    """Return a page of somebody's action items: open ones by date, then what is done."""
    mine = ActionRow.person_id == actor.id
    page, pages = _within(page, size, await _count(session, mine))
    lines = await _lines(session, actor, mine, page, size, now)
    return ItemPage(None, lines, page, pages, may_add=False)


async def items_of(
    session: Session, actor: Person, meeting_id: int, page: int, size: int, *, now: datetime
) -> ItemPage | Refusal:
    """Return a page of what a meeting agreed on, to those who took part and to the desk."""
    meeting = await session.get(MeetingRow, meeting_id)
    if meeting is None:
        return Refusal.MISSING
    if not await _concerns(session, actor, meeting):
        return Refusal.NOT_ALLOWED
    theirs = ActionRow.meeting_id == meeting_id
    page, pages = _within(page, size, await _count(session, theirs))
    lines = await _lines(session, actor, theirs, page, size, now)
    open_ = why_not(Move.ITEM, State(meeting.state), meeting.starts_at, now) is None
    may_add = open_ and await looks_after(session, actor, meeting)
    return ItemPage(meeting_id, lines, page, pages, may_add)


async def item_view(
    session: Session, actor: Person, item_id: int, *, now: datetime
) -> ItemView | Refusal:
    """Show one action item to its owner, to those who took part and to the desk."""
    item = await session.get(ActionRow, item_id)
    if item is None:
        return Refusal.MISSING
    meeting = await session.get_one(MeetingRow, item.meeting_id)
    if item.person_id != actor.id and not await _concerns(session, actor, meeting):
        return Refusal.NOT_ALLOWED
    return (await _pictures(session, actor, [item], now))[0]


async def item_told(
    session: Session, reader_id: int, item_id: int, *, now: datetime
) -> ItemView | None:
    """Show an action item to the reader of a notice; None where it is none of theirs any more."""
    reader = await person_by_id(session, reader_id)
    found = await item_view(session, reader, item_id, now=now) if reader else Refusal.MISSING
    return found if isinstance(found, ItemView) else None


async def owner_choices(session: Session, actor: Person, meeting_id: int) -> list[Who]:
    """List who can be given an action item, by name: who came, and staff; empty without right."""
    meeting = await session.get(MeetingRow, meeting_id)
    if meeting is None or not await looks_after(session, actor, meeting):
        return []
    people = await possible_owners(session, meeting)
    return [Who(card.id, card.name) for card in await find_cards(session, sorted(people))]


async def possible_owners(session: Session, meeting: MeetingRow) -> set[int]:
    """List who can be given an action item of a meeting."""
    came = await session.scalars(
        select(GuestRow.person_id).where(
            GuestRow.meeting_id == meeting.id, GuestRow.came_at.is_not(None)
        )
    )
    return {*came, *await staff_of(session, await path_of(session, meeting))}


async def _concerns(session: Session, actor: Person, meeting: MeetingRow) -> bool:
    return (
        await guest_of(session, meeting.id, actor.id) is not None
        or await of_desk(session, actor, meeting)
        or await is_backer(session, actor.id, meeting.id)
        or await has_item(session, actor.id, meeting.id)
        or await looks_after(session, actor, meeting)
    )


def _within(page: int, size: int, number: int) -> tuple[int, int]:
    """Return a page that there is, and how many there are."""
    pages = max(1, -(-number // size))
    return min(page, pages - 1), pages


async def _lines(
    session: Session, actor: Person, which: ColumnElement[bool], page: int, size: int, now: datetime
) -> tuple[ItemView, ...]:
    found = await session.scalars(
        select(ActionRow)
        .where(which)
        .order_by(ActionRow.done_at.is_not(None), ActionRow.due_at, ActionRow.id)
        .offset(page * size)
        .limit(size)
    )
    return tuple(await _pictures(session, actor, found.all(), now))


async def _pictures(
    session: Session, reader: Person, items: Sequence[ActionRow], now: datetime
) -> list[ItemView]:
    names = await names_for(session, [item.person_id for item in items])
    agendas = await agenda_of(session, {item.meeting_id for item in items})
    zone = policy_of(session).zone
    pictures = []
    for item in items:
        meeting = await session.get_one(MeetingRow, item.meeting_id)
        mine, is_open = item.person_id == reader.id, item.done_at is None
        pictures.append(
            ItemView(
                item_id=item.id,
                meeting_id=item.meeting_id,
                met_at=meeting.starts_at,
                titles=tuple(one.title for one in agendas.get(item.meeting_id, [])),
                words=item.words,
                owner=names.person(item.person_id),
                due_at=item.due_at,
                overdue=is_open and is_overdue(item.due_at, now, zone),
                done_at=item.done_at,
                done_words=item.done_words,
                mine=mine,
                may_finish=is_open and (mine or await looks_after(session, reader, meeting)),
            )
        )
    return pictures

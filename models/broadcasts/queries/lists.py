"""Lists of broadcasts: one's own, those that wait for one's yes, those sent at one's places."""

from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from models.broadcasts.queries.reach import is_within, paths_of
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Style, Topic
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.broadcasts.views import BroadcastLine, BroadcastsPage
from models.database import Session
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow

A_PAGE = 6
"""Broadcasts on one page: with their buttons they fill a phone's screen once."""

EARLIER = 8
"""Earlier broadcasts that are offered to choose from."""


class BroadcastScope(StrEnum):
    """Which broadcasts a list shows."""

    MINE = "mine"
    WAITING = "waiting"
    """For the reader's approval."""
    SENT = "sent"
    """At the reader's places, by whomever."""


async def broadcasts_page(
    session: Session, actor: Person, scope: BroadcastScope, *, page: int = 0
) -> BroadcastsPage:
    """Return a page of broadcasts that somebody has a part in, the latest first."""
    waiting = await waiting_for(session, actor)
    wanted = _wanted(actor, scope, waiting)
    count = (
        await session.scalar(
            select(func.count())
            .select_from(BroadcastRow)
            .join(PlaceRow, PlaceRow.id == BroadcastRow.place_id)
            .where(wanted)
        )
        or 0
    )
    pages = max(1, -(-count // A_PAGE))
    page = min(page, pages - 1)
    rows = await session.execute(
        select(BroadcastRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == BroadcastRow.author_id)
        .join(PlaceRow, PlaceRow.id == BroadcastRow.place_id)
        .where(wanted)
        .order_by(BroadcastRow.id.desc())
        .limit(A_PAGE)
        .offset(page * A_PAGE)
    )
    lines = tuple(line_of(row, author) for row, author in rows.all())
    return BroadcastsPage(lines, page, pages, len(waiting))


async def waiting_for(session: Session, actor: Person) -> list[int]:
    """List the broadcasts that this person may approve: never their own."""
    if not actor.may_anywhere(Right.APPROVE_BROADCAST):
        return []
    rows = await session.scalars(
        select(BroadcastRow).where(
            BroadcastRow.state == State.WAITING, BroadcastRow.author_id != actor.id
        )
    )
    return [
        row.id for row in rows.all() if await _reaches(session, actor, Right.APPROVE_BROADCAST, row)
    ]


async def earlier(session: Session, actor: Person) -> list[BroadcastLine]:
    """List the latest begun broadcasts that went to this person's places alone."""
    rows = await session.execute(
        select(BroadcastRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == BroadcastRow.author_id)
        .join(PlaceRow, PlaceRow.id == BroadcastRow.place_id)
        .where(BroadcastRow.started_at.is_not(None), _below(actor, Right.BROADCAST))
        .order_by(BroadcastRow.started_at.desc())
        .limit(EARLIER)
    )
    return [
        line_of(row, author)
        for row, author in rows.all()
        if await _reaches(session, actor, Right.BROADCAST, row)
    ]


def line_of(row: BroadcastRow, author: str) -> BroadcastLine:
    """Return the view of a broadcast on a list."""
    return BroadcastLine(
        row.id,
        Style(row.style),
        Topic(row.topic),
        State(row.state),
        Content.of(row.content).words,
        author,
        row.started_at or row.start_at or row.changed_at,
    )


def _wanted(actor: Person, scope: BroadcastScope, waiting: list[int]) -> ColumnElement[bool]:
    match scope:
        case BroadcastScope.MINE:
            gone = BroadcastRow.state == State.DISCARDED
            return (BroadcastRow.author_id == actor.id) & ~gone
        case BroadcastScope.WAITING:
            return BroadcastRow.id.in_(waiting)
    begun = BroadcastRow.started_at.is_not(None)
    return begun & ((BroadcastRow.author_id == actor.id) | _below(actor, Right.SUPERVISE))


def _below(actor: Person, right: Right) -> ColumnElement[bool]:
    """Say in SQL that a broadcast's place is one where somebody has a right, or below it."""
    return at_or_below(actor.paths_with(right))


async def _reaches(session: Session, actor: Person, right: Right, row: BroadcastRow) -> bool:
    audience = Audience.of(row.audience)
    return is_within(actor, right, audience, await paths_of(session, audience))

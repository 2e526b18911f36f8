"""Lists of proposals: by where they stand, by topic, by place; and one by its number."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from models.database import Session
from models.names.queries import places_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.queries.detail import community_of, lines_for
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import BEFORE_RECEPTION, ENDED, State
from models.proposals.tables import ProposalRow, SecondRow
from models.proposals.views import HomeCounts, PlaceCount, PlacesPage, ProposalsPage

A_PAGE = 6
"""Proposals on one page: what a small phone shows without much scrolling."""
PLACES_A_PAGE = 8


class ProposalScope(StrEnum):
    """Which proposals a list shows."""

    OPEN = "open"
    """To be seconded."""
    GOING = "going"
    """Deliberated, voted on, or underway."""
    OVER = "over"
    MINE = "mine"
    BACKED = "backed"


GOING = frozenset(State) - ENDED - BEFORE_RECEPTION - {State.SECONDING}
OWN = frozenset({ProposalScope.MINE, ProposalScope.BACKED})
"""What is somebody's own is listed wherever it is."""


async def proposals_page(
    session: Session,
    actor: Person,
    scope: ProposalScope,
    *,
    page: int,
    now: datetime,
    topic: ProposalTopic | None = None,
    place_id: int | None = None,
) -> ProposalsPage:
    """Return a page of proposals that everybody may read, or of the reader's own.

    At a place and below it; without one, in the community where the reader lives; for whoever
    lives in none, wherever they are.
    """
    own = scope in OWN
    at = None if own and place_id is None else await _place(session, actor, place_id)
    wanted = [_in_scope(actor, scope), *([] if at is None else [_at(at)])]
    wanted += [] if topic is None else [ProposalRow.topic == topic]
    count = await session.scalar(select(func.count()).select_from(ProposalRow).where(*wanted)) or 0
    pages = max(1, -(-count // A_PAGE))
    page = min(page, pages - 1)
    ordered = _ordered(select(ProposalRow).where(*wanted), scope)
    rows = await session.scalars(ordered.limit(A_PAGE).offset(page * A_PAGE))
    lines = tuple(await lines_for(session, list(rows), now))
    where = (await places_by_id(session, {at.id}))[at.id] if at else None
    return ProposalsPage(lines, page, pages, count, where)


async def _place(session: Session, actor: Person, place_id: int | None) -> PlaceRow | None:
    if place_id is None:
        community = await community_of(session, actor)
        place_id = community.id if community else None
    return await session.get(PlaceRow, place_id) if place_id is not None else None


def _at(place: PlaceRow) -> ColumnElement[bool]:
    """Say in SQL that a proposal concerns a place, or one below it."""
    below = select(PlaceRow.id).where(PlaceRow.path.startswith(place.path, autoescape=True))
    return ProposalRow.place_id.in_(below)


def _in_scope(actor: Person, scope: ProposalScope) -> ColumnElement[bool]:
    match scope:
        case ProposalScope.OPEN:
            return ProposalRow.state == State.SECONDING
        case ProposalScope.GOING:
            return ProposalRow.state.in_(GOING)
        case ProposalScope.OVER:
            return and_(ProposalRow.state.in_(ENDED), ProposalRow.received_at.is_not(None))
        case ProposalScope.MINE:
            return ProposalRow.author_id == actor.id
    backed = select(SecondRow.proposal_id).where(
        SecondRow.person_id == actor.id, SecondRow.withdrawn_at.is_(None)
    )  # from the few that they back: SQLite would ask each of all proposals whether they do
    return ProposalRow.id.in_(backed)


def _ordered(statement: Select[ProposalRow], scope: ProposalScope) -> Select[ProposalRow]:
    """Put first what can still be seconded for the shortest time; else what moved last."""
    if scope is ProposalScope.OPEN:
        until = ProposalRow.second_by
        return statement.order_by(until.is_(None), until, ProposalRow.id)
    return statement.order_by(ProposalRow.changed_at.desc(), ProposalRow.id.desc())


async def home_counts(session: Session, actor: Person) -> HomeCounts:
    """Count what the first screen of proposals leads to, in the reader's community."""
    at = await _place(session, actor, None)
    here = [] if at is None else [_at(at)]
    counts = [
        await session.scalar(
            select(func.count())
            .select_from(ProposalRow)
            .where(_in_scope(actor, scope), *([] if scope in OWN else here))
        )
        or 0
        for scope in ProposalScope
    ]
    where = (await places_by_id(session, {at.id}))[at.id] if at else None
    return HomeCounts(dict(zip(map(str, ProposalScope), counts, strict=True)), where)


async def places_page(session: Session, actor: Person, page: int) -> PlacesPage:
    """Return a page of the places in the reader's community that proposals can be read about."""
    at = await _place(session, actor, None)
    if at is None:
        return PlacesPage((), 0, 1)
    rows = await session.execute(
        select(ProposalRow.place_id, func.count().label("many"))
        .join(PlaceRow, PlaceRow.id == ProposalRow.place_id)
        .where(_at(at), ProposalRow.received_at.is_not(None))
        .group_by(ProposalRow.place_id, PlaceRow.path)
        .order_by(func.length(PlaceRow.path), func.count().desc(), ProposalRow.place_id)
    )
    counts = {row.place_id: row.many for row in rows.all()}
    pages = max(1, -(-len(counts) // PLACES_A_PAGE))
    page = min(page, pages - 1)
    shown = list(counts)[page * PLACES_A_PAGE : (page + 1) * PLACES_A_PAGE]
    names = await places_by_id(session, set(shown))
    return PlacesPage(tuple(PlaceCount(names[one], counts[one]) for one in shown), page, pages)


async def find_number(session: Session, actor: Person, number: int) -> int | None:
    """Return the id of a proposal by its number, in the reader's own community.

    For staff of several communities the one that still goes on, and of those the latest.
    """
    community = await community_of(session, actor)
    own = ProposalRow.community_id == community.id if community else false()
    desks = [
        PlaceRow.path.startswith(path, autoescape=True)
        for path in actor.paths_with(Right.WORK_DESK)
    ]
    return await session.scalar(
        select(ProposalRow.id)
        .join(PlaceRow, PlaceRow.id == ProposalRow.community_id)
        .where(ProposalRow.number == number, or_(own, *desks))
        .order_by(
            case((own, 0), else_=1),
            ProposalRow.state.in_(ENDED),
            ProposalRow.submitted_at.desc(),
            ProposalRow.id.desc(),
        )
        .limit(1)
    )


async def offered_places(session: Session, actor: Person) -> list[int]:
    """List the ids of what a proposal of somebody may concern: community, home, all below."""
    community = await community_of(session, actor)
    if community is None:
        return []
    first = dict.fromkeys([community.id, actor.place_id or community.id])
    rows = await session.scalars(
        select(PlaceRow.id)
        .where(PlaceRow.path.startswith(community.path, autoescape=True))
        .where(PlaceRow.id.not_in(list(first)))
        .order_by(func.length(PlaceRow.path), PlaceRow.id)
    )
    return [*first, *rows]


async def proposal_numbers(session: Session, proposal_ids: Iterable[int]) -> dict[int, int]:
    """Return the numbers of proposals, by id."""
    rows = await session.execute(
        select(ProposalRow.id, ProposalRow.number).where(ProposalRow.id.in_(list(proposal_ids)))
    )
    return {row.id: row.number for row in rows}

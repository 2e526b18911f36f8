"""What the reception reads: its queue, who backs what, what was said and changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.office_views import Merger, Queue
from models.proposals.queries.parts import part_of
from models.proposals.queries.pictures import lines_for
from models.proposals.queries.similar import similar_proposals
from models.proposals.rules.kinds import Line
from models.proposals.rules.reception import TAKES_IN
from models.proposals.rules.similar import wording
from models.proposals.rules.states import Hat, State, hats
from models.proposals.tables import ProposalLineRow, ProposalRow, SecondRow
from models.proposals.views import ProposalLine


async def reception_queue(
    session: Session, actor: Person, *, now: datetime, page: int = 0, size: int = 6
) -> Queue:
    """Give a page of what waits at the reception of somebody's places, the first due first.

    Their own proposals are for somebody else. A page behind the last gives the last.
    """
    waiting = _waiting(actor)
    total = await session.scalar(_counted(waiting)) or 0
    overdue = await session.scalar(_counted([*waiting, ProposalRow.receive_by < now])) or 0
    pages = max(1, -(-total // size))
    page = min(page, pages - 1)
    rows = await session.scalars(
        select(ProposalRow)
        .join(PlaceRow, PlaceRow.id == ProposalRow.place_id)
        .where(*waiting)
        .order_by(ProposalRow.receive_by, ProposalRow.id)
        .limit(size)
        .offset(page * size)
    )
    lines = await lines_for(session, list(rows.all()), now)
    return Queue(tuple(lines), total, overdue, page, pages)


async def count_reception(session: Session, actor: Person) -> int:
    """Count what waits at the reception of somebody's places."""
    if not actor.may_anywhere(Right.WORK_DESK):
        return 0
    return await session.scalar(_counted(_waiting(actor))) or 0


def _counted(waiting: Sequence[ColumnElement[bool]]) -> Select[int]:
    return (
        select(func.count(ProposalRow.id))
        .join(PlaceRow, PlaceRow.id == ProposalRow.place_id)
        .where(*waiting)
    )


def _waiting(actor: Person) -> list[ColumnElement[bool]]:
    theirs = [PlaceRow.path.startswith(path) for path in actor.paths_with(Right.WORK_DESK)]
    return [
        ProposalRow.state == State.SUBMITTED,
        ProposalRow.author_id != actor.id,
        or_(false(), *theirs),
    ]


async def standing(session: Session, proposal_id: int) -> list[SecondRow]:
    """List the seconds of a proposal that stand, for whatever text, in their order."""
    rows = await session.scalars(
        select(SecondRow)
        .where(SecondRow.proposal_id == proposal_id, SecondRow.withdrawn_at.is_(None))
        .order_by(SecondRow.id)
    )
    return list(rows.all())


async def is_desk_of(session: Session, actor: Person, proposal: ProposalRow) -> bool:
    """Tell whether somebody receives a proposal: the desk, unless it is their own."""
    return Hat.DESK in hats(await part_of(session, actor, proposal))


async def mergers_open(
    session: Session, actor: Person, proposal_id: int, *, now: datetime, limit: int = 6
) -> list[ProposalLine] | None:
    """List proposals of its community into which one may be merged: the likest, then the newest.

    None for whoever does not receive it.
    """
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None or not await is_desk_of(session, actor, proposal):
        return None
    written = wording(proposal.title, proposal.problem, proposal.wish)
    alike = await similar_proposals(session, actor, proposal.community_id, written, now=now)
    rows = await session.scalars(
        select(ProposalRow)
        .where(
            ProposalRow.community_id == proposal.community_id,
            ProposalRow.id != proposal.id,
            ProposalRow.state.in_(list(TAKES_IN)),
        )
        .order_by(ProposalRow.id.desc())
        .limit(limit)
    )
    fitting = [one for one in alike if one.state in TAKES_IN and one.proposal_id != proposal.id]
    newest = await lines_for(session, list(rows.all()), now)
    found = {one.proposal_id: one for one in [*fitting, *newest]}
    return list(found.values())[:limit]


async def merger(
    session: Session, actor: Person, proposal_id: int, into_id: int, *, now: datetime
) -> Merger | None:
    """Picture a merger before it is made, for whoever receives the first; None for others."""
    one = await session.get(ProposalRow, proposal_id)
    into = await session.get(ProposalRow, into_id)
    if one is None or into is None or not await is_desk_of(session, actor, one):
        return None
    if one.community_id != into.community_id or into.received_at is None:
        return None
    first, second = await lines_for(session, [one, into], now)
    return Merger(first, second)


async def numbered(session: Session, proposal_id: int, number: int) -> int | None:
    """Give the id of the proposal with a number in the community of another."""
    community = (
        select(ProposalRow.community_id).where(ProposalRow.id == proposal_id).scalar_subquery()
    )
    return await session.scalar(
        select(ProposalRow.id).where(
            ProposalRow.community_id == community, ProposalRow.number == number
        )
    )


async def said_last(session: Session, proposal_id: int, what: Line) -> str:
    """Give the words of the newest line of a kind; '' where there are none."""
    words = await session.scalar(
        select(ProposalLineRow.words)
        .where(ProposalLineRow.proposal_id == proposal_id, ProposalLineRow.what == what)
        .order_by(ProposalLineRow.id.desc())
        .limit(1)
    )
    return words or ""


async def backed_version(session: Session, person_id: int, proposal_id: int) -> int | None:
    """Give the version that somebody's standing second is for."""
    return await session.scalar(
        select(SecondRow.version).where(
            SecondRow.proposal_id == proposal_id,
            SecondRow.person_id == person_id,
            SecondRow.withdrawn_at.is_(None),
        )
    )

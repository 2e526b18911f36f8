"""What the office reads at the reception: candidates, reasons, terms."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place, offer_within
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.places.views import Place
from models.policy.current import policy_of
from models.proposals.queries.detail import lines_for, part_of
from models.proposals.queries.similar import similar_proposals
from models.proposals.rules.notices import ProposalEvent, ProposalTopic
from models.proposals.rules.reception import TAKES_IN, ProposalPolicy, ReceptionTerms
from models.proposals.rules.similar import wording
from models.proposals.rules.states import Relation, State, relations
from models.proposals.tables import ProposalLineRow, ProposalRow, ReasonRow, SecondRow, TermsRow
from models.proposals.views import (
    CannedReason,
    Merger,
    PlaceReasons,
    PlaceTerms,
    ProposalLine,
    ReceptionQueue,
    StandingTerms,
)


async def reception_queue(
    session: Session, actor: Person, *, now: datetime, page: int = 0, size: int = 6
) -> ReceptionQueue:
    """Return a page of what waits at the reception of somebody's places, the first due first.

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
    return ReceptionQueue(tuple(lines), total, overdue, page, pages)


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
    """Return whether somebody receives a proposal: the desk, unless it is their own."""
    return Relation.DESK in relations(await part_of(session, actor, proposal))


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
    """Return the id of the proposal with a number in the community of another."""
    community = (
        select(ProposalRow.community_id).where(ProposalRow.id == proposal_id).scalar_subquery()
    )
    return await session.scalar(
        select(ProposalRow.id).where(
            ProposalRow.community_id == community, ProposalRow.number == number
        )
    )


async def said_last(session: Session, proposal_id: int, what: ProposalEvent) -> str:
    """Return the words of the newest line of a kind; '' where there are none."""
    words = await session.scalar(
        select(ProposalLineRow.words)
        .where(ProposalLineRow.proposal_id == proposal_id, ProposalLineRow.what == what)
        .order_by(ProposalLineRow.id.desc())
        .limit(1)
    )
    return words or ""


async def backed_version(session: Session, person_id: int, proposal_id: int) -> int | None:
    """Return the version that somebody's standing second is for."""
    return await session.scalar(
        select(SecondRow.version).where(
            SecondRow.proposal_id == proposal_id,
            SecondRow.person_id == person_id,
            SecondRow.withdrawn_at.is_(None),
        )
    )


async def reasons_at(session: Session, path: str) -> list[CannedReason]:
    """List the reasons of the nearest place at or above a path that has any ready."""
    nearest = await session.scalar(
        select(ReasonRow.place_id)
        .join(PlaceRow, PlaceRow.id == ReasonRow.place_id)
        .where(ReasonRow.place_id.in_(ancestors(path)), ReasonRow.removed_at.is_(None))
        .order_by(func.length(PlaceRow.path).desc())
        .limit(1)
    )
    return [] if nearest is None else await _reasons(session, nearest)


async def reasons_for(session: Session, proposal_id: int) -> list[CannedReason]:
    """List the reasons that are ready for returning a proposal."""
    path = await session.scalar(
        select(PlaceRow.path)
        .join(ProposalRow, ProposalRow.place_id == PlaceRow.id)
        .where(ProposalRow.id == proposal_id)
    )
    return [] if path is None else await reasons_at(session, path)


async def reason_for(session: Session, path: str, reason_id: int) -> str | None:
    """Return the words of a reason that is ready at or above a path; None for any other."""
    row = await session.get(ReasonRow, reason_id)
    ready = row is not None and row.removed_at is None and row.place_id in ancestors(path)
    return row.words if row is not None and ready else None


async def place_reasons(session: Session, actor: Person, place_id: int) -> PlaceReasons | None:
    """Show a place's own reasons to its desk; None for others."""
    place = await find_place(session, place_id)
    if place is None or not actor.may(Right.WORK_DESK, place.path):
        return None
    return PlaceReasons(place, tuple(await _reasons(session, place_id)))


async def desk_tops(session: Session, actor: Person) -> tuple[Place, ...]:
    """List the tops of the places at whose desk somebody works."""
    paths = actor.paths_with(Right.WORK_DESK)
    return (await offer_within(session, paths, None)).options if paths else ()


async def _reasons(session: Session, place_id: int) -> list[CannedReason]:
    rows = await session.scalars(
        select(ReasonRow)
        .where(ReasonRow.place_id == place_id, ReasonRow.removed_at.is_(None))
        .order_by(ReasonRow.id)
    )
    return [CannedReason(row.id, row.words) for row in rows]


ALL_TOPICS = ""
"""The topic of terms that hold for every topic without its own."""


async def terms_at(session: Session, path: str, topic: ProposalTopic) -> ReceptionTerms:
    """Return what is asked for at a place: as the nearest place that has set anything wants it.

    There its terms for the topic go before those for all. Where nobody has set any, the policy's.
    """
    row = await _nearest(session, path, (topic, ALL_TOPICS))
    return _default(session) if row is None else _terms(row)


async def place_terms(session: Session, actor: Person, place_id: int) -> PlaceTerms | None:
    """Show the terms that hold at a place, to whoever may set them there; None for others."""
    place = await find_place(session, place_id)
    if place is None or not actor.may(Right.SUPERVISE, place.path):
        return None
    rows = await session.scalars(select(TermsRow.topic).where(TermsRow.place_id == place_id))
    own = set(rows)
    standing = []
    for topic in (None, *ProposalTopic):
        sought = (ALL_TOPICS,) if topic is None else (topic, ALL_TOPICS)
        row = await _nearest(session, place.path, sought)
        terms = _default(session) if row is None else _terms(row)
        standing.append(StandingTerms(topic, terms, own=(topic or ALL_TOPICS) in own))
    return PlaceTerms(place, tuple(standing))


async def _nearest(session: Session, path: str, topics: Iterable[str]) -> TermsRow | None:
    return await session.scalar(
        select(TermsRow)
        .join(PlaceRow, PlaceRow.id == TermsRow.place_id)
        .where(TermsRow.place_id.in_(ancestors(path)), TermsRow.topic.in_(list(topics)))
        .order_by(func.length(PlaceRow.path).desc(), TermsRow.topic.desc())
        .limit(1)
    )


def _default(session: Session) -> ReceptionTerms:
    policy = policy_of(session, ProposalPolicy)
    return ReceptionTerms(policy.seconds_needed, policy.seconding_for)


def _terms(row: TermsRow) -> ReceptionTerms:
    return ReceptionTerms(row.needed, timedelta(days=row.days))

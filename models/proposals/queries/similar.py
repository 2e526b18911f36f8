"""Finding what is similar to a proposal while it is written; rapidfuzz lives here alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all

from models.database import Session
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.names.queries import places_by_id
from models.people.views import Person
from models.proposals.queries.detail import lines_for
from models.proposals.rules.similar import (
    ALIKE_FROM,
    ASKED_LATELY,
    LATELY,
    SHOWN_PROPOSALS,
    SHOWN_REQUESTS,
    Wording,
    pieces,
    wording,
)
from models.proposals.rules.states import ENDED, State
from models.proposals.tables import GramRow, ProposalRow
from models.proposals.views import Nearby, ProposalLine

ASKED_AT_MOST = 60
"""Pieces of what is being written that are looked up, those of the title first."""
COUNTED_AT_MOST = 1_000
"""Entries of one piece that are counted and read: of what more proposals say, the newest."""
READ_AT_MOST = 6_000
"""Entries of the rarest pieces that are read in all."""
WEIGHED = 60
"""Proposals with the most and rarest pieces in common, whose words are compared in full."""
REQUESTS_WEIGHED = 200

UNDERWAY = frozenset(State) - ENDED - {State.SUBMITTED, State.RETURNED}
DECIDED = frozenset({State.CLOSED, State.DECLINED, State.LAPSED})
COMMON_THINGS = "public"
"""The kinds of request about what belongs to all; others would tell of somebody's own troubles."""
TOLD_OF = (
    RequestState.OPEN,
    RequestState.CLAIMED,
    RequestState.UNDERWAY,
    RequestState.DONE,
    RequestState.CLOSED,
    RequestState.UNSOLVED,
)


async def similar_proposals(
    session: Session, actor: Person, community_id: int, written: Wording, *, now: datetime
) -> list[ProposalLine]:
    """List the proposals of a community most like what is being written, the likest first.

    Those that everybody may read, and the writer's own: going on, or decided within LATELY.
    """
    found = await _candidates(session, actor, community_id, written, now)
    rows = await session.scalars(select(ProposalRow).where(ProposalRow.id.in_(found)))
    weighed = [(likeness(written, _wording(row)), row.id, row) for row in rows]
    best = sorted((one for one in weighed if one[0] >= ALIKE_FROM), reverse=True)
    return await lines_for(session, [row for *_, row in best[:SHOWN_PROPOSALS]], now)


async def own_among(session: Session, actor: Person, ids: Sequence[int]) -> set[int]:
    """Tell which of some proposals somebody has written themselves."""
    wanted = (ProposalRow.id.in_(ids), ProposalRow.author_id == actor.id)
    return set(await session.scalars(select(ProposalRow.id).where(*wanted)))


async def similar_requests(
    session: Session, community_id: int, written: Wording, *, now: datetime
) -> list[Nearby]:
    """List lately asked requests about the common things of a community that are alike."""
    rows = await session.scalars(
        select(RequestRow)
        .where(
            RequestRow.community_id == community_id,
            RequestRow.category.startswith(COMMON_THINGS),
            RequestRow.state.in_(TOLD_OF),
            RequestRow.created_at > now - ASKED_LATELY,
        )
        .order_by(RequestRow.number.desc())
        .limit(REQUESTS_WEIGHED)
    )
    weighed = [(_overlap(written.whole, pieces(row.text)), row.id, row) for row in rows]
    best = sorted((one for one in weighed if one[0] >= ALIKE_FROM), reverse=True)
    chosen = [row for *_, row in best[:SHOWN_REQUESTS]]
    places = await places_by_id(session, {row.place_id for row in chosen})
    return [Nearby(r.category, places[r.place_id], RequestState(r.state)) for r in chosen]


def likeness(one: Wording, other: Wording) -> float:
    """Return how alike two proposals are: 0 to 100, the titles for half of it; 100 is the same."""
    return (_overlap(one.title, other.title) + _overlap(one.whole, other.whole)) / 2


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 - loaded by the first proposal that is written

    return fuzz.token_set_ratio(" ".join(one), " ".join(other)) if one and other else 0.0


def _wording(row: ProposalRow) -> Wording:
    return wording(row.title, row.problem, row.wish)


async def _candidates(
    session: Session, actor: Person, community_id: int, written: Wording, now: datetime
) -> list[int]:
    """Return the proposals with the most and rarest pieces in common."""
    counts = await _counts(session, community_id, written.whole[:ASKED_AT_MOST])
    rarest, read = [], 0
    for piece in sorted(counts, key=lambda each: (counts[each], each)):
        if read < READ_AT_MOST:
            rarest.append(_entries(community_id, piece, 1 / counts[piece]))
        read += counts[piece]
    if not rarest:
        return []
    entries = union_all(*rarest).subquery()
    found = await session.scalars(
        select(ProposalRow.id)
        .join(entries, entries.c.proposal_id == ProposalRow.id)
        .where(_shown(actor, now))
        .group_by(ProposalRow.id)
        .order_by(func.sum(entries.c.weight).desc(), ProposalRow.id.desc())
        .limit(WEIGHED)
    )
    return list(found)


def _entries(community_id: int, piece: str, weight: float) -> Select[int, float]:
    newest = (
        select(GramRow.proposal_id, literal(weight).label("weight"))
        .where(GramRow.community_id == community_id, GramRow.gram == piece)
        .order_by(GramRow.proposal_id.desc())
        .limit(COUNTED_AT_MOST)
        .subquery()
    )
    return select(newest.c.proposal_id, newest.c.weight)


async def _counts(session: Session, community_id: int, found: Sequence[str]) -> dict[str, int]:
    """Count in how many proposals of a community each piece is, up to COUNTED_AT_MOST."""
    if not found:
        return {}
    rows = await session.execute(union_all(*(_count(community_id, piece) for piece in found)))
    return {piece: many for piece, many in rows.all() if many}


def _count(community_id: int, piece: str) -> Select[str, int]:
    some = (
        select(GramRow.proposal_id)
        .where(GramRow.community_id == community_id, GramRow.gram == piece)
        .limit(COUNTED_AT_MOST)
        .subquery()
    )
    return select(literal(piece), select(func.count()).select_from(some).scalar_subquery())


def _shown(actor: Person, now: datetime) -> ColumnElement[bool]:
    """Say in SQL which proposals are worth showing."""
    lately = and_(ProposalRow.state.in_(DECIDED), ProposalRow.closed_at > now - LATELY)
    public = and_(
        ProposalRow.received_at.is_not(None), or_(ProposalRow.state.in_(UNDERWAY), lately)
    )
    own = and_(ProposalRow.author_id == actor.id, ProposalRow.state.not_in(ENDED))
    return or_(public, own)

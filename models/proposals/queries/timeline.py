"""What happened to a proposal, as each reader may read it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from models.database import Session
from models.media import Media, MediaKind
from models.names.queries import Names, names_for
from models.people.views import Person
from models.proposals.queries.detail import may_read, part_of
from models.proposals.rules.notices import ProposalEvent, Readers
from models.proposals.rules.outcomes import Refusal
from models.proposals.rules.states import Part
from models.proposals.tables import ProposalLineRow, ProposalMediaRow, ProposalRow
from models.proposals.views import ProposalTimelineLine, TimelinePage

BY_AUTHOR = frozenset(
    {
        ProposalEvent.SUBMITTED,
        ProposalEvent.RESUBMITTED,
        ProposalEvent.EDITED,
        ProposalEvent.WITHDRAWN,
    }
)
"""What nobody but the author does; all else is done by the office, or by the clock."""

A_PAGE = 12
"""Lines on one page: with words in most of them about a screen and a half of a phone."""


async def timeline_page(
    session: Session, actor: Person, proposal_id: int, *, page: int
) -> TimelinePage | Refusal:
    """Tell a page of what happened, the latest page first: 0; on it the oldest line first.

    Everybody reads what is for all, the author also what is for them, the desk everything. Where
    the proposal is without a name, its author's lines name nobody but to themselves.
    """
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return Refusal.MISSING
    part = await part_of(session, actor, proposal)
    if not may_read(proposal, part):
        return Refusal.NOT_ALLOWED
    wanted = (
        ProposalLineRow.proposal_id == proposal_id,
        ProposalLineRow.readers.in_(readable(author=part.author, desk=part.desk)),
    )
    count = await session.scalar(select(func.count()).where(*wanted)) or 0
    pages = max(1, -(-count // A_PAGE))
    page = min(page, pages - 1)
    rows = await session.scalars(
        select(ProposalLineRow)
        .where(*wanted)
        .order_by(ProposalLineRow.id.desc())
        .limit(A_PAGE)
        .offset(page * A_PAGE)
    )
    lines = await _lines(session, proposal, part, list(rows)[::-1])
    return TimelinePage(
        proposal.id, proposal.number, proposal.title, proposal.seal, tuple(lines), page, pages
    )


def readable(*, author: bool, desk: bool) -> list[Readers]:
    """List whose lines somebody reads: its author, the desk, or anybody."""
    if desk:
        return list(Readers)
    return [Readers.ALL, Readers.AUTHOR] if author else [Readers.ALL]


async def _lines(
    session: Session, proposal: ProposalRow, part: Part, rows: Sequence[ProposalLineRow]
) -> list[ProposalTimelineLine]:
    named = [_person_in(row) for row in rows]
    names = await names_for(session, [*(row.actor_id for row in rows), *named])
    numbers = await _numbers(session, rows)
    media = await _media(session, [row.id for row in rows])
    hides = proposal.anonymous and not part.author
    return [
        ProposalTimelineLine(
            line_id=row.id,
            at=row.at,
            what=ProposalEvent(row.what),
            who=None if hides and _by_author(row, proposal) else names.person(row.actor_id),
            by_author=_by_author(row, proposal),
            detail=_detail(row, names, numbers),
            words=row.words,
            media=media.get(row.id, ()),
            private=row.readers != Readers.ALL,
        )
        for row in rows
    ]


def _by_author(row: ProposalLineRow, proposal: ProposalRow) -> bool:
    """Tell what somebody did as the author from what they did at work.

    Whoever is at the desk themselves may deliver what they proposed, or publish the minutes: there
    they are named like anybody, and as 'the author' everybody would know whose name is kept back.
    """
    return row.what in BY_AUTHOR and row.actor_id == proposal.author_id


def _detail(row: ProposalLineRow, names: Names, numbers: dict[int, int]) -> dict[str, Any]:
    """Add the `name` of a person in the detail, and the `number` of the proposal it went into."""
    detail = dict(row.detail or {})
    if person := names.person(_person_in(row)):
        detail["name"] = person.name
    if row.what == ProposalEvent.MERGED and detail.get("into") in numbers:
        detail["number"] = numbers[detail["into"]]
    return detail


def _person_in(row: ProposalLineRow) -> int | None:
    found = (row.detail or {}).get("person")
    return found if isinstance(found, int) else None


async def _numbers(session: Session, rows: Sequence[ProposalLineRow]) -> dict[int, int]:
    into = [(row.detail or {}).get("into") for row in rows if row.what == ProposalEvent.MERGED]
    found = await session.execute(
        select(ProposalRow.id, ProposalRow.number).where(ProposalRow.id.in_(into))
    )
    return {row.id: row.number for row in found}


async def _media(session: Session, line_ids: Sequence[int]) -> dict[int, tuple[Media, ...]]:
    rows = await session.scalars(
        select(ProposalMediaRow)
        .where(ProposalMediaRow.line_id.in_(line_ids))
        .order_by(ProposalMediaRow.position)
    )
    found: dict[int, tuple[Media, ...]] = {}
    for row in rows:
        if row.line_id is not None:
            found[row.line_id] = (
                *found.get(row.line_id, ()),
                Media(MediaKind(row.kind), row.file_id),
            )
    return found

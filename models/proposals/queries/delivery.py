"""Reading how a delivery goes: notes, parts that volunteers do, what people said."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.help.queries.desk import desk_people
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.help.views import StaffChoice
from models.media import Media
from models.names.queries import Names, names_for
from models.names.views import Who
from models.people.views import Person
from models.proposals.queries.detail import (
    media_of,
    path_of,
    proposal_told,
    proposal_view,
    supporters,
)
from models.proposals.queries.reception import reasons_at
from models.proposals.queries.timeline import readable
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.outcomes import Refusal
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalLineRow, ProposalMediaRow, ProposalRow, RatingRow
from models.proposals.views import DeliveryView, Opinion, ProposalTimelineLine, ProposalView, Task

NOTES = (
    ProposalEvent.PROGRESS,
    ProposalEvent.OVERDUE,
    ProposalEvent.DELIVERED,
    ProposalEvent.RATED,
    ProposalEvent.REDO,
)
"""Lines that tell how a delivery goes."""

SHOWN = 5
"""Of notes, parts and words the latest; all lines are in the timeline."""


async def delivery_view(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> DeliveryView | Refusal:
    """Show how the delivery of a proposal goes, to everybody who may read it."""
    view = await proposal_view(session, actor, proposal_id, now=now)
    return view if isinstance(view, Refusal) else await _whole(session, actor.id, view)


async def delivery_told(
    session: Session, reader_id: int, proposal_id: int, *, now: datetime
) -> DeliveryView | None:
    """Show the same to the reader of a notice; None where it is none of theirs any more."""
    view = await proposal_told(session, reader_id, proposal_id, now=now)
    return await _whole(session, reader_id, view) if view else None


async def line_told(
    session: Session, proposal_id: int, line_id: int | None
) -> ProposalTimelineLine | None:
    """Return a line of the timeline that a notice is about."""
    row = await session.get(ProposalLineRow, line_id) if line_id else None
    if row is None or row.proposal_id != proposal_id:
        return None
    return (await _pictured(session, [row]))[0]


async def line_media(
    session: Session, actor: Person, proposal_id: int, line_id: int, *, now: datetime
) -> tuple[Media, ...] | Refusal:
    """Return what came along with a line of the timeline, to whoever may read that line."""
    view = await proposal_view(session, actor, proposal_id, now=now)
    if isinstance(view, Refusal):
        return view
    line = await session.get(ProposalLineRow, line_id)
    if line is None or line.proposal_id != proposal_id:
        return Refusal.MISSING
    if line.readers not in readable(author=view.mine, desk=view.staff):
        await deny(session, actor.id, "proposals", now=now, subject_id=proposal_id)
        return Refusal.NOT_ALLOWED
    return await media_of(session, proposal_id, ProposalMediaRow.line_id == line_id)


async def person_choices(session: Session, actor: Person, proposal_id: int) -> list[StaffChoice]:
    """List who of the staff may answer for a delivery, least loaded first; empty without right."""
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return []
    view = await proposal_told(session, actor.id, proposal_id, now=proposal.changed_at)
    if view is None or Move.ASSIGN not in view.may:
        return []
    found = await session.execute(desk_people(await path_of(session, proposal)))
    return [
        StaffChoice(Who(row.id, row.name), row.carried)
        for row in found.all()
        if row.id != proposal.person_id
    ]


async def ready_reasons(session: Session, proposal_id: int) -> list[str]:
    """List the reasons that the place of a proposal has ready for declining it."""
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return []
    return [one.words for one in await reasons_at(session, await path_of(session, proposal))]


async def count_readers(session: Session, actor: Person, proposal_id: int) -> int:
    """Count whom a note about a delivery goes to: author and backers, but for its writer."""
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return 0
    people = {proposal.author_id, *await supporters(session, proposal, any_text=True)}
    return len(people - {proposal.person_id, actor.id})


async def _whole(session: Session, reader_id: int, view: ProposalView) -> DeliveryView:
    proposal_id = view.line.proposal_id
    owner = view.person is not None and view.person.id == reader_id
    return DeliveryView(
        proposal=view,
        notes=await _latest(session, proposal_id, NOTES),
        tasks=await _tasks(session, proposal_id),
        opinions=await _opinions(session, proposal_id) if view.staff or owner else (),
        owner=owner,
        final_words=await _final_words(session, proposal_id),
    )


async def _latest(
    session: Session, proposal_id: int, kinds: Iterable[ProposalEvent]
) -> tuple[ProposalTimelineLine, ...]:
    rows = await session.scalars(
        select(ProposalLineRow)
        .where(ProposalLineRow.proposal_id == proposal_id, ProposalLineRow.what.in_(list(kinds)))
        .order_by(ProposalLineRow.id.desc())
        .limit(SHOWN)
    )
    return tuple(await _pictured(session, list(rows)))


async def _pictured(session: Session, rows: list[ProposalLineRow]) -> list[ProposalTimelineLine]:
    names = await names_for(session, [row.actor_id for row in rows])
    return [await _picture(session, row, names) for row in rows]


async def _picture(session: Session, row: ProposalLineRow, names: Names) -> ProposalTimelineLine:
    """Picture a line that whoever delivers has written, as such and not as the author."""
    came_along = ProposalMediaRow.line_id == row.id
    return ProposalTimelineLine(
        line_id=row.id,
        at=row.at,
        what=ProposalEvent(row.what),
        who=names.person(row.actor_id),
        by_author=False,
        detail=row.detail or {},
        words=row.words,
        media=await media_of(session, row.proposal_id, came_along),
    )


async def _tasks(session: Session, proposal_id: int) -> tuple[Task, ...]:
    lines = await session.scalars(
        select(ProposalLineRow)
        .where(
            ProposalLineRow.proposal_id == proposal_id, ProposalLineRow.what == ProposalEvent.HELP
        )
        .order_by(ProposalLineRow.id.desc())
        .limit(SHOWN)
    )
    ids = [(line.detail or {}).get("request") for line in lines]
    rows = await session.scalars(
        select(RequestRow).where(RequestRow.id.in_([one for one in ids if one is not None]))
    )
    return tuple(_task(row) for row in sorted(rows, key=lambda row: -row.id))


def _task(row: RequestRow) -> Task:
    return Task(row.id, row.number, row.category, RequestState(row.state), row.hands, row.held)


async def _opinions(session: Session, proposal_id: int) -> tuple[Opinion, ...]:
    rows = await session.scalars(
        select(RatingRow)
        .where(RatingRow.proposal_id == proposal_id, RatingRow.words.is_not(None))
        .order_by(RatingRow.at.desc(), RatingRow.person_id)
        .limit(SHOWN)
    )
    return tuple(Opinion(row.stars, row.words or "") for row in rows)


async def _final_words(session: Session, proposal_id: int) -> str | None:
    return await session.scalar(
        select(ProposalLineRow.words)
        .where(
            ProposalLineRow.proposal_id == proposal_id, ProposalLineRow.what == ProposalEvent.CLOSED
        )
        .order_by(ProposalLineRow.id.desc())
        .limit(1)
    )

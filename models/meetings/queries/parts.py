"""Who is what to a meeting: guests, stand-ins, those who look after it, those on its agenda."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, or_, select

from models.database import Session
from models.meetings.rules.notices import Reply, State
from models.meetings.tables import ActionRow, AgendaRow, GuestRow, MeetingRow
from models.meetings.views import GuestCounts
from models.people.rules import Right
from models.people.views import Person
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.proposals.tables import ProposalRow, SecondRow


async def path_of(session: Session, meeting: MeetingRow) -> str:
    """Return the path of the community that a meeting is held for."""
    return (await session.get_one(PlaceRow, meeting.place_id)).path


async def meeting_about(session: Session, proposal_id: int) -> int | None:
    """Return the last meeting that has a proposal on its agenda and was not called off, by id."""
    return await session.scalar(
        select(MeetingRow.id)
        .join(AgendaRow, AgendaRow.meeting_id == MeetingRow.id)
        .where(AgendaRow.proposal_id == proposal_id, MeetingRow.state != State.OFF)
        .order_by(MeetingRow.starts_at.desc())
        .limit(1)
    )


async def looks_after(session: Session, actor: Person, meeting: MeetingRow) -> bool:
    """Return who changes a meeting and publishes its minutes: whoever answers for the community.

    Whoever called it for a part of the community that they answer for does so as well.
    """
    path = await path_of(session, meeting)
    if actor.may(Right.SUPERVISE, path):
        return True
    answers_for = actor.paths_with(Right.SUPERVISE)
    return meeting.called_by == actor.id and any(covers(path, part) for part in answers_for)


async def of_desk(session: Session, actor: Person, meeting: MeetingRow) -> bool:
    """Return who works at a desk of the community, or of a part of it."""
    path = await path_of(session, meeting)
    works_at = actor.paths_with(Right.WORK_DESK)
    return any(covers(path, part) or covers(part, path) for part in works_at)


async def guest_of(session: Session, meeting_id: int, person_id: int) -> GuestRow | None:
    """Return somebody's row as a guest."""
    return await session.scalar(
        select(GuestRow).where(GuestRow.meeting_id == meeting_id, GuestRow.person_id == person_id)
    )


async def stand_in_of(session: Session, guest: GuestRow) -> GuestRow | None:
    """Return who comes instead of a guest; whoever took it and cannot come after all does not."""
    return await session.scalar(
        select(GuestRow)
        .where(
            GuestRow.meeting_id == guest.meeting_id,
            GuestRow.instead_of == guest.person_id,
            or_(GuestRow.reply.is_(None), GuestRow.reply != Reply.NO),
        )
        .order_by(GuestRow.id)
        .limit(1)
    )


async def replaced_in(session: Session, meeting_id: int) -> set[int]:
    """List the guests (person ids) instead of whom somebody comes."""
    found = await session.scalars(
        select(GuestRow.instead_of).where(
            GuestRow.meeting_id == meeting_id,
            GuestRow.instead_of.is_not(None),
            or_(GuestRow.reply.is_(None), GuestRow.reply != Reply.NO),
        )
    )
    return {one for one in found if one is not None}


async def agenda_of(session: Session, meeting_ids: Iterable[int]) -> dict[int, list[ProposalRow]]:
    """Return the proposals on the agenda of meetings, in order, by meeting."""
    rows = await session.execute(
        select(AgendaRow.meeting_id, ProposalRow)
        .join(ProposalRow, ProposalRow.id == AgendaRow.proposal_id)
        .where(AgendaRow.meeting_id.in_(list(meeting_ids)))
        .order_by(AgendaRow.meeting_id, AgendaRow.position)
    )
    found: dict[int, list[ProposalRow]] = {}
    for meeting_id, proposal in rows.all():
        found.setdefault(meeting_id, []).append(proposal)
    return found


async def backers(session: Session, proposal_ids: Sequence[int]) -> set[int]:
    """List the authors of proposals and everybody who backs them, in whatever text."""
    authors = await session.scalars(
        select(ProposalRow.author_id).where(ProposalRow.id.in_(proposal_ids))
    )
    seconders = await session.scalars(
        select(SecondRow.person_id).where(
            SecondRow.proposal_id.in_(proposal_ids), SecondRow.withdrawn_at.is_(None)
        )
    )
    return {*authors, *seconders}


async def is_backer(session: Session, person_id: int, meeting_id: int) -> bool:
    """Return whether somebody wrote or backs a proposal on the agenda."""
    agenda = select(AgendaRow.proposal_id).where(AgendaRow.meeting_id == meeting_id)
    wrote = select(ProposalRow.id).where(
        ProposalRow.id.in_(agenda), ProposalRow.author_id == person_id
    )
    seconded = select(SecondRow.proposal_id).where(
        SecondRow.proposal_id.in_(agenda),
        SecondRow.person_id == person_id,
        SecondRow.withdrawn_at.is_(None),
    )
    return await session.scalar(wrote.union_all(seconded).limit(1)) is not None


async def has_item(session: Session, person_id: int, meeting_id: int) -> bool:
    """Return whether somebody was given something to do by a meeting."""
    found = await session.scalar(
        select(ActionRow.id)
        .where(ActionRow.meeting_id == meeting_id, ActionRow.person_id == person_id)
        .limit(1)
    )
    return found is not None


async def counts_of(session: Session, meeting_id: int) -> GuestCounts:
    """Count the guests of a meeting by what they said, and who came."""
    rows = await session.execute(
        select(GuestRow.reply, func.count(), func.count(GuestRow.came_at))
        .where(GuestRow.meeting_id == meeting_id)
        .group_by(GuestRow.reply)
    )
    said = {reply: (number, came) for reply, number, came in rows.all()}
    numbers = {reply: said.get(reply, (0, 0))[0] for reply in (*Reply, None)}
    replaced = await _count_replaced(session, meeting_id)
    return GuestCounts(
        invited=sum(numbers.values()) - numbers[Reply.LISTENER],
        yes=numbers[Reply.YES],
        no=numbers[Reply.NO],
        instead=numbers[Reply.INSTEAD] - replaced,
        replaced=replaced,
        silent=numbers[None],
        came=sum(came for _number, came in said.values()),
        listeners=numbers[Reply.LISTENER],
    )


async def _count_replaced(session: Session, meeting_id: int) -> int:
    """Count the guests who sent somebody who comes."""
    found = await session.scalar(
        select(func.count(GuestRow.id)).where(
            GuestRow.meeting_id == meeting_id,
            GuestRow.reply == Reply.INSTEAD,
            GuestRow.person_id.in_(await replaced_in(session, meeting_id)),
        )
    )
    return found or 0


def reply_of(guest: GuestRow) -> Reply | None:
    """Read what a guest said."""
    return Reply(guest.reply) if guest.reply else None

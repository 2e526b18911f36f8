"""Reading lists: the meetings somebody is invited to, the guests of one, links to come instead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, literal, or_, select, union

from models.audit.actions import deny
from models.database import Session
from models.meetings.queries.detail import SUBJECT
from models.meetings.queries.items import count_open
from models.meetings.queries.parts import (
    agenda_of,
    counts_of,
    looks_after,
    of_desk,
    reply_of,
)
from models.meetings.rules.notices import Move, State
from models.meetings.rules.outcomes import Refusal
from models.meetings.rules.timing import LENGTH, why_not
from models.meetings.tables import GuestRow, MeetingRow
from models.meetings.views import GuestLine, GuestPage, MeetingLine, MeetingPage
from models.names.queries import names_for, places_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow


async def my_meetings(
    session: Session, actor: Person, page: int, size: int, *, now: datetime
) -> MeetingPage:
    """Return a page of the meetings somebody is a guest of: what comes first, then what was.

    Of the places whose desk they work at, or that they answer for, what comes is there as well.
    """
    theirs = (GuestRow.meeting_id == MeetingRow.id) & (GuestRow.person_id == actor.id)
    at_desk = (
        select(MeetingRow.id)
        .join(PlaceRow, PlaceRow.id == MeetingRow.place_id)
        .where(_coming(now), _at_desk(actor))
    )
    wanted = union(  # each part by an index; of an OR over both tables none could be used
        select(GuestRow.meeting_id).where(GuestRow.person_id == actor.id), at_desk
    )
    found = select(MeetingRow, GuestRow).outerjoin(GuestRow, theirs)
    found = found.where(MeetingRow.id.in_(wanted))
    number = await session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = max(1, -(-number // size))
    page = min(page, pages - 1)
    rows = await session.execute(
        found.order_by(*_coming_first(now)).offset(page * size).limit(size)
    )
    shown = [(meeting, guest) for meeting, guest in rows.all()]
    return MeetingPage(
        await _lines(session, shown), page, pages, await count_open(session, actor.id)
    )


def _at_desk(actor: Person) -> ColumnElement[bool]:
    """Say in SQL that a meeting is of a place that somebody answers for, as `of_desk` does."""
    paths = {*actor.paths_with(Right.WORK_DESK), *actor.paths_with(Right.SUPERVISE)}
    parts = (
        or_(PlaceRow.path.startswith(path), literal(path).startswith(PlaceRow.path))
        for path in sorted(paths)
    )
    return or_(false(), *parts)


def _coming(now: datetime) -> ColumnElement[bool]:
    return (MeetingRow.state == State.CALLED) & (MeetingRow.starts_at > now - LENGTH)


def _coming_first(now: datetime) -> list[Any]:
    coming = _coming(now)
    return [
        case((coming, 0), else_=1),
        case((coming, MeetingRow.starts_at)),
        MeetingRow.starts_at.desc(),
        MeetingRow.id,
    ]


async def _lines(
    session: Session, found: Sequence[tuple[MeetingRow, GuestRow | None]]
) -> tuple[MeetingLine, ...]:
    places = await places_by_id(session, {meeting.place_id for meeting, _guest in found})
    agendas = await agenda_of(session, [meeting.id for meeting, _guest in found])
    return tuple(
        MeetingLine(
            meeting_id=meeting.id,
            state=State(meeting.state),
            starts_at=meeting.starts_at,
            community=places[meeting.place_id],
            titles=tuple(one.title for one in agendas.get(meeting.id, [])),
            reply=reply_of(guest) if guest else None,
            invited=guest is not None,
        )
        for meeting, guest in found
    )


async def guests_page(
    session: Session, actor: Person, meeting_id: int, page: int, size: int, *, now: datetime
) -> GuestPage | Refusal:
    """Return a page of the guests for the desk: who said what, who came; by name."""
    meeting = await session.get(MeetingRow, meeting_id)
    if meeting is None:
        return Refusal.MISSING
    manages = await looks_after(session, actor, meeting)
    if not manages and not await of_desk(session, actor, meeting):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=meeting_id)
        return Refusal.NOT_ALLOWED
    counts = await counts_of(session, meeting_id)
    pages = max(1, -(-(counts.invited + counts.listeners) // size))
    page = min(page, pages - 1)
    rows = await session.execute(
        select(GuestRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == GuestRow.person_id)
        .where(GuestRow.meeting_id == meeting_id)
        .order_by(PersonRow.name, GuestRow.id)
        .offset(page * size)
        .limit(size)
    )
    found = [(guest, name) for guest, name in rows.all()]
    names = await names_for(session, [guest.instead_of for guest, _name in found])
    lines = tuple(
        GuestLine(
            guest.id,
            name,
            reply_of(guest),
            guest.came_at is not None,
            names.person(guest.instead_of),
        )
        for guest, name in found
    )
    may_tick = manages and why_not(Move.TICK, State(meeting.state), meeting.starts_at, now) is None
    return GuestPage(meeting_id, lines, counts, page, pages, may_tick)

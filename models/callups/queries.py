"""Reading call-ups."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from models.callups.rules import (
    LIFECYCLE,
    PART_LIFECYCLE,
    Filled,
    Move,
    Notice,
    PartState,
    Relation,
    State,
)
from models.callups.tables import CallupArrivalRow, CallupAskRow, CallupPartRow, CallupRow
from models.callups.views import CallDay, CallupDue, CallupView
from models.database import Session
from models.names.queries import places_by_id
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.seats.queries import counts
from models.seats.rules import OPEN, SeatState
from models.seats.tables import SeatRow
from models.teams.rules import Membership
from models.teams.tables import MemberRow

NAME, PARTS_NAME = "callups", "callup_parts"
STANDS = (SeatState.WAITING, SeatState.ASKED, SeatState.HELD, SeatState.CAME, SeatState.ABSENT)


async def relations(session: Session, who: Person, row: CallupRow) -> frozenset[Relation]:
    """Return what somebody is to a call-up."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    mine = await memberships(session, who.id, row.id)
    asked = await session.scalar(
        select(CallupAskRow.id).where(
            CallupAskRow.callup_id == row.id, CallupAskRow.person_id == who.id
        )
    )
    second = who.may(Right.APPROVE_BROADCAST, path) and who.id != row.created_by
    holds = {
        Relation.HOST: who.may(Right.BROADCAST, path),
        Relation.SECOND: second,
        Relation.LEAD: any(one.lead for one in mine),
        Relation.CALLED: bool(mine) or asked is not None,
    }
    return frozenset(relation for relation, held in holds.items() if held)


async def _part_relations(
    _session: Session, _who: Person, _row: CallupPartRow
) -> frozenset[Relation]:
    return frozenset()


CALLUPS = RecordKind(
    NAME,
    CallupRow,
    LIFECYCLE,
    relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)
PARTS = RecordKind(PARTS_NAME, CallupPartRow, PART_LIFECYCLE, _part_relations)
"""Their seats are theirs; whoever changes one holds its call-up first."""


async def callup(
    session: Session, reader: Person, callup_id: int, *, now: datetime
) -> CallupView | Refusal:
    """Return one call-up as whoever is asked sees it."""
    row = await seen(session, CALLUPS, callup_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _call_view(session, reader, row, now)


async def callup_told(
    session: Session, reader_id: int, callup_id: int, now: datetime
) -> CallupView | None:
    """Return a call-up to the reader of a notice; None where they are not asked any more."""
    row = await seen_by_id(session, CALLUPS, callup_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _call_view(session, reader, row, now) if row and reader else None


async def open_for(session: Session, reader: Person, *, now: datetime) -> list[int]:
    """List the call-ups under way (ids) to which somebody is asked, the next first, drills last."""
    asked = select(CallupAskRow.callup_id).where(CallupAskRow.person_id == reader.id)
    teams = _teams_of(reader.id)
    theirs = select(CallupPartRow.callup_id).where(CallupPartRow.team_id.in_(teams))
    found = await session.scalars(
        select(CallupRow.id)
        .where(
            CallupRow.state == State.CALLED,
            CallupRow.ends_at > now,
            or_(CallupRow.id.in_(asked), CallupRow.id.in_(theirs)),
        )
        .order_by(CallupRow.drill, CallupRow.starts_at, CallupRow.id)
    )
    return list(found)


async def is_drill(session: Session, callup_id: int) -> bool:
    """Return whether a call-up is a drill."""
    found = await session.scalar(select(CallupRow.drill).where(CallupRow.id == callup_id))
    return bool(found)


async def is_drill_part(session: Session, part_id: int) -> bool:
    """Return whether a part is of a drill."""
    found = await session.scalar(
        select(CallupRow.drill)
        .join(CallupPartRow, CallupPartRow.callup_id == CallupRow.id)
        .where(CallupPartRow.id == part_id)
    )
    return bool(found)


async def parts_for(session: Session, callup_id: int, person_id: int) -> list[CallupPartRow]:
    """List the parts that somebody can come to: of their teams, for anybody, and where they have
    a place already, in whichever team they are by now."""
    held = select(SeatRow.subject_id).where(
        SeatRow.subject == PARTS_NAME, SeatRow.person_id == person_id, SeatRow.state.in_(OPEN)
    )
    found = await session.scalars(
        select(CallupPartRow)
        .where(
            CallupPartRow.callup_id == callup_id,
            or_(
                CallupPartRow.team_id.is_(None),
                CallupPartRow.team_id.in_(_teams_of(person_id)),
                CallupPartRow.id.in_(held),
            ),
        )
        .order_by(CallupPartRow.id)
    )
    return list(found)


async def filled(session: Session, parts: Iterable[CallupPartRow]) -> list[Filled]:
    """Return how full some parts are, in their order."""
    rows = list(parts)
    full = await counts(session, PARTS_NAME, [row.id for row in rows])
    return [Filled(row.id, row.quota, full[row.id].taken, full[row.id].waiting) for row in rows]


async def all_parts(session: Session, callup_id: int) -> list[CallupPartRow]:
    """List the parts of a call-up, by day, in the order in which they were drawn up."""
    found = await session.scalars(
        select(CallupPartRow)
        .where(CallupPartRow.callup_id == callup_id)
        .order_by(CallupPartRow.day, CallupPartRow.id)
    )
    return list(found)


async def days_of(session: Session, person_id: int, *, drill: bool) -> Sequence[CallupPartRow]:
    """List the parts on which somebody comes or came: of drills, or of the real thing."""
    held = [SeatState.HELD, SeatState.ASKED, SeatState.CAME]
    found = await session.scalars(
        select(CallupPartRow)
        .join(CallupRow, CallupRow.id == CallupPartRow.callup_id)
        .join(SeatRow, (SeatRow.subject == PARTS_NAME) & (SeatRow.subject_id == CallupPartRow.id))
        .where(CallupRow.drill == drill, SeatRow.person_id == person_id, SeatRow.state.in_(held))
        .order_by(CallupPartRow.starts_at, CallupPartRow.id)
    )
    return found.all()


async def due_of(session: Session, person_id: int, now: datetime) -> list[CallupDue]:
    """List the days of call-ups on which somebody is expected, the next first; drills too."""
    rows = await session.execute(
        select(CallupPartRow, CallupRow.words)
        .join(CallupRow, CallupRow.id == CallupPartRow.callup_id)
        .join(SeatRow, (SeatRow.subject == PARTS_NAME) & (SeatRow.subject_id == CallupPartRow.id))
        .where(
            SeatRow.person_id == person_id,
            SeatRow.state.in_([SeatState.HELD, SeatState.CAME]),
            CallupPartRow.state == PartState.OPEN,
            CallupPartRow.ends_at > now,
        )
        .order_by(CallupPartRow.starts_at, CallupPartRow.id)
    )
    return [
        CallupDue(words, part.site, part.starts_at, part.ends_at, part.callup_id, part.id)
        for part, words in rows.all()
    ]


def _teams_of(person_id: int) -> Select[int]:
    return select(MemberRow.team_id).where(
        MemberRow.person_id == person_id, MemberRow.state == Membership.IN
    )


async def memberships(session: Session, person_id: int, callup_id: int) -> Sequence[MemberRow]:
    """List what somebody is a member of, of the teams that a call-up asks."""
    teams = select(CallupPartRow.team_id).where(CallupPartRow.callup_id == callup_id)
    found = await session.scalars(
        select(MemberRow).where(
            MemberRow.person_id == person_id,
            MemberRow.state == Membership.IN,
            MemberRow.team_id.in_(teams),
        )
    )
    return found.all()


async def _call_view(session: Session, reader: Person, row: CallupRow, now: datetime) -> CallupView:
    parts = await parts_for(session, row.id, reader.id)
    full = {one.part_id: one for one in await filled(session, parts)}
    mine = await _standing(session, reader.id, [part.id for part in parts])
    there = await _arrivals(session, reader.id, [part.id for part in parts])
    answered = await session.scalar(
        select(CallupAskRow.answered).where(
            CallupAskRow.callup_id == row.id, CallupAskRow.person_id == reader.id
        )
    )
    days = []
    for day in dict.fromkeys(part.day for part in sorted(parts, key=lambda one: one.day)):
        of_day = [part for part in parts if part.day == day]
        held = next((part for part in of_day if part.id in mine), None)
        seat = mine[held.id] if held else None
        arrival = there.get(held.id) if held else None
        days.append(
            CallDay(
                day=day,
                starts_at=of_day[0].starts_at,
                ends_at=of_day[0].ends_at,
                full=all(full[part.id].free == 0 for part in of_day),
                state=SeatState(seat.state) if seat else None,
                part_id=held.id if held else None,
                site=held.site if held and seat and seat.state != SeatState.WAITING else "",
                ask_until=seat.ask_until if seat else None,
                left=arrival is not None and arrival.left_at is not None,
                over=all(part.state == PartState.OVER for part in of_day)
                or of_day[0].ends_at <= now,
            )
        )
    return CallupView(
        id=row.id,
        words=row.words,
        place=(await places_by_id(session, {row.place_id}))[row.place_id],
        drill=row.drill,
        state=State(row.state),
        enough=row.enough_at is not None,
        why_off=row.why_off or "",
        sites=tuple(dict.fromkeys(part.site for part in parts)),
        days=tuple(days),
        moves=LIFECYCLE.open_to(row.state, await relations(session, reader, row)),
        declined=bool(answered) and not mine,
        minutes=sum(one.minutes or 0 for one in there.values()),
    )


async def _standing(
    session: Session, person_id: int, part_ids: Sequence[int]
) -> dict[int, SeatRow]:
    found = await session.scalars(
        select(SeatRow)
        .where(
            SeatRow.subject == PARTS_NAME,
            SeatRow.subject_id.in_(part_ids),
            SeatRow.person_id == person_id,
            SeatRow.state.in_(STANDS),
        )
        .execution_options(populate_existing=True)
    )
    return {seat.subject_id: seat for seat in found}


async def _arrivals(
    session: Session, person_id: int, part_ids: Sequence[int]
) -> dict[int, CallupArrivalRow]:
    found = await session.scalars(
        select(CallupArrivalRow)
        .where(CallupArrivalRow.part_id.in_(part_ids), CallupArrivalRow.person_id == person_id)
        .execution_options(populate_existing=True)
    )
    return {one.part_id: one for one in found}

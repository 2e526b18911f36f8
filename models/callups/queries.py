"""Reading call-ups."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select

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
from models.callups.views import (
    BoardPart,
    BoardView,
    CallDay,
    CallupDue,
    CallupLine,
    CallupView,
    LedParts,
    OnSite,
    PartRoster,
)
from models.database import Session
from models.names.queries import names_for, places_by_id
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.seats.queries import counts
from models.seats.rules import OPEN, SeatState
from models.seats.tables import SeatRow
from models.teams.rules import Membership
from models.teams.tables import MemberRow, TeamRow

NAME, PARTS_NAME = "callups", "callup_parts"
A_PAGE = 6
STANDS = (SeatState.WAITING, SeatState.ASKED, SeatState.HELD, SeatState.CAME, SeatState.ABSENT)


async def relations(session: Session, who: Person, row: CallupRow) -> frozenset[Relation]:
    """Return what somebody is to a call-up."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    mine = await _memberships(session, who.id, row.id)
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


async def board(
    session: Session, reader: Person, callup_id: int, *, now: datetime
) -> BoardView | Refusal:
    """Return how a call-up stands, to whoever drew it up or may be the second person."""
    row = await seen(session, CALLUPS, callup_id, Move.BOARD, reader, now)
    return row if isinstance(row, Refusal) else await _board_view(session, reader, row)


async def board_told(
    session: Session, reader_id: int, callup_id: int, _now: datetime
) -> BoardView | None:
    """Return how a call-up stands to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, CALLUPS, callup_id, Move.BOARD, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _board_view(session, reader, row) if row and reader else None


async def drawn_up(session: Session, reader: Person, page: int = 0) -> PageOf[CallupLine]:
    """Return a page of the call-ups at the places where somebody may call, the last first."""
    paths = reader.paths_with(Right.BROADCAST)
    at = CallupRow.place_id.in_(select(PlaceRow.id).where(at_or_below(paths)))
    found = await page_of(
        session, select(CallupRow).where(at).order_by(CallupRow.id.desc()), page, A_PAGE
    )
    ids = [row.id for row in found.lines]
    parts = await session.execute(
        select(CallupPartRow.callup_id, CallupPartRow.id, CallupPartRow.quota).where(
            CallupPartRow.callup_id.in_(ids)
        )
    )
    mine = parts.all()
    full = await counts(session, PARTS_NAME, [one.id for one in mine])
    lines = [
        CallupLine(
            id=row.id,
            words=row.words,
            state=State(row.state),
            drill=row.drill,
            starts_at=row.starts_at,
            wanted=sum(one.quota for one in mine if one.callup_id == row.id),
            coming=sum(full[one.id].taken for one in mine if one.callup_id == row.id),
        )
        for row in found.lines
    ]
    return found.of(lines)


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


async def roster(
    session: Session, actor: Person, part_id: int, *, now: datetime
) -> PartRoster | Refusal:
    """Return who comes to a part: to the lead of its team, and to whoever may call there."""
    part = await session.get(CallupPartRow, part_id, populate_existing=True)
    if part is None:
        return Refusal.MISSING
    row = await seen(session, CALLUPS, part.callup_id, Move.ROSTER, actor, now)
    if isinstance(row, Refusal):
        return row
    if not await answers_for(session, actor, row, part):
        return Refusal.NOT_ALLOWED
    (shown,) = await _board_parts(session, [part])
    people = await _on_site(session, part.id)
    return PartRoster(
        part.id, row.id, row.drill, shown, part.starts_at, part.ends_at, tuple(people)
    )


async def answers_for(session: Session, actor: Person, row: CallupRow, part: CallupPartRow) -> bool:
    """Return whether somebody notes who is there at a part: a lead of its team, or a host."""
    if {Relation.HOST, Relation.SECOND} & await relations(session, actor, row):
        return True
    if part.team_id is None:
        return False
    lead = select(MemberRow.id).where(
        MemberRow.team_id == part.team_id, MemberRow.person_id == actor.id, MemberRow.lead
    )
    return await session.scalar(lead) is not None


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


async def led(
    session: Session, reader: Person, callup_id: int, *, now: datetime
) -> LedParts | Refusal:
    """Return the parts of the teams that somebody leads; of whoever called, all."""
    row = await seen(session, CALLUPS, callup_id, Move.ROSTER, reader, now)
    return row if isinstance(row, Refusal) else await _led(session, reader, row)


async def to_confirm(
    session: Session, reader_id: int, callup_id: int, day: date
) -> LedParts | None:
    """Return, to the reader of a notice, the parts of a day on which nobody's word is given yet."""
    row = await seen_by_id(session, CALLUPS, callup_id, Move.ROSTER, reader_id)
    reader = await person_by_id(session, reader_id)
    if row is None or reader is None:
        return None
    found = await _led(session, reader, row)
    ids = [part_id for part_id, _part in found.parts]
    waiting = select(CallupArrivalRow.part_id).where(
        CallupArrivalRow.part_id.in_(ids), CallupArrivalRow.confirmed_at.is_(None)
    )
    open_ = set(await session.scalars(waiting))
    parts = [one for one in found.parts if one[1].day == day and one[0] in open_]
    return LedParts(found.drill, tuple(parts))


async def _led(session: Session, reader: Person, row: CallupRow) -> LedParts:
    parts = await all_parts(session, row.id)
    parts.sort(key=lambda part: part.state == PartState.OVER)
    if not {Relation.HOST, Relation.SECOND} & await relations(session, reader, row):
        mine = {one.team_id for one in await _memberships(session, reader.id, row.id) if one.lead}
        parts = [part for part in parts if part.team_id in mine]
    shown = await _board_parts(session, parts)
    return LedParts(row.drill, tuple((one.filled.part_id, one) for one in shown))


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


async def _memberships(session: Session, person_id: int, callup_id: int) -> Sequence[MemberRow]:
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


async def _board_view(session: Session, reader: Person, row: CallupRow) -> BoardView:
    asks = await session.execute(
        select(func.count(), func.count().filter(CallupAskRow.answered)).where(
            CallupAskRow.callup_id == row.id
        )
    )
    asked, answered = asks.one()
    names = await names_for(session, [row.created_by, row.approved_by])
    return BoardView(
        id=row.id,
        words=row.words,
        place=(await places_by_id(session, {row.place_id}))[row.place_id],
        drill=row.drill,
        state=State(row.state),
        enough=row.enough_at is not None,
        by=names.known(row.created_by),
        second=names.person(row.approved_by),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        asked=asked,
        answered=answered,
        parts=tuple(await _board_parts(session, await all_parts(session, row.id))),
        moves=LIFECYCLE.open_to(row.state, await relations(session, reader, row)),
    )


async def _board_parts(session: Session, parts: Sequence[CallupPartRow]) -> list[BoardPart]:
    full = {one.part_id: one for one in await filled(session, parts)}
    teams = await session.execute(
        select(TeamRow.id, TeamRow.name).where(
            TeamRow.id.in_({part.team_id for part in parts if part.team_id is not None})
        )
    )
    called = {one.id: one.name for one in teams}
    arrived = await session.execute(
        select(
            CallupArrivalRow.part_id,
            func.count().label("there"),
            func.count(CallupArrivalRow.left_at).label("left"),
        )
        .where(CallupArrivalRow.part_id.in_([part.id for part in parts]))
        .group_by(CallupArrivalRow.part_id)
    )
    there = {one.part_id: (one.there, one.left) for one in arrived}
    return [
        BoardPart(
            filled=full[part.id],
            team=called.get(part.team_id or 0, ""),
            site=part.site,
            day=part.day,
            state=PartState(part.state),
            there=there.get(part.id, (0, 0))[0],
            left=there.get(part.id, (0, 0))[1],
        )
        for part in parts
    ]


async def _on_site(session: Session, part_id: int) -> list[OnSite]:
    found = await session.execute(
        select(SeatRow, CallupArrivalRow)
        .outerjoin(
            CallupArrivalRow,
            (CallupArrivalRow.part_id == SeatRow.subject_id)
            & (CallupArrivalRow.person_id == SeatRow.person_id),
        )
        .where(
            SeatRow.subject == PARTS_NAME,
            SeatRow.subject_id == part_id,
            SeatRow.state.in_(STANDS),
        )
        .order_by(SeatRow.state == SeatState.WAITING, SeatRow.line)
        .execution_options(populate_existing=True)
    )
    rows = found.all()
    names = await names_for(session, [one.SeatRow.person_id for one in rows])
    return [
        OnSite(
            who=names.known(one.SeatRow.person_id),
            state=SeatState(one.SeatRow.state),
            arrived_at=one.CallupArrivalRow and one.CallupArrivalRow.arrived_at,
            left_at=one.CallupArrivalRow and one.CallupArrivalRow.left_at,
            minutes=one.CallupArrivalRow and one.CallupArrivalRow.minutes,
            confirmed=bool(one.CallupArrivalRow and one.CallupArrivalRow.confirmed_at),
        )
        for one in rows
    ]

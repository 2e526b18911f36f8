"""Reading how call-ups stand, for whoever draws them up and leads: boards, and lists of parts."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select

from models.callups.queries import (
    CALLUPS,
    PARTS_NAME,
    STANDS,
    all_parts,
    filled,
    memberships,
    relations,
)
from models.callups.rules import LIFECYCLE, Move, PartState, Relation, State
from models.callups.tables import CallupArrivalRow, CallupAskRow, CallupPartRow, CallupRow
from models.callups.views import (
    BoardPart,
    BoardView,
    CallupLine,
    LedParts,
    OnSite,
    PartRoster,
)
from models.database import Session
from models.names.queries import names_for, places_by_id
from models.people.desk import desks_over
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.seats.queries import counts
from models.seats.rules import SeatState
from models.seats.tables import SeatRow
from models.teams.tables import MemberRow, TeamRow

A_PAGE = 6


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
    found = await page_of(
        session,
        select(CallupRow).where(_called_by(reader)).order_by(CallupRow.id.desc()),
        page,
        A_PAGE,
    )
    ids = [row.id for row in found.lines]
    parts = await session.scalars(select(CallupPartRow).where(CallupPartRow.callup_id.in_(ids)))
    return found.of(await _lines(session, found.lines, parts.all()))


async def works_before(
    session: Session, reader: Person, until: datetime, *, now: datetime
) -> list[CallupLine]:
    """List the call-ups with people at work between now and an instant, where somebody may call.

    How many are wanted and come is said of the parts of that time alone.
    """
    found = await session.scalars(
        _at_work(now, until).where(_called_by(reader)).order_by(CallupPartRow.starts_at)
    )
    parts = found.all()
    ids = {part.callup_id for part in parts}
    rows = await session.scalars(
        select(CallupRow).where(CallupRow.id.in_(ids)).order_by(CallupRow.starts_at, CallupRow.id)
    )
    return await _lines(session, rows.all(), parts)


async def desks_with_callups(session: Session, now: datetime, until: datetime) -> list[int]:
    """List who works at a desk where a call-up has people at work in that time (person ids)."""
    ids = _at_work(now, until).with_only_columns(CallupRow.place_id)
    paths = await session.scalars(select(PlaceRow.path).where(PlaceRow.id.in_(ids)))
    return await desks_over(session, paths)


def _at_work(since: datetime, until: datetime) -> Select[CallupPartRow]:
    return (
        select(CallupPartRow)
        .join(CallupRow, CallupRow.id == CallupPartRow.callup_id)
        .where(
            CallupRow.state == State.CALLED,
            CallupPartRow.state == PartState.OPEN,
            CallupPartRow.starts_at < until,
            CallupPartRow.ends_at > since,
        )
    )


def _called_by(reader: Person) -> ColumnElement[bool]:
    paths = reader.paths_with(Right.BROADCAST)
    return CallupRow.place_id.in_(select(PlaceRow.id).where(at_or_below(paths)))


async def _lines(
    session: Session, rows: Sequence[CallupRow], parts: Sequence[CallupPartRow]
) -> list[CallupLine]:
    full = await counts(session, PARTS_NAME, [one.id for one in parts])
    lines = []
    for row in rows:
        theirs = [one for one in parts if one.callup_id == row.id]
        lines.append(
            CallupLine(
                id=row.id,
                words=row.words,
                state=State(row.state),
                drill=row.drill,
                starts_at=min((one.starts_at for one in theirs), default=row.starts_at),
                wanted=sum(one.quota for one in theirs),
                coming=sum(full[one.id].taken for one in theirs),
            )
        )
    return lines


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
        mine = {one.team_id for one in await memberships(session, reader.id, row.id) if one.lead}
        parts = [part for part in parts if part.team_id in mine]
    shown = await _board_parts(session, parts)
    return LedParts(row.drill, tuple((one.filled.part_id, one) for one in shown))


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

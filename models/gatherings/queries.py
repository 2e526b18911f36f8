"""Reading gatherings."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select

from models.database import Session
from models.gatherings.rules import (
    LIFECYCLE,
    GatheringKind,
    GatheringPolicy,
    Move,
    Notice,
    Relation,
    State,
)
from models.gatherings.tables import GatheringRow
from models.gatherings.views import (
    GatheringLine,
    GatheringView,
    Guest,
    LedgerLine,
    RosterView,
)
from models.marks.queries import mark_of, sums, sums_of_each, words_of
from models.names.queries import names_for, places_by_id
from models.people.queries import person_by_id, spoken_for
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.rules import ancestors, covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.seats.queries import counts, open_of, roster, seat_of
from models.seats.rules import OPEN, SeatState
from models.seats.tables import SeatRow
from models.seats.views import RosterLine

NAME = "gatherings"
A_PAGE = 6
LEDGER_AT_MOST = 5000


async def relations(session: Session, who: Person, row: GatheringRow) -> frozenset[Relation]:
    """Return what somebody is to a gathering."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    theirs = [who.id, *(card.id for card in await spoken_for(session, who.id))]
    listed = await session.scalar(
        select(SeatRow.id)
        .where(SeatRow.subject == NAME, SeatRow.subject_id == row.id, SeatRow.person_id.in_(theirs))
        .limit(1)
    )
    holds = {
        Relation.HOST: who.may(Right.WORK_DESK, path),
        Relation.NEIGHBOUR: who.place_path is not None and covers(path, who.place_path),
        Relation.GUEST: listed is not None,
    }
    return frozenset(relation for relation, held in holds.items() if held)


GATHERINGS = RecordKind(
    NAME,
    GatheringRow,
    LIFECYCLE,
    relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)


async def gathering(
    session: Session, reader: Person, gathering_id: int, *, now: datetime
) -> GatheringView | Refusal:
    """Return one gathering as its reader sees it."""
    row = await seen(session, GATHERINGS, gathering_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row)


async def gathering_told(
    session: Session, reader_id: int, gathering_id: int, _now: datetime
) -> GatheringView | None:
    """Return a gathering to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, GATHERINGS, gathering_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row) if row and reader else None


async def by_code(session: Session, code: str) -> int | None:
    """Return which gathering a poster's code belongs to."""
    return await session.scalar(select(GatheringRow.id).where(GatheringRow.code == code))


async def coming(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[GatheringLine]:
    """Return a page of what is announced where somebody lives or works, the next first."""
    around = GatheringRow.place_id.in_(ancestors(reader.place_path or ""))
    theirs = or_(around, _below(reader.paths_with(Right.WORK_DESK)))
    found = await page_of(session, _announced(theirs, now), page, A_PAGE)
    return found.of(await _lines(session, reader, found.lines))


async def past(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[GatheringLine]:
    """Return a page of what is over or was called off at the places of somebody's desk, the last
    first, as long as it is kept who was there."""
    since = now - policy_of(session, GatheringPolicy).keep_attendance
    gone = or_(GatheringRow.state != State.ANNOUNCED, GatheringRow.ends_at <= now)
    at = _below(reader.paths_with(Right.WORK_DESK))
    theirs = select(GatheringRow).where(at, gone, GatheringRow.starts_at > since)
    latest = theirs.order_by(GatheringRow.starts_at.desc(), GatheringRow.id)
    found = await page_of(session, latest, page, A_PAGE)
    return found.of(await _lines(session, reader, found.lines))


async def mine_to_come(
    session: Session, reader: Person, *, now: datetime
) -> list[tuple[int, SeatState]]:
    """List where somebody has a seat, is asked or waits, in gatherings that have not begun."""
    states = dict(await open_of(session, reader.id, NAME))
    ahead = await session.scalars(
        select(GatheringRow.id)
        .where(
            GatheringRow.id.in_(states),
            GatheringRow.state == State.ANNOUNCED,
            GatheringRow.starts_at > now,
        )
        .order_by(GatheringRow.starts_at, GatheringRow.id)
    )
    return [(one, states[one]) for one in ahead]


async def begins_before(
    session: Session, reader: Person, until: datetime, *, now: datetime
) -> list[GatheringLine]:
    """List what begins at the places of somebody's desk before an instant."""
    theirs = _announced(_below(reader.paths_with(Right.WORK_DESK)), now)
    rows = await session.scalars(theirs.where(GatheringRow.starts_at < until))
    return await _lines(session, reader, rows.all())


async def roster_of(
    session: Session, actor: Person, gathering_id: int, *, now: datetime
) -> RosterView | Refusal:
    """Return who is on the list, to its host."""
    row = await seen(session, GATHERINGS, gathering_id, Move.ROSTER, actor, now)
    if isinstance(row, Refusal):
        return row
    lines = await roster(session, NAME, row.id)
    return RosterView(
        await _view(session, actor, row),
        await _named(session, lines),
        await sums(session, NAME, row.id),
        tuple(await words_of(session, NAME, row.id)),
    )


async def ledger(session: Session, actor: Person, *, now: datetime) -> list[LedgerLine]:
    """List the gatherings of a year up to now at the places of the actor's desk, the last first."""
    at = _below(actor.paths_with(Right.WORK_DESK))
    begun = GatheringRow.starts_at.between(now - timedelta(days=366), now)
    found = await session.scalars(
        select(GatheringRow)
        .where(at, begun)
        .order_by(GatheringRow.starts_at.desc(), GatheringRow.id)
        .limit(LEDGER_AT_MOST)
    )
    rows = found.all()
    places = await places_by_id(session, {row.place_id for row in rows})
    lines = await _lines(session, actor, rows)
    marks = await sums_of_each(session, NAME, [row.id for row in rows])
    return [
        LedgerLine(
            line,
            GatheringKind(row.kind),
            places[row.place_id],
            State(row.state),
            marks[row.id],
        )
        for row, line in zip(rows, lines, strict=True)
    ]


def _announced(at: ColumnElement[bool], now: datetime) -> Select[GatheringRow]:
    announced = (GatheringRow.state == State.ANNOUNCED, GatheringRow.ends_at > now)
    found = select(GatheringRow).where(at, *announced)
    return found.order_by(GatheringRow.starts_at, GatheringRow.id)


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    return GatheringRow.place_id.in_(select(PlaceRow.id).where(at_or_below(paths)))


async def _lines(
    session: Session, reader: Person, rows: Sequence[GatheringRow]
) -> list[GatheringLine]:
    full = await counts(session, NAME, [row.id for row in rows])
    mine = dict(await open_of(session, reader.id, NAME))
    return [
        GatheringLine(
            id=row.id,
            title=row.title,
            topic=row.topic,
            where=row.where,
            starts_at=row.starts_at,
            counts=full[row.id],
            mine=mine.get(row.id),
        )
        for row in rows
    ]


async def _view(session: Session, reader: Person, row: GatheringRow) -> GatheringView:
    mine = await seat_of(session, NAME, row.id, reader.id)
    moves = LIFECYCLE.open_to(row.state, await relations(session, reader, row))
    people = [card.id for card in await spoken_for(session, reader.id)]
    listed = await roster(session, NAME, row.id, only=people) if people else []
    theirs = [line for line in listed if line.state in OPEN]
    return GatheringView(
        id=row.id,
        kind=GatheringKind(row.kind),
        title=row.title,
        words=row.words,
        topic=row.topic,
        where=row.where,
        rain=row.rain,
        place=(await places_by_id(session, {row.place_id}))[row.place_id],
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        ages=None if row.age_from is None or row.age_to is None else (row.age_from, row.age_to),
        state=State(row.state),
        version=row.version,
        code=row.code if Move.ROSTER in moves else "",
        why_off=row.why_off or "",
        counts=(await counts(session, NAME, [row.id]))[row.id],
        mine=mine,
        others=await _named(session, theirs),
        rated=await mark_of(session, NAME, row.id, reader.id),
        moves=moves,
        later=len(set(await from_on(session, row.id)) - {row.id}),
    )


async def from_on(session: Session, gathering_id: int) -> list[int]:
    """List the announced times of a series from one on (ids), in the order in which they are held;
    of one that stands alone itself."""
    first = select(_series()).where(GatheringRow.id == gathering_id).scalar_subquery()
    start = select(GatheringRow.starts_at).where(GatheringRow.id == gathering_id).scalar_subquery()
    found = await session.scalars(
        select(GatheringRow.id)
        .where(
            _series() == first,
            GatheringRow.starts_at >= start,
            GatheringRow.state == State.ANNOUNCED,
        )
        .order_by(GatheringRow.id)
    )
    return list(found)


async def series_of(session: Session, ids: Iterable[int]) -> set[int]:
    """List the series of some gatherings, each by its first time."""
    found = await session.scalars(select(_series()).where(GatheringRow.id.in_([*ids])))
    return set(found)


def _series() -> ColumnElement[int]:
    return func.coalesce(GatheringRow.series_id, GatheringRow.id)


async def _named(session: Session, lines: Sequence[RosterLine]) -> tuple[Guest, ...]:
    names = await names_for(session, [line.person_id for line in lines])
    return tuple(Guest(names.known(line.person_id), line) for line in lines)

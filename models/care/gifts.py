"""Reading the visits for festivals: who may see which home on a list, and one gift."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select

from models.care.gift_rules import (
    GIFTS,
    ROUNDS,
    STILL,
    GiftMove,
    GiftRelation,
    GiftState,
    RoundMove,
    RoundRelation,
    RoundState,
    coming_festivals,
)
from models.care.records import NAME, is_own
from models.care.rules.notices import Notice
from models.care.rules.plans import CarePolicy
from models.care.rules.states import HomeState, PairPart, PairState
from models.care.tables import CareFestivalRow, CareGiftRow, CareHomeRow, CarePairRow
from models.database import Session
from models.hours.rules.local_time import day_of
from models.names.queries import names_for
from models.names.views import Where, Who
from models.people.actions.personal import look_again
from models.people.queries import person_by_id
from models.people.rules import Field, Right
from models.people.views import Because, Person
from models.places.rules import outermost
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.routines.lunar import festival_day
from models.routines.rules import Festival

GIFTS_SHOWN = 12
"""Homes with a button of their own on one page: a phone shows no more; the rest is counted."""


@dataclass(frozen=True)
class GiftLine:
    """One home on a list."""

    id: int
    home: Who | None
    """None for a visitor who neither looks in there nor has taken it."""
    place: Where
    state: GiftState
    mine: bool
    holder: Who | None
    """For whoever keeps the homes."""


@dataclass(frozen=True)
class RoundView:
    """The visits for one festival as their reader sees them."""

    id: int
    festival: Festival
    day: date
    place: Where
    on: bool
    keeps: bool
    counts: dict[GiftState, int]
    gifts: tuple[GiftLine, ...]
    """For a visitor those that are theirs or open; theirs first, then where they look in."""
    more: int
    """Beyond those shown."""


@dataclass(frozen=True)
class GiftView:
    """One gift as its reader sees it."""

    id: int
    round_id: int
    festival: Festival
    day: date
    home: Who | None
    place: Where
    state: GiftState
    holder: Who | None
    mine: bool
    at_home: bool
    keeps: bool
    door: str
    """While the reader brings it; the look is on record."""
    moves: frozenset[GiftMove]


@dataclass(frozen=True)
class Arrangement:
    """A coming festival at a place of somebody's desk."""

    place: Where
    place_id: int
    festival: Festival
    day: date
    round_id: int | None
    """Of the visits that are arranged."""


async def homes_below(session: Session, path: str) -> list[int]:
    """List the homes at a place and below it that are looked in on and do not rest (ids)."""
    found = await session.scalars(
        select(CareHomeRow.id)
        .join(PlaceRow, PlaceRow.id == CareHomeRow.place_id)
        .where(
            PlaceRow.path.startswith(path, autoescape=True), CareHomeRow.state == HomeState.AGREED
        )
        .order_by(CareHomeRow.id)
    )
    return list(found)


async def visitors_below(session: Session, path: str) -> list[int]:
    """List who looks in on homes at a place and below it (person ids)."""
    found = await session.scalars(
        select(CarePairRow.person_id)
        .join(CareHomeRow, CareHomeRow.id == CarePairRow.home_id)
        .join(PlaceRow, PlaceRow.id == CareHomeRow.place_id)
        .where(
            PlaceRow.path.startswith(path, autoescape=True),
            CareHomeRow.state == HomeState.AGREED,
            CarePairRow.state == PairState.AGREED,
            CarePairRow.part != PairPart.BUDDY,
        )
        .distinct()
    )
    return list(found)


async def round_relations(
    session: Session, who: Person, row: CareFestivalRow
) -> frozenset[RoundRelation]:
    """Return what somebody is to the visits for a festival."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    holds = {
        RoundRelation.KEEPER: who.may(Right.WORK_DESK, path),
        RoundRelation.VISITOR: who.id in await visitors_below(session, path),
    }
    return frozenset(one for one, so in holds.items() if so)


async def gift_relations(
    session: Session, who: Person, row: CareGiftRow
) -> frozenset[GiftRelation]:
    """Return what somebody is to a gift; whoever brings it does not confirm it for the home."""
    home = await session.get_one(CareHomeRow, row.home_id)
    of_round = await round_relations(
        session, who, await session.get_one(CareFestivalRow, row.festival_id)
    )
    own, holds = await is_own(session, who, home) is not None, row.person_id == who.id
    found = {
        GiftRelation.KEEPER: RoundRelation.KEEPER in of_round,
        GiftRelation.VISITOR: RoundRelation.VISITOR in of_round,
        GiftRelation.HOLDER: holds,
        GiftRelation.HOME: own and not holds,
        GiftRelation.BOTH: own and holds,
    }
    return frozenset(one for one, so in found.items() if so)


ROUND = RecordKind(
    NAME,
    CareFestivalRow,
    ROUNDS,
    round_relations,
    cards=(str(Notice.GIFTS), str(Notice.GIFTS_LEFT)),
)
GIFT = RecordKind(NAME, CareGiftRow, GIFTS, gift_relations, cards=(str(Notice.GIFT_CAME),))


async def round_view(
    session: Session, reader: Person, round_id: int, *, now: datetime
) -> RoundView | Refusal:
    """Return the visits for a festival as their reader sees them."""
    row = await seen(session, ROUND, round_id, RoundMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _round(session, reader, row)


async def round_told(
    session: Session, reader_id: int, round_id: int, _now: datetime
) -> RoundView | None:
    """Return the visits for a festival to the reader of a notice; None where not theirs to see."""
    row = await seen_by_id(session, ROUND, round_id, RoundMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _round(session, reader, row) if row and reader else None


async def gift_view(
    session: Session, reader: Person, gift_id: int, *, now: datetime
) -> GiftView | Refusal:
    """Return a gift as its reader sees it."""
    row = await seen(session, GIFT, gift_id, GiftMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _gift(session, reader, row)


async def gift_told(
    session: Session, reader_id: int, gift_id: int, _now: datetime
) -> GiftView | None:
    """Return a gift to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, GIFT, gift_id, GiftMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _gift(session, reader, row) if row and reader else None


async def rounds_for(session: Session, reader: Person, *, now: datetime) -> list[RoundView]:
    """List the visits that are on, where somebody works or looks in, the next festival first."""
    del now
    rows = await session.scalars(
        select(CareFestivalRow)
        .where(CareFestivalRow.state == RoundState.ON)
        .order_by(CareFestivalRow.day, CareFestivalRow.id)
    )
    return [
        await _round(session, reader, row)
        for row in rows.all()
        if await round_relations(session, reader, row)
    ]


async def arrangements(session: Session, reader: Person, *, now: datetime) -> list[Arrangement]:
    """List the coming festivals for each place of somebody's desk, with what is arranged."""
    policy = policy_of(session, CarePolicy)
    ahead = policy.festival_ahead
    coming = coming_festivals(day_of(now, policy.zone), ahead, festival_day)
    widest = outermost(reader.paths_with(Right.WORK_DESK))
    if not coming or not widest:
        return []
    places = await session.scalars(
        select(PlaceRow.id).where(PlaceRow.path.in_(widest)).order_by(PlaceRow.path)
    )
    ids = list(places)
    names = await names_for(session, (), ids)
    rows = await session.scalars(select(CareFestivalRow).where(CareFestivalRow.place_id.in_(ids)))
    on = {(row.place_id, row.festival, row.year): row.id for row in rows.all()}
    return [
        Arrangement(
            names.places[place_id], place_id, one, day, on.get((place_id, str(one), day.year))
        )
        for one, day in coming
        for place_id in ids
    ]


async def _round(session: Session, reader: Person, row: CareFestivalRow) -> RoundView:
    keeps = RoundRelation.KEEPER in await round_relations(session, reader, row)
    counted = await session.execute(
        select(CareGiftRow.state, func.count())
        .where(CareGiftRow.festival_id == row.id)
        .group_by(CareGiftRow.state)
    )
    counts = {GiftState(one[0]): one[1] for one in counted.all()}
    looks_in = select(CarePairRow.home_id).where(
        CarePairRow.person_id == reader.id, CarePairRow.state == PairState.AGREED
    )
    knows = CareGiftRow.home_id.in_(looks_in)
    mine = CareGiftRow.person_id == reader.id
    shown = select(CareGiftRow, CareHomeRow, knows.label("knows")).join(
        CareHomeRow, CareHomeRow.id == CareGiftRow.home_id
    )
    shown = shown.where(CareGiftRow.festival_id == row.id)
    if not keeps:
        shown = shown.where(or_(mine, CareGiftRow.state == GiftState.OPEN))
    is_mine = case((mine & CareGiftRow.state.in_(STILL), 0), (knows, 1), else_=2)
    is_open = CareGiftRow.state != GiftState.OPEN
    found = await session.execute(shown.order_by(is_mine, is_open, CareGiftRow.id))
    rows = found.all()
    cut = rows[:GIFTS_SHOWN]
    people = [home.person_id for _, home, _ in cut] + [gift.person_id for gift, _, _ in cut]
    names = await names_for(session, people, {row.place_id, *(h.place_id for _, h, _ in cut)})
    lines = tuple(
        GiftLine(
            id=gift.id,
            home=names.known(home.person_id)
            if keeps or looked or gift.person_id == reader.id
            else None,
            place=names.places[home.place_id],
            state=GiftState(gift.state),
            mine=gift.person_id == reader.id,
            holder=names.person(gift.person_id) if keeps else None,
        )
        for gift, home, looked in cut
    )
    return RoundView(
        id=row.id,
        festival=Festival(row.festival),
        day=row.day,
        place=names.places[row.place_id],
        on=row.state == RoundState.ON,
        keeps=keeps,
        counts=counts,
        gifts=lines,
        more=len(rows) - len(cut),
    )


async def _gift(session: Session, reader: Person, row: CareGiftRow) -> GiftView:
    home = await session.get_one(CareHomeRow, row.home_id)
    of = await session.get_one(CareFestivalRow, row.festival_id)
    theirs = await gift_relations(session, reader, row)
    names = await names_for(session, [home.person_id, row.person_id], [home.place_id])
    brings = GiftRelation.HOLDER in theirs and row.state == GiftState.TAKEN
    knows = theirs & {GiftRelation.HOLDER, GiftRelation.KEEPER, GiftRelation.HOME}
    pair = await session.scalar(
        select(CarePairRow.id)
        .where(
            CarePairRow.home_id == home.id,
            CarePairRow.person_id == reader.id,
            CarePairRow.state == PairState.AGREED,
        )
        .limit(1)
    )
    door: dict[Field, str] = {}
    if brings:
        because = Because(f"{NAME}.gifts", row.id)
        fields = [Field.DOOR]
        door = await look_again(session, reader.id, home.person_id, fields, because=because)
    return GiftView(
        id=row.id,
        round_id=row.festival_id,
        festival=Festival(of.festival),
        day=of.day,
        home=names.known(home.person_id) if knows or pair is not None else None,
        place=names.places[home.place_id],
        state=GiftState(row.state),
        holder=names.person(row.person_id),
        mine=row.person_id == reader.id,
        at_home=GiftRelation.HOME in theirs,
        keeps=GiftRelation.KEEPER in theirs,
        door=door.get(Field.DOOR, ""),
        moves=GIFTS.open_to(row.state, theirs),
    )

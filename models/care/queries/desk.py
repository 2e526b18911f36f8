"""Reading what a desk keeps: its homes, the call-ons of today, what was told in confidence."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from models.care.queries.calls import A_PAGE, call_lines
from models.care.records import (
    CONCERN,
    NAME,
    at_desk,
    hearers,
    standing_pairs,
)
from models.care.rules.plans import CareRhythm
from models.care.rules.states import (
    BY_ITSELF,
    Concern,
    ConcernMove,
    ConcernState,
    HomeState,
    NeedState,
    PairPart,
    PairState,
)
from models.care.tables import (
    CareConcernRow,
    CareHomeRow,
    CareNeedRow,
)
from models.care.views import (
    CallLine,
    ConcernView,
    HomeLine,
)
from models.database import Session
from models.names.queries import names_for
from models.names.views import Who
from models.people.actions.personal import look
from models.people.queries import person_by_id
from models.people.rules import Field
from models.people.tables import PersonRow
from models.people.views import Because, Person
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.records.sealed import look_at
from models.routines.rules import UNSETTLED, OccasionState
from models.routines.tables import OccasionRow


async def homes_at_desk(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[HomeLine]:
    """Return a page of the homes at the places of somebody's desk, those that wait first."""
    del now
    theirs = select(CareHomeRow).where(
        at_desk(reader),
        CareHomeRow.state.in_([HomeState.PROPOSED, HomeState.AGREED, HomeState.PAUSED]),
    )
    found = await page_of(session, theirs.order_by(CareHomeRow.id), page, A_PAGE)
    return found.of(await _home_lines(session, found.lines))


async def calls_at_desk(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[CallLine]:
    """Return a page of the call-ons at somebody's desk that are on, missed ones first."""
    found = await page_of(session, _calls_on(at_desk(reader), now), page, A_PAGE)
    return found.of(await call_lines(session, found.lines))


async def concerns_for(session: Session, reader: Person, *, now: datetime) -> list[ConcernView]:
    """List open concerns that belong to somebody, the oldest first."""
    rows = await session.scalars(
        select(CareConcernRow)
        .join(CareHomeRow, CareHomeRow.id == CareConcernRow.home_id)
        .where(CareConcernRow.state == ConcernState.OPEN, at_desk(reader))
        .order_by(CareConcernRow.opened_at, CareConcernRow.id)
    )
    return [
        await _concern(session, reader, row, now, open_=False)
        for row in rows.all()
        if reader.id in await hearers(session, row)
    ]


async def concern_view(
    session: Session, reader: Person, concern_id: int, *, now: datetime
) -> ConcernView | Refusal:
    """Return what was told in confidence to whom it belongs; the look is on record."""
    row = await seen(session, CONCERN, concern_id, ConcernMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _concern(session, reader, row, now)


async def concern_told(
    session: Session, reader_id: int, concern_id: int, now: datetime
) -> ConcernView | None:
    """Return a concern to the reader of a notice, without its words, which are opened by a tap."""
    row = await seen_by_id(session, CONCERN, concern_id, ConcernMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    if row is None or reader is None:
        return None
    return await _concern(session, reader, row, now, open_=False)


def _calls_on(at: ColumnElement[bool], now: datetime) -> Select[OccasionRow]:
    states = [OccasionState.MISSED, *UNSETTLED]
    return (
        select(OccasionRow)
        .join(CareHomeRow, CareHomeRow.id == OccasionRow.subject_id)
        .where(
            OccasionRow.subject == NAME,
            at,
            OccasionRow.opens_at <= now,
            OccasionRow.state.in_(states),
            CareHomeRow.state == HomeState.AGREED,
        )
        .order_by(OccasionRow.state != OccasionState.MISSED, OccasionRow.ends_at, OccasionRow.id)
    )


async def _home_lines(session: Session, rows: Sequence[CareHomeRow]) -> list[HomeLine]:
    ids = [row.id for row in rows]
    mains = {
        pair.home_id: pair.person_id
        for pair in await standing_pairs(session, ids)
        if pair.part == PairPart.MAIN and pair.state == PairState.AGREED
    }
    counted = await session.execute(
        select(CareNeedRow.home_id, func.count().label("open_needs"))
        .where(CareNeedRow.home_id.in_(ids), CareNeedRow.state == NeedState.OPEN)
        .group_by(CareNeedRow.home_id)
    )
    needs = {row.home_id: row.open_needs for row in counted.all()}
    people = [*(row.person_id for row in rows), *mains.values()]
    names = await names_for(session, people, [row.place_id for row in rows])
    return [
        HomeLine(
            id=row.id,
            who=names.known(row.person_id),
            place=names.places[row.place_id],
            state=HomeState(row.state),
            rhythm=CareRhythm(row.rhythm),
            visitor=names.person(mains.get(row.id)),
            open_needs=needs.get(row.id, 0),
        )
        for row in rows
    ]


async def _concern(
    session: Session, reader: Person, row: CareConcernRow, now: datetime, *, open_: bool = True
) -> ConcernView:
    home = await session.get_one(CareHomeRow, row.home_id)
    names = await names_for(session, [home.person_id, row.about_id], [home.place_id])
    words = ""
    phones: tuple[tuple[Who, str], ...] = ()
    if open_:
        whose = home.person_id
        phones = await _phones(session, reader, row, home, now)
        shown = await look_at(
            session, reader.id, f"{NAME}.concerns", row, ["words"], concerning_id=whose, now=now
        )
        words = shown.get("words", "")
    return ConcernView(
        id=row.id,
        kind=Concern(row.kind),
        state=ConcernState(row.state),
        home=names.known(home.person_id),
        home_id=home.id,
        place=names.places[home.place_id],
        about=names.person(row.about_id),
        wrote=row.words is not None,
        words=words,
        phones=phones,
        opened_at=row.opened_at,
        due_at=row.due_at,
        above=row.above,
    )


async def _phones(
    session: Session, reader: Person, row: CareConcernRow, home: CareHomeRow, now: datetime
) -> tuple[tuple[Who, str], ...]:
    """Open the numbers of those who are to be rung: of the home, or whoever speaks for it, and
    where both say otherwise of the visitor as well. Each look is on record."""
    person = await session.get_one(PersonRow, home.person_id)
    because = Because(f"{NAME}.concerns", row.id)

    async def number(whose: int | None) -> list[tuple[int, str]]:
        shown = whose and await look(
            session, reader, whose, [Field.PHONE], now=now, because=because
        )
        return [(whose, shown[Field.PHONE])] if whose and isinstance(shown, dict) and shown else []

    found = await number(person.id) or await number(person.proxy_id)
    if row.kind in BY_ITSELF:
        found += await number(row.about_id)
    names = await names_for(session, [one for one, _number in found], [])
    return tuple((names.known(one), number) for one, number in found)

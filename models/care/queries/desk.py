"""Reading what a desk keeps: its homes, the call-ons of today."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from models.care.queries.calls import A_PAGE, call_lines
from models.care.records import (
    NAME,
    at_desk,
    standing_pairs,
)
from models.care.rules.plans import CareRhythm
from models.care.rules.states import (
    OPEN_HOME,
    HomeState,
    NeedState,
    PairPart,
    PairState,
)
from models.care.tables import (
    CareHomeRow,
    CareNeedRow,
)
from models.care.views import (
    CallLine,
    HomeLine,
)
from models.database import Session
from models.names.queries import names_for
from models.people.views import Person
from models.records.reading import page_of
from models.records.rules import PageOf
from models.routines.rules import UNSETTLED, OccasionState
from models.routines.tables import OccasionRow


async def homes_at_desk(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[HomeLine]:
    """Return a page of the homes at the places of somebody's desk, those that wait first."""
    del now
    theirs = select(CareHomeRow).where(
        at_desk(reader),
        CareHomeRow.state.in_(OPEN_HOME),
    )
    found = await page_of(session, theirs.order_by(CareHomeRow.id), page, A_PAGE)
    return found.of(await _home_lines(session, found.lines))


async def calls_at_desk(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[CallLine]:
    """Return a page of the call-ons at somebody's desk that are on, missed ones first."""
    found = await page_of(session, _calls_on(at_desk(reader), now), page, A_PAGE)
    return found.of(await call_lines(session, found.lines))


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

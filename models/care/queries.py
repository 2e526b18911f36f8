"""Reading care: one home, one pair, one call-on, and the lists of whoever is bound up with them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import aliased

from models.care.records import (
    CALL,
    CONCERN,
    HOME,
    NAME,
    PAIR,
    call_on_of,
    door_word,
    hearers,
    home_relations,
    is_own,
    open_needs,
    pair_relations,
    standing_pairs,
)
from models.care.rules import (
    HOMES,
    OPEN_PAIR,
    PAIRS,
    CareFound,
    CareRhythm,
    Concern,
    ConcernMove,
    ConcernState,
    HomeMove,
    HomeSaid,
    HomeState,
    NeedState,
    PairMove,
    PairPart,
    PairRelation,
    PairState,
    days_left,
    read_reasons,
)
from models.care.tables import (
    CareConcernRow,
    CareHomeRow,
    CareNeedRow,
    CarePairRow,
    CareRingRow,
)
from models.care.views import (
    CallLine,
    CallView,
    ConcernView,
    HomeLine,
    HomeView,
    NeedView,
    PairLine,
    PairView,
)
from models.categories import Skill
from models.database import Session
from models.help.tables import RequestRow
from models.hours.rules.local_time import day_of
from models.names.queries import names_for
from models.names.views import Who
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.rules import distance
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal
from models.records.sealed import look_at, opened
from models.routines.rules import OCCASIONS, UNSETTLED, Move, OccasionState, Relation
from models.routines.tables import OccasionAskRow, OccasionRow
from models.volunteers.rules import State as VolunteerState
from models.volunteers.tables import SkillRow, VolunteerRow

A_PAGE = 6
NEIGHBOURS_SHOWN = 8
MOST_WEIGHED = 2000


async def home_view(
    session: Session, reader: Person, home_id: int, *, now: datetime
) -> HomeView | Refusal:
    """Return a home as its reader sees it; sealed words are their own alone."""
    row = await seen(session, HOME, home_id, HomeMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _home(session, reader, row)


async def home_opened(
    session: Session, reader: Person, home_id: int, *, now: datetime
) -> HomeView | Refusal:
    """Return a home with its sealed words to whoever may read them; the look is on record."""
    row = await seen(session, HOME, home_id, HomeMove.OPEN_SEALED, reader, now)
    if isinstance(row, Refusal):
        return row
    if await is_own(session, reader, row) is None:
        names, whose = ("reasons", "wishes"), row.person_id
        await look_at(session, reader.id, NAME, row, names, concerning_id=whose, now=now)
    return await _home(session, reader, row, open_=True)


async def home_told(
    session: Session, reader_id: int, home_id: int, _now: datetime
) -> HomeView | None:
    """Return a home to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, HOME, home_id, HomeMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _home(session, reader, row) if row and reader else None


async def pair_view(
    session: Session, reader: Person, pair_id: int, *, now: datetime
) -> PairView | Refusal:
    """Return a pair as its reader sees it."""
    row = await seen(session, PAIR, pair_id, PairMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _pair(session, reader, row)


async def pair_told(
    session: Session, reader_id: int, pair_id: int, _now: datetime
) -> PairView | None:
    """Return a pair to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, PAIR, pair_id, PairMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _pair(session, reader, row) if row and reader else None


async def call_view(
    session: Session, reader: Person, occasion_id: int, *, now: datetime
) -> CallView | Refusal:
    """Return a call-on as its reader sees it; what whoever comes reads sealed is on record."""
    row = await seen(session, CALL, occasion_id, Move.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _call(session, reader, row, now)


async def call_told(
    session: Session, reader_id: int, occasion_id: int, now: datetime
) -> CallView | None:
    """Return a call-on to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, CALL, occasion_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _call(session, reader, row, now) if row and reader else None


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


async def homes_at_desk(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[HomeLine]:
    """Return a page of the homes at the places of somebody's desk, those that wait first."""
    del now
    theirs = select(CareHomeRow).where(
        _at_desk(reader),
        CareHomeRow.state.in_([HomeState.PROPOSED, HomeState.AGREED, HomeState.PAUSED]),
    )
    found = await page_of(session, theirs.order_by(CareHomeRow.id), page, A_PAGE)
    return found.of(await _home_lines(session, found.lines))


async def calls_at_desk(
    session: Session, reader: Person, page: int = 0, *, now: datetime
) -> PageOf[CallLine]:
    """Return a page of the call-ons at somebody's desk that are on, missed ones first."""
    found = await page_of(session, _calls_on(_at_desk(reader), now), page, A_PAGE)
    return found.of(await _call_lines(session, found.lines))


async def calls_of(session: Session, reader: Person, *, now: datetime) -> list[CallLine]:
    """List the call-ons that are somebody's, or that they are asked for, the first to end first."""
    asked = select(OccasionAskRow.occasion_id).where(OccasionAskRow.person_id == reader.id)
    open_to = or_(
        OccasionRow.person_id == reader.id,
        OccasionRow.person_id.is_(None) & OccasionRow.id.in_(asked),
    )
    rows = await session.scalars(
        select(OccasionRow)
        .where(
            OccasionRow.subject == NAME,
            open_to,
            OccasionRow.opens_at <= now,
            OccasionRow.state.in_([*UNSETTLED, OccasionState.MISSED]),
        )
        .order_by(OccasionRow.ends_at, OccasionRow.id)
        .limit(A_PAGE)
    )
    return await _call_lines(session, rows.all())


async def pairs_of(session: Session, reader: Person, *, now: datetime) -> list[PairView]:
    """List the pairs of somebody who looks in on others, those that ask for an answer first."""
    del now
    rows = await session.scalars(
        select(CarePairRow)
        .where(
            CarePairRow.person_id == reader.id,
            CarePairRow.state.in_(OPEN_PAIR - {PairState.PROPOSED}),
        )
        .order_by(CarePairRow.state != PairState.ASKED, CarePairRow.id)
    )
    return [await _pair(session, reader, row) for row in rows.all()]


async def neighbours_for(session: Session, actor: Person, person_id: int) -> list[Who]:
    """List who could look in on somebody of the actor's places: volunteers for company, and those
    who look in on others there, the nearest homes first."""
    person = await session.get(PersonRow, person_id)
    place = await session.get(PlaceRow, person.place_id) if person and person.place_id else None
    if person is None or place is None or not actor.may(Right.WORK_DESK, place.path):
        return []
    home = aliased(PlaceRow)
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name, home.path)
        .join(home, home.id == PersonRow.place_id)
        .join(VolunteerRow, VolunteerRow.person_id == PersonRow.id)
        .join(SkillRow, SkillRow.person_id == PersonRow.id)
        .where(
            SkillRow.skill == Skill.COMPANY,
            VolunteerRow.state == VolunteerState.ACTIVE,
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
            PersonRow.id.not_in([person.id, person.proxy_id or 0]),
        )
        .limit(MOST_WEIGHED)
    )
    near = sorted(rows.all(), key=lambda row: (distance(row.path, place.path), row.id))
    return [Who(row.id, row.name) for row in near[:NEIGHBOURS_SHOWN]]


async def concerns_for(session: Session, reader: Person, *, now: datetime) -> list[ConcernView]:
    """List open concerns that belong to somebody, the oldest first."""
    rows = await session.scalars(
        select(CareConcernRow)
        .join(CareHomeRow, CareHomeRow.id == CareConcernRow.home_id)
        .where(CareConcernRow.state == ConcernState.OPEN, _at_desk(reader))
        .order_by(CareConcernRow.opened_at, CareConcernRow.id)
    )
    return [
        await _concern(session, reader, row, now, open_=False)
        for row in rows.all()
        if reader.id in await hearers(session, row)
    ]


def _at_desk(reader: Person) -> ColumnElement[bool]:
    paths = reader.paths_with(Right.WORK_DESK)
    below = or_(false(), *(PlaceRow.path.startswith(path) for path in paths))
    return CareHomeRow.place_id.in_(select(PlaceRow.id).where(below))


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


async def _call_lines(session: Session, rows: Sequence[OccasionRow]) -> list[CallLine]:
    found = await session.scalars(
        select(CareHomeRow).where(CareHomeRow.id.in_({row.subject_id for row in rows}))
    )
    homes = {home.id: home for home in found}
    people = [*(home.person_id for home in homes.values()), *(row.person_id for row in rows)]
    names = await names_for(session, people, {home.place_id for home in homes.values()})
    return [
        CallLine(
            id=row.id,
            home=names.known(homes[row.subject_id].person_id),
            place=names.places[homes[row.subject_id].place_id],
            state=OccasionState(row.state),
            opens_on=row.opens_on,
            ends_at=row.ends_at,
            holder=names.person(row.person_id),
        )
        for row in rows
    ]


async def _needs(session: Session, home_id: int, *, open_: bool) -> tuple[NeedView, ...]:
    return tuple(
        NeedView(
            need.id,
            opened(session, need, "words") if open_ else "",
            opened(session, need, "voice") if open_ else "",
            NeedState(need.state),
            need.noted_at,
            None,
        )
        for need in await open_needs(session, home_id)
    )


async def _home(
    session: Session, reader: Person, row: CareHomeRow, *, open_: bool = False
) -> HomeView:
    own = await is_own(session, reader, row)
    pairs = await standing_pairs(session, [row.id])
    people = [row.person_id, row.keeper_id, *(pair.person_id for pair in pairs)]
    names = await names_for(session, people, [row.place_id])
    person = await session.get_one(PersonRow, row.person_id)
    reads = open_ or own is not None
    ahead = await session.scalar(
        select(OccasionRow)
        .where(
            OccasionRow.subject == NAME,
            OccasionRow.subject_id == row.id,
            OccasionRow.state.in_(UNSETTLED),
        )
        .order_by(OccasionRow.opens_at)
        .limit(1)
    )
    return HomeView(
        id=row.id,
        who=names.known(row.person_id),
        place=names.places[row.place_id],
        state=HomeState(row.state),
        rhythm=CareRhythm(row.rhythm),
        weekday=row.weekday,
        keeper=names.person(row.keeper_id),
        pairs=tuple(
            PairLine(
                pair.id, names.known(pair.person_id), PairPart(pair.part), PairState(pair.state)
            )
            for pair in pairs
        ),
        next_on=ahead.opens_on if ahead else None,
        open_call=ahead.id if ahead else None,
        own=own is not None,
        can_agree=person.telegram_id is not None
        or (person.proxy_id is not None and row.paper_seen_by is not None),
        moves=HOMES.open_to(row.state, await home_relations(session, reader, row)),
        wishes=opened(session, row, "wishes") if reads else "",
        reasons=read_reasons(opened(session, row, "reasons")) if reads else (),
        needs=await _needs(session, row.id, open_=reads),
    )


async def _pair(session: Session, reader: Person, row: CarePairRow) -> PairView:
    home = await session.get_one(CareHomeRow, row.home_id)
    theirs = await pair_relations(session, reader, row)
    names = await names_for(session, [home.person_id, row.person_id], [home.place_id])
    knows = theirs & {PairRelation.HOME, PairRelation.KEEPER} or row.state in {
        PairState.AGREED,
        PairState.RESTING,
    }
    return PairView(
        id=row.id,
        home_id=home.id,
        home=names.known(home.person_id) if knows else None,
        place=names.places[home.place_id],
        neighbour=names.known(row.person_id),
        part=PairPart(row.part),
        state=PairState(row.state),
        rhythm=CareRhythm(home.rhythm),
        weekday=home.weekday,
        own=PairRelation.HOME in theirs,
        moves=PAIRS.open_to(row.state, theirs),
    )


async def _call(session: Session, reader: Person, row: OccasionRow, now: datetime) -> CallView:
    home = await session.get_one(CareHomeRow, row.subject_id)
    theirs = await CALL.relations(session, reader, row)
    moves = OCCASIONS.open_to(row.state, theirs)
    at_home = Relation.HOME in theirs
    holds = Relation.HOLDER in theirs and row.state in UNSETTLED
    mine = holds or (Relation.ASKED in theirs and row.person_id is None and Move.TAKE in moves)
    names = await names_for(session, [home.person_id, row.person_id], [home.place_id])
    said = await call_on_of(session, row)
    if holds:
        await _looked(session, reader, home, row, now)
    today = day_of(now, policy_of(session).zone)
    ring = await session.scalar(
        select(RequestRow.number)
        .join(CareRingRow, CareRingRow.request_id == RequestRow.id)
        .where(CareRingRow.occasion_id == row.id)
    )
    comes = said.on_day if said is not None and row.state == OccasionState.TAKEN else None
    return CallView(
        id=row.id,
        home_id=home.id,
        home=names.known(home.person_id),
        place=names.places[home.place_id],
        state=OccasionState(row.state),
        opens_on=row.opens_on,
        ends_at=row.ends_at,
        holder=names.person(row.person_id),
        mine=mine,
        at_home=at_home,
        keeps=Relation.KEEPER in theirs,
        moves=moves,
        on_day=comes,
        days=days_left(row.opens_on, day_of(row.ends_at, policy_of(session).zone), today),
        door_word=door_word(session, home.id, today)
        if comes == today and (holds or at_home)
        else "",
        found=CareFound(said.found) if said is not None and said.found else None,
        said=HomeSaid(said.said_by_home) if said is not None and said.said_by_home else None,
        said_words="",
        needs=await _needs(session, home.id, open_=holds or at_home),
        wishes=opened(session, home, "wishes") if holds or at_home else "",
        ringing=ring,
    )


async def _looked(
    session: Session, reader: Person, home: CareHomeRow, row: OccasionRow, now: datetime
) -> None:
    """Write down, once for a call-on, that whoever has it reads wishes and needs."""
    whose, since = home.person_id, row.opens_at
    if whose == reader.id:
        return
    await look_at(
        session, reader.id, NAME, home, ["wishes"], concerning_id=whose, now=now, since=since
    )
    for need in await open_needs(session, home.id):
        subject, names = f"{NAME}.needs", ["words", "voice"]
        await look_at(
            session, reader.id, subject, need, names, concerning_id=whose, now=now, since=since
        )


async def _concern(
    session: Session, reader: Person, row: CareConcernRow, now: datetime, *, open_: bool = True
) -> ConcernView:
    home = await session.get_one(CareHomeRow, row.home_id)
    names = await names_for(session, [home.person_id, row.about_id], [home.place_id])
    words = ""
    if open_:
        whose = home.person_id
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
        words=words,
        opened_at=row.opened_at,
        due_at=row.due_at,
        above=row.above,
    )

"""Reading homes and pairs: one of each, those of somebody, who could look in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.care.queries.needs import look_at_needs, needs_of
from models.care.records import (
    HOME,
    NAME,
    PAIR,
    comes_to,
    home_relations,
    is_own,
    pair_relations,
    standing_pairs,
)
from models.care.rules.plans import CareRhythm, closes_at
from models.care.rules.states import (
    HOMES,
    OPEN_HOME,
    OPEN_PAIR,
    PAIRS,
    HomeMove,
    HomeState,
    PairMove,
    PairPart,
    PairRelation,
    PairState,
    read_reasons,
    stands_for_others,
)
from models.care.tables import (
    CareHomeRow,
    CarePairRow,
)
from models.care.views import (
    HomeView,
    PairLine,
    PairView,
)
from models.categories import Skill
from models.database import Session
from models.names.queries import names_for
from models.names.views import Who
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.rules import distance
from models.places.tables import PlaceRow
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.records.sealed import look_at, opened
from models.routines.rules import UNSETTLED
from models.routines.tables import OccasionRow
from models.volunteers.rules import State as VolunteerState
from models.volunteers.tables import SkillRow, VolunteerRow

NEIGHBOURS_SHOWN = 8


MOST_WEIGHED = 2000


async def home_view(
    session: Session, reader: Person, home_id: int, *, now: datetime
) -> HomeView | Refusal:
    """Return a home as its reader sees it; sealed words are their own alone."""
    row = await seen(session, HOME, home_id, HomeMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _home(session, reader, row, now)


async def home_opened(
    session: Session, reader: Person, home_id: int, *, now: datetime
) -> HomeView | Refusal:
    """Return a home with its sealed words to whoever may read them; each look is on record."""
    row = await seen(session, HOME, home_id, HomeMove.OPEN_SEALED, reader, now)
    if isinstance(row, Refusal):
        return row
    if await is_own(session, reader, row) is None:
        names, whose = ("reasons", "wishes", "wishes_voice"), row.person_id
        await look_at(session, reader.id, NAME, row, names, concerning_id=whose, now=now)
        await look_at_needs(session, reader, row, now)
    return await _home(session, reader, row, now, open_=True)


async def wishes_voice(
    session: Session, reader: Person, home_id: int, *, now: datetime
) -> str | Refusal:
    """Return Telegram's file of wishes that were spoken, to whoever may read them.

    The person, whoever keeps the home, and whoever has a call-on there that is on. The look of
    anybody but the person is on record; '' where nothing was spoken.
    """
    row = await session.get(CareHomeRow, home_id, populate_existing=True)
    if row is None:
        return Refusal.MISSING
    if row.state != HomeState.AGREED or not await comes_to(session, reader, row, now):
        why = await seen(session, HOME, home_id, HomeMove.OPEN_SEALED, reader, now)
        if isinstance(why, Refusal):
            return why
    shown = await look_at(
        session, reader.id, NAME, row, ["wishes_voice"], concerning_id=row.person_id, now=now
    )
    return shown.get("wishes_voice", "")


async def home_told(
    session: Session, reader_id: int, home_id: int, now: datetime
) -> HomeView | None:
    """Return a home to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, HOME, home_id, HomeMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _home(session, reader, row, now) if row and reader else None


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


async def pairs_of(session: Session, reader: Person, *, now: datetime) -> list[PairView]:
    """List the pairs of somebody who looks in on others, those that ask for an answer first."""
    del now
    rows = await session.scalars(
        select(CarePairRow)
        .where(
            CarePairRow.person_id == reader.id,
            CarePairRow.state.in_(OPEN_PAIR - {PairState.PROPOSED}),
            CarePairRow.ended_at.is_(None),
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


async def _home(
    session: Session, reader: Person, row: CareHomeRow, now: datetime, *, open_: bool = False
) -> HomeView:
    own = await is_own(session, reader, row)
    over = row.state == HomeState.ENDING
    pairs = [] if over else await standing_pairs(session, [row.id])
    moves = HOMES.open_to(row.state, await home_relations(session, reader, row))
    back = HomeMove.TAKE_BACK in moves
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
        state=HomeState(row.state) if back else stands_for_others(HomeState(row.state)),
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
        open_call=ahead.id if ahead and ahead.opens_at <= now else None,
        own=own is not None,
        can_agree=person.telegram_id is not None
        or (person.proxy_id is not None and row.paper_seen_by is not None),
        moves=moves,
        wishes=opened(session, row, "wishes") if reads else "",
        wishes_spoken=reads and row.wishes_voice is not None,
        reasons=read_reasons(opened(session, row, "reasons")) if reads else (),
        needs=() if over else await needs_of(session, row.id, open_=reads),
        silent=await _is_silent(session, person),
        back_until=closes_at(row.ended_at) if back and row.ended_at else None,
    )


async def _is_silent(session: Session, person: PersonRow) -> bool:
    """Return whether whoever answers for somebody, they or their proxy, has blocked the bot."""
    speaks: PersonRow | None = person
    if person.telegram_id is None:
        speaks = await session.get(PersonRow, person.proxy_id or 0)
    return speaks is not None and speaks.unreachable_at is not None


async def _pair(session: Session, reader: Person, row: CarePairRow) -> PairView:
    home = await session.get_one(CareHomeRow, row.home_id)
    theirs = await pair_relations(session, reader, row)
    names = await names_for(session, [home.person_id, row.person_id], [home.place_id])
    stands = row.ended_at is None or row.state not in OPEN_PAIR
    state = PairState(row.state) if stands else PairState.ENDED
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
        state=state,
        rhythm=CareRhythm(home.rhythm),
        weekday=home.weekday,
        own=PairRelation.HOME in theirs,
        keeps=PairRelation.KEEPER in theirs and PairRelation.NEIGHBOUR not in theirs,
        moves=PAIRS.open_to(state, theirs),
        over=home.state not in OPEN_HOME,
    )

"""Reading surveys: who may see what, a survey with its people, one person in it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.care.records import NAME, home_of
from models.care.rules.states import HomeState
from models.care.survey_rules import (
    ASKINGS,
    DAILY,
    HELP,
    HOLDS,
    LOOK_IN,
    SURVEYS,
    AskedBy,
    AskingMove,
    AskingRelation,
    AskingState,
    SurveyMove,
    SurveyNotice,
    SurveyRelation,
    SurveyState,
    progress,
    wished_rhythm,
    wishes_shown,
)
from models.care.survey_views import (
    AskingView,
    ResidentView,
    SurveyLine,
    SurveyPlace,
    SurveyView,
)
from models.care.tables import CareAskingRow, CareSurveyRow
from models.database import Session
from models.hours.rules.local_time import day_of
from models.names.queries import names_for
from models.names.views import Who
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import ABOVE_COMMUNITIES, at_or_below
from models.places.rules import PlaceKind, outermost
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import PageOf, Refusal, page_bounds
from models.records.sealed import opened
from models.sheets.actions import FILINGS, look
from models.sheets.queries import filing_view, read_filing
from models.sheets.tables import FilingRow, FilingValueRow
from models.sheets.views import FilingView

PEOPLE_ON_A_PAGE = 8


async def survey_relations(
    session: Session, who: Person, row: CareSurveyRow
) -> frozenset[SurveyRelation]:
    """Return whether somebody works at the desk of a survey."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    return frozenset({SurveyRelation.KEEPER} if who.may(Right.WORK_DESK, path) else ())


async def asking_relations(
    session: Session, who: Person, row: CareAskingRow
) -> frozenset[AskingRelation]:
    """Return what somebody is to a person in a survey.

    A desk loses sight of whoever has moved away from its places.
    """
    person = await session.get_one(PersonRow, row.person_id)
    survey = await session.get_one(CareSurveyRow, row.survey_id)
    keeps = SurveyRelation.KEEPER in await survey_relations(session, who, survey)
    home = await session.get(PlaceRow, person.place_id) if person.place_id else None
    keeps = keeps and home is not None and who.may(Right.WORK_DESK, home.path)
    if who.id in {person.id, person.proxy_id}:
        return frozenset({AskingRelation.OWN, *([AskingRelation.BOTH] if keeps else [])})
    voice = [AskingRelation.VOICE] if row.way == AskedBy.DOOR else []
    return frozenset({AskingRelation.KEEPER, *voice} if keeps else ())


SURVEYING = RecordKind(NAME, CareSurveyRow, SURVEYS, survey_relations)
ASKING = RecordKind(
    NAME,
    CareAskingRow,
    ASKINGS,
    asking_relations,
    cards=(SurveyNotice.ASK, SurveyNotice.ANSWERED, SurveyNotice.READ_BACK),
)


def surveyed(path: str) -> ColumnElement[bool]:
    """Select the residents at a place and below it: registered, or entered without Telegram."""
    return and_(
        PersonRow.left_at.is_(None),
        or_(PersonRow.consent_version.is_not(None), PersonRow.telegram_id.is_(None)),
        PlaceRow.path.startswith(path, autoescape=True),
    )


async def survey_places(session: Session, reader: Person) -> list[SurveyPlace]:
    """List the places of somebody's desk, no wider than a community, with their survey that is on;
    and every other survey that is on below them."""
    widest = outermost(reader.paths_with(Right.WORK_DESK))
    if not widest:
        return []
    below = at_or_below(widest)
    on = await session.execute(
        select(CareSurveyRow.place_id, CareSurveyRow.id)
        .join(PlaceRow, PlaceRow.id == CareSurveyRow.place_id)
        .where(below, CareSurveyRow.state == SurveyState.ON)
        .order_by(PlaceRow.path, CareSurveyRow.id)
    )
    found: dict[int, int | None] = {row[0]: row[1] for row in on.all()}
    tops = await session.scalars(
        select(PlaceRow.id)
        .where(
            or_(
                PlaceRow.path.in_(widest) & PlaceRow.kind.not_in(ABOVE_COMMUNITIES),
                below & (PlaceRow.kind == PlaceKind.COMMUNITY),
            ),
            PlaceRow.ended_at.is_(None),
        )
        .order_by(PlaceRow.path)
    )
    for place_id in tops.all():
        found.setdefault(place_id, None)
    names = await names_for(session, (), found)
    return [SurveyPlace(names.places[place], place, on_) for place, on_ in found.items()]


async def survey_view(
    session: Session, reader: Person, survey_id: int, page: int = 0, *, now: datetime
) -> SurveyView | Refusal:
    """Return a survey for whoever has a desk there, those not asked yet first."""
    row = await seen(session, SURVEYING, survey_id, SurveyMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _survey(session, row, page)


async def survey_told(
    session: Session, reader_id: int, survey_id: int, _now: datetime
) -> SurveyView | None:
    """Return a survey to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, SURVEYING, survey_id, SurveyMove.LOOK, reader_id)
    return None if row is None else await _survey(session, row, 0)


async def resident_view(
    session: Session, reader: Person, survey_id: int, person_id: int, *, now: datetime
) -> ResidentView | int | Refusal:
    """Return somebody on the list who was not asked yet, or the number of their asking."""
    row = await seen(session, SURVEYING, survey_id, SurveyMove.LOOK, reader, now)
    if isinstance(row, Refusal):
        return row
    path = (await session.get_one(PlaceRow, row.place_id)).path
    found = await session.execute(
        select(PersonRow)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(PersonRow.id == person_id, surveyed(path))
    )
    person = found.scalar_one_or_none()
    if person is None or person.place_id is None:
        return Refusal.MISSING
    asked = await asking_of(session, person_id, row.year)
    if asked is not None:
        return asked.id
    names = await names_for(session, [person.id], [person.place_id])
    return ResidentView(
        survey_id=row.id,
        who=names.known(person.id),
        place=names.places[person.place_id],
        by_card=person.telegram_id is not None or person.proxy_id is not None,
        by_proxy=person.telegram_id is None and person.proxy_id is not None,
        at_door=at_door(person),
    )


def at_door(person: PersonRow) -> bool:
    """Return whether somebody can be asked in person: the bot does not reach them themselves."""
    return person.telegram_id is None or person.unreachable_at is not None


async def asking_of(session: Session, person_id: int, year: int) -> CareAskingRow | None:
    """Return how somebody was asked in a year; None where nobody did."""
    return await session.scalar(
        select(CareAskingRow).where(
            CareAskingRow.person_id == person_id, CareAskingRow.year == year
        )
    )


async def asking_view(
    session: Session, reader: Person, asking_id: int, *, now: datetime
) -> AskingView | Refusal:
    """Return one person in a survey: to themselves all of it, to a desk without what is sealed."""
    row = await seen(session, ASKING, asking_id, AskingMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _asking(session, reader, row, now)


async def asking_told(
    session: Session, reader_id: int, asking_id: int, now: datetime
) -> AskingView | None:
    """Return one person in a survey to the reader of a notice; None where not theirs to see."""
    row = await seen_by_id(session, ASKING, asking_id, AskingMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _asking(session, reader, row, now) if row and reader else None


async def asking_opened(
    session: Session, reader: Person, asking_id: int, *, now: datetime
) -> AskingView | Refusal:
    """Return the same for a desk with what is sealed opened; the look is on record."""
    row = await seen(session, ASKING, asking_id, AskingMove.OPEN_SEALED, reader, now)
    if isinstance(row, Refusal):
        return row
    view = await _asking(session, reader, row, now)
    if row.filing_id is None:
        return view
    filing = await look(session, row.filing_id, reader_id=reader.id, now=now)
    return replace(view, filing=filing, opened=True)


async def askings_of(session: Session, reader: Person) -> list[tuple[int, Who, bool]]:
    """List the latest survey of somebody and of those they speak for: its number, who it is about,
    and whether that is the reader."""
    found = await session.execute(
        select(func.max(CareAskingRow.id), CareAskingRow.person_id)
        .join(PersonRow, PersonRow.id == CareAskingRow.person_id)
        .where(or_(PersonRow.id == reader.id, PersonRow.proxy_id == reader.id))
        .where(PersonRow.left_at.is_(None))
        .group_by(CareAskingRow.person_id)
        .order_by(CareAskingRow.person_id)
    )
    rows = found.all()
    names = await names_for(session, [row[1] for row in rows])
    return [(row[0], names.known(row[1]), row[1] == reader.id) for row in rows]


async def _survey(session: Session, row: CareSurveyRow, page: int) -> SurveyView:
    place = await session.get_one(PlaceRow, row.place_id)
    theirs = surveyed(place.path)
    count = await session.scalar(
        select(func.count())
        .select_from(PersonRow)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(theirs)
    )
    page, pages = page_bounds(count or 0, page, PEOPLE_ON_A_PAGE)
    asked = and_(CareAskingRow.person_id == PersonRow.id, CareAskingRow.year == row.year)
    is_open = CareAskingRow.id.is_not(None)
    found = await session.execute(
        select(PersonRow, CareAskingRow)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .outerjoin(CareAskingRow, asked)
        .where(theirs)
        .order_by(is_open, PlaceRow.path, PersonRow.id)
        .limit(PEOPLE_ON_A_PAGE)
        .offset(page * PEOPLE_ON_A_PAGE)
    )
    rows: list[tuple[PersonRow, CareAskingRow | None]] = [(one[0], one[1]) for one in found]
    homes = {person.place_id for person, _asking in rows if person.place_id is not None}
    names = await names_for(session, [one.id for one, _asking in rows], {row.place_id, *homes})
    lines = tuple(
        SurveyLine(
            who=names.known(person.id),
            place=names.places[person.place_id or row.place_id],
            asking_id=None if asking is None else asking.id,
            state=None if asking is None else AskingState(asking.state),
        )
        for person, asking in rows
    )
    states = await session.execute(
        select(CareAskingRow.state, func.count())
        .where(CareAskingRow.survey_id == row.id)
        .group_by(CareAskingRow.state)
    )
    counts = {one[0]: one[1] for one in states.all()}
    all_, yes, no, filled = progress(counts)
    return SurveyView(
        id=row.id,
        place=names.places[row.place_id],
        on=row.state == SurveyState.ON,
        year=row.year,
        ends_on=day_of(row.ends_at, policy_of(session).zone),
        people=PageOf(lines, page, pages, count or 0),
        asked=all_,
        agreed=yes,
        declined=no,
        filled=filled,
        wishes=wishes_shown(await _wishes(session, row.id)),
    )


async def _wishes(session: Session, survey_id: int) -> list[str]:
    found = await session.scalars(
        select(FilingValueRow.plain)
        .join(FilingRow, FilingRow.id == FilingValueRow.filing_id)
        .join(CareAskingRow, CareAskingRow.filing_id == FilingRow.id)
        .where(
            CareAskingRow.survey_id == survey_id,
            CareAskingRow.state.in_(HOLDS),
            FilingValueRow.key == HELP,
        )
    )
    return [answer for answer in found if answer is not None]


async def _asking(
    session: Session, reader: Person, row: CareAskingRow, now: datetime
) -> AskingView:
    person = await session.get_one(PersonRow, row.person_id)
    relations = await asking_relations(session, reader, row)
    own = AskingRelation.OWN in relations
    names = await names_for(
        session,
        [row.person_id, row.asked_by, row.word_by],
        [] if person.place_id is None else [person.place_id],
    )
    filing = await _filing(session, reader, row, now, own=own)
    home = await home_of(session, row.person_id)
    rhythm = filing.value(LOOK_IN) if filing else None
    return AskingView(
        id=row.id,
        survey_id=row.survey_id,
        person_id=row.person_id,
        who=names.known(row.person_id),
        place=names.places.get(person.place_id) if person.place_id is not None else None,
        state=AskingState(row.state),
        way=AskedBy(row.way),
        own=own,
        is_self=reader.id == row.person_id,
        asked_by=names.person(row.asked_by),
        word_by=names.person(row.word_by),
        filing=filing,
        opened=own,
        rhythm=wished_rhythm(rhythm),
        daily=filing is not None and filing.value(DAILY) == "yes",
        home_id=None if home is None else home.id,
        home_agreed=home is not None and home.state == HomeState.AGREED,
        moves=ASKINGS.open_to(row.state, relations),
    )


async def _filing(
    session: Session, reader: Person, row: CareAskingRow, now: datetime, *, own: bool
) -> FilingView | None:
    """Return what was filled in: opened for the person; for who speaks for them with one look."""
    if row.filing_id is None or row.state not in HOLDS:
        return None
    if not own:
        return await filing_view(session, row.filing_id)
    if reader.id != row.person_id and not await _has_looked(session, reader.id, row.filing_id):
        return await look(session, row.filing_id, reader_id=reader.id, now=now)
    return await read_filing(session, row.filing_id, lambda value: opened(session, value, "sealed"))


async def _has_looked(session: Session, reader_id: int, filing_id: int) -> bool:
    found = await session.scalar(
        select(AuditRow.id)
        .where(
            AuditRow.actor_id == reader_id,
            AuditRow.act == AuditAct.LOOKED,
            AuditRow.subject == FILINGS.name,
            AuditRow.subject_id == filing_id,
        )
        .limit(1)
    )
    return found is not None

"""Reading what was told in confidence, and whether it was well afterwards."""

from datetime import datetime

from sqlalchemy import and_, or_, select

from models.care.concerns import (
    CONCERN,
    FOLLOW_UP,
    concern_relations,
    follow_up_relations,
    last_report,
)
from models.care.records import NAME, at_desk
from models.care.rules.follow_ups import (
    FOLLOW_UPS,
    RUNG_WITHIN,
    FollowUpMove,
    FollowUpRelation,
    FollowUpState,
)
from models.care.rules.states import (
    BY_ITSELF,
    CONCERNS,
    UNSETTLED_CONCERN,
    Concern,
    ConcernMove,
    ConcernState,
)
from models.care.tables import CareConcernRow, CareFollowUpRow, CareHomeRow, CareReportRow
from models.care.views import ConcernView, FollowUpLine, FollowUpView, ReportView
from models.database import Session
from models.names.queries import Names, names_for
from models.names.views import Who
from models.people.actions.personal import look
from models.people.queries import person_by_id
from models.people.rules import Field
from models.people.tables import PersonRow
from models.people.views import Because, Person
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.records.sealed import look_at

ABOUT = f"{NAME}.concerns"
"""What a look at it was for, in the book."""
Words = dict[str, str]
Told = CareConcernRow | CareReportRow | CareFollowUpRow


async def concerns_for(session: Session, reader: Person, *, now: datetime) -> list[ConcernView]:
    """List what was told in confidence and belongs to somebody, or waits for their second look.

    Those that are not settled, then those about which the home is to be rung, the oldest first.
    """
    rung = select(CareFollowUpRow.concern_id).where(
        CareFollowUpRow.state == FollowUpState.SILENT, CareFollowUpRow.asked_at > now - RUNG_WITHIN
    )
    silent = and_(CareConcernRow.state == ConcernState.SETTLED, CareConcernRow.id.in_(rung))
    is_open = CareConcernRow.state.in_(UNSETTLED_CONCERN)
    rows = await session.scalars(
        select(CareConcernRow)
        .join(CareHomeRow, CareHomeRow.id == CareConcernRow.home_id)
        .where(or_(is_open, silent), at_desk(reader))
        .order_by(CareConcernRow.opened_at, CareConcernRow.id)
    )
    found = [
        await _concern(session, reader, row, now, open_=False)
        for row in rows.all()
        if CONCERNS.why_not(
            row.state, ConcernMove.LOOK, await concern_relations(session, reader, row)
        )
        is None
    ]
    settled = ConcernState.SETTLED
    return [
        *(one for one in found if one.state is not settled),
        *(one for one in found if one.state is settled and one.to_ring is not None),
    ]


async def concern_view(
    session: Session, reader: Person, concern_id: int, *, now: datetime
) -> ConcernView | Refusal:
    """Return what was told in confidence to whom it belongs, or who is to look at what was done;
    the look is on record."""
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


async def follow_up_view(
    session: Session, reader: Person, follow_up_id: int, *, now: datetime
) -> FollowUpView | Refusal:
    """Return the question whether it was well to whoever says so for the home."""
    row = await seen(session, FOLLOW_UP, follow_up_id, FollowUpMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _follow_up(session, reader, row)


async def follow_up_told(
    session: Session, reader_id: int, follow_up_id: int, _now: datetime
) -> FollowUpView | None:
    """Return the question to the reader of a notice; None where it is not theirs to answer."""
    row = await seen_by_id(session, FOLLOW_UP, follow_up_id, FollowUpMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _follow_up(session, reader, row) if row and reader else None


async def _follow_up(session: Session, reader: Person, row: CareFollowUpRow) -> FollowUpView:
    theirs = await follow_up_relations(session, reader, row)
    return FollowUpView(
        id=row.id,
        state=FollowUpState(row.state),
        home_id=row.home_id,
        moves=FOLLOW_UPS.open_to(row.state, theirs),
        said_more=row.words is not None or row.voice is not None,
    )


async def _concern(
    session: Session, reader: Person, row: CareConcernRow, now: datetime, *, open_: bool = True
) -> ConcernView:
    home = await session.get_one(CareHomeRow, row.home_id)
    report, asked = await last_report(session, row.id), await _asked(session, row.id)
    reporters = [report.by_id, report.sent_back_by] if report else []
    people = [home.person_id, row.about_id, row.settled_by, *reporters]
    people += [one.answered_by for one in asked]
    names = await names_for(session, people, [home.place_id])
    phones = await _phones(session, reader, row, home, now) if open_ else ()
    words: dict[Told, Words] = {}
    told: list[Told] = [row, *([report] if report else []), *asked]
    for one in told if open_ else []:
        words[one] = await look_at(
            session, reader.id, ABOUT, one, _sealed(one), concerning_id=home.person_id, now=now
        )
    return ConcernView(
        id=row.id,
        kind=Concern(row.kind),
        state=ConcernState(row.state),
        home=names.known(home.person_id),
        home_id=home.id,
        place=names.places[home.place_id],
        about=names.person(row.about_id),
        wrote=row.words is not None or row.voice is not None,
        words=words.get(row, {}).get("words", ""),
        voice=words.get(row, {}).get("voice", ""),
        phones=phones,
        opened_at=row.opened_at,
        due_at=row.due_at,
        above=row.above,
        report=_report(report, names, words.get(report, {})) if report else None,
        signer=names.person(row.settled_by),
        settled_at=row.settled_at,
        follow_ups=tuple(
            _line(one, home.person_id, names, words.get(one, {})) for one in asked if one.asked_at
        ),
        moves=CONCERNS.open_to(row.state, await concern_relations(session, reader, row)),
        alone=row.settled_at is not None and row.settled_by is None,
        opened=open_,
        to_ring=await _to_ring(session, reader, row, asked),
    )


def _sealed(row: Told) -> tuple[str, ...]:
    if isinstance(row, CareReportRow):
        return ("report", "voice", "sent_back")
    return ("words", "voice")


def _report(row: CareReportRow, names: Names, words: Words) -> ReportView:
    return ReportView(
        by=names.person(row.by_id),
        at=row.at,
        words=words.get("report", ""),
        voice=words.get("voice", ""),
        sent_back_by=names.person(row.sent_back_by),
        sent_back=words.get("sent_back", ""),
    )


def _line(row: CareFollowUpRow, person_id: int, names: Names, words: Words) -> FollowUpLine:
    by = None if row.answered_by == person_id else names.person(row.answered_by)
    return FollowUpLine(
        id=row.id,
        state=FollowUpState(row.state),
        asked_at=row.asked_at or row.due_at,
        by=by,
        words=words.get("words", ""),
        voice=words.get("voice", ""),
    )


async def _to_ring(
    session: Session, reader: Person, row: CareConcernRow, asked: list[CareFollowUpRow]
) -> int | None:
    """Return the last question, where it has no answer and the reader may ring about it."""
    if row.state != ConcernState.SETTLED or not asked:
        return None
    last = asked[-1]
    theirs = await follow_up_relations(session, reader, last)
    rings = FOLLOW_UPS.why_not(last.state, FollowUpMove.WELL, theirs - {FollowUpRelation.ASKED})
    return last.id if rings is None else None


async def _asked(session: Session, concern_id: int) -> list[CareFollowUpRow]:
    """List the questions that were put, or could not be, the first first."""
    found = await session.scalars(
        select(CareFollowUpRow)
        .where(CareFollowUpRow.concern_id == concern_id, CareFollowUpRow.asked_at.is_not(None))
        .order_by(CareFollowUpRow.id)
    )
    return list(found)


async def _phones(
    session: Session, reader: Person, row: CareConcernRow, home: CareHomeRow, now: datetime
) -> tuple[tuple[Who, str], ...]:
    """Open the numbers of those who are to be rung: of the home, or whoever speaks for it, and
    where both say otherwise of the visitor as well. Each look is on record."""
    person = await session.get_one(PersonRow, home.person_id)
    because = Because(ABOUT, row.id)

    async def number(whose: int | None) -> list[tuple[int, str]]:
        shown = whose and await look(
            session, reader, whose, [Field.PHONE], now=now, because=because
        )
        return [(whose, shown[Field.PHONE])] if whose and isinstance(shown, dict) and shown else []

    found = await number(person.id) or await number(
        None if person.proxy_id == row.about_id else person.proxy_id
    )
    if row.kind in BY_ITSELF:
        found += await number(row.about_id)
    names = await names_for(session, [one for one, _number in found], [])
    return tuple((names.known(one), number) for one, number in found)

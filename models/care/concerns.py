"""Whom it belongs to what was told in confidence, and who may judge what was done about it."""

from sqlalchemy import func, select

from models.care.records import NAME, cards_of, is_own, keeps_home, path_of
from models.care.rules.follow_ups import FOLLOW_UPS, FollowUpRelation, FollowUpState
from models.care.rules.notices import Notice
from models.care.rules.states import (
    CONCERNS,
    UNSETTLED_CONCERN,
    Concern,
    ConcernRelation,
    HomeRelation,
)
from models.care.tables import CareConcernRow, CareFollowUpRow, CareHomeRow, CareReportRow
from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.people.tables import PersonRow
from models.people.views import Person
from models.records.changing import RecordKind, hold


async def hearers(session: Session, row: CareConcernRow) -> list[int]:
    """List whom a concern belongs to: the secretary, and after its time those above.

    That nobody came is told to whoever keeps the home as well. Never whom it is about; nor
    is whoever told it the only one to hear of it while there is somebody else.
    """
    home = await session.get_one(CareHomeRow, row.home_id)
    path = await path_of(session, home)
    parties = await _parties(session, row, home)
    found = {*await people_at_level(session, path, Level.SECRETARY)} - parties
    if row.above or not found:
        found |= {*await people_at_level(session, path, Level.STREET)}
    if row.kind == Concern.MISMATCH and await keeps_home(session, home, path):
        found |= {*([home.keeper_id] if home.keeper_id else [])}
    return sorted(found - parties or found - {row.about_id})


async def judges(session: Session, row: CareConcernRow) -> list[int]:
    """List who is to sign off what was done about money: those who answer for the place beside
    whoever reported it; where there is none, or it was told above, the street.

    Never whom it is about, whoever told it, or speaks for them. Empty where nobody else is left.
    """
    home = await session.get_one(CareHomeRow, row.home_id)
    path = await path_of(session, home)
    barred = await _parties(session, row, home) | await _reporters(session, row)
    found = {*await people_at_level(session, path, Level.SECRETARY)} - barred
    if row.above or not found:
        found |= {*await people_at_level(session, path, Level.STREET)} - barred
    return sorted(found)


async def ringers(session: Session, row: CareConcernRow) -> list[int]:
    """List who rings a home that has not said whether it was well: whoever signed it off.

    Where they may not any more, whoever may judge it; where nobody may, whoever hears it.
    """
    may = await judges(session, row)
    return [row.settled_by] if row.settled_by in may else may or await hearers(session, row)


async def told_of(session: Session, home_id: int, person_id: int) -> bool:
    """Return whether a home has told something of somebody in confidence that is not settled."""
    found = await session.scalar(
        select(CareConcernRow.id)
        .where(
            CareConcernRow.home_id == home_id,
            CareConcernRow.about_id == person_id,
            CareConcernRow.kind.in_([Concern.MONEY, Concern.ANOTHER]),
            CareConcernRow.state.in_(UNSETTLED_CONCERN),
        )
        .limit(1)
    )
    return found is not None


async def last_report(session: Session, concern_id: int) -> CareReportRow | None:
    """Return what was last said to have been done about a concern."""
    return await session.scalar(
        select(CareReportRow)
        .where(CareReportRow.concern_id == concern_id)
        .order_by(CareReportRow.id.desc())
        .limit(1)
    )


async def concern_relations(
    session: Session, who: Person, row: CareConcernRow
) -> frozenset[ConcernRelation]:
    """Return what somebody is to a concern; before a report nobody but who hears it is anything."""
    hears = who.id in await hearers(session, row)
    money = row.kind == Concern.MONEY
    report = await last_report(session, row.id) if money else None
    may_judge = money and (hears or report is not None)
    holds = {
        ConcernRelation.HEARS: hears,
        ConcernRelation.SETTLES: hears and not money,
        ConcernRelation.REPORTS: hears and money,
        ConcernRelation.JUDGES: may_judge and who.id in await judges(session, row),
        ConcernRelation.REPORTED: money and who.id in await _reporters(session, row),
        ConcernRelation.TOLD: money and await may_be_asked(session, who, row),
    }
    return frozenset(one for one, so in holds.items() if so)


async def may_be_asked(session: Session, who: Person, row: CareConcernRow) -> bool:
    """Return whether somebody says for a home whether it was well: the person, or who speaks for
    them where they have no account; never whom it is about."""
    home = await session.get_one(CareHomeRow, row.home_id)
    own = await is_own(session, who, home)
    if own is HomeRelation.PROXY:
        person = await session.get_one(PersonRow, home.person_id)
        return person.telegram_id is None and who.id != row.about_id
    return own is HomeRelation.SELF


async def follow_up_relations(
    session: Session, who: Person, row: CareFollowUpRow
) -> frozenset[FollowUpRelation]:
    """Return what somebody is to the question whether it was well."""
    concern = await session.get_one(CareConcernRow, row.concern_id)
    may_ring = await judges(session, concern) or await hearers(session, concern)
    holds = {
        FollowUpRelation.ASKED: await may_be_asked(session, who, concern),
        FollowUpRelation.RINGS: who.id in may_ring,
    }
    return frozenset(one for one, so in holds.items() if so)


async def _parties(session: Session, row: CareConcernRow, home: CareHomeRow) -> set[int | None]:
    person = await session.get_one(PersonRow, home.person_id)
    return {row.about_id, row.told_by, person.id, person.proxy_id}


async def _reporters(session: Session, row: CareConcernRow) -> set[int]:
    """List who has reported on a concern since it was opened, or was not well after all."""
    since = await session.scalar(
        select(func.max(CareFollowUpRow.answered_at)).where(
            CareFollowUpRow.concern_id == row.id, CareFollowUpRow.state == FollowUpState.AGAIN
        )
    )
    found = await session.scalars(
        select(CareReportRow.by_id).where(
            CareReportRow.concern_id == row.id, CareReportRow.at >= (since or row.opened_at)
        )
    )
    return set(found)


async def _follow_up_held(session: Session, follow_up_id: int) -> CareFollowUpRow | None:
    """Hold a question behind its home and its concern, as whatever moves those does."""
    found = await session.get(CareFollowUpRow, follow_up_id)
    if found is None:
        return None
    await hold(session, CareHomeRow, found.home_id)
    await hold(session, CareConcernRow, found.concern_id)
    return await hold(session, CareFollowUpRow, follow_up_id)


CONCERN = RecordKind(
    NAME,
    CareConcernRow,
    CONCERNS,
    concern_relations,
    cards=cards_of(
        Notice.CONCERN, Notice.CONCERN_REPORTED, Notice.CONCERN_SIGNED, Notice.CONCERN_SILENT
    ),
)
FOLLOW_UP = RecordKind(
    NAME,
    CareFollowUpRow,
    FOLLOW_UPS,
    follow_up_relations,
    cards=cards_of(Notice.CONCERN_ASKED),
    lock=_follow_up_held,
)

"""Asking residents in the yearly survey: they say yes or no, it is filled in and read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models.care.queries.survey import (
    ASKING,
    SURVEYING,
    asking_of,
    at_door,
    surveyed,
)
from models.care.survey_rules import (
    SURVEY,
    AskedBy,
    AskingMove,
    AskingRelation,
    AskingState,
    SurveyMove,
    SurveyNotice,
    SurveyOutcome,
    may_ask_again,
)
from models.care.tables import CareAskingRow, CareSurveyRow
from models.database import Session, insert_once
from models.help.actions.rows import choose_owner
from models.people.desk import works_at
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.sheets import actions as sheets
from models.sheets.rules.answers import WrongAnswer

Asking = RecordChange[CareAskingRow]


@dataclass(frozen=True)
class PersonAsked:
    """What became of asking somebody; `asking_id` where they were asked."""

    outcome: SurveyOutcome | Refusal
    asking_id: int | None = None


async def ask(
    session: Session, actor: Person, survey_id: int, person_id: int, *, now: datetime
) -> PersonAsked:
    """Ask a resident, or who speaks for them, whether they want to fill it in together (ASKED).

    One card a year, whichever place asks: of two who ask at once one has asked. AT_THE_DOOR where
    nobody has Telegram, SAID_NO within a year of a no. Nobody asks themselves (OWN).
    """
    person = await _may_ask(session, actor, survey_id, person_id, now)
    if not isinstance(person, PersonRow):
        return PersonAsked(person)
    if person.telegram_id is None and person.proxy_id is None:
        return PersonAsked(SurveyOutcome.AT_THE_DOOR)
    made = await _ask(session, actor, survey_id, person_id, AskedBy.CARD, now)
    if not isinstance(made, CareAskingRow):
        return made
    change = RecordChange(session, ASKING, made, actor.id, now)
    await change.tell(SurveyNotice.ASK, [person_id])
    return PersonAsked(SurveyOutcome.ASKED, made.id)


async def ask_at_door(
    session: Session,
    actor: Person,
    survey_id: int,
    person_id: int,
    *,
    agreed: bool,
    now: datetime,
) -> PersonAsked:
    """Pass on what somebody said at the door whom the bot does not reach (AGREED, DECLINED).

    It is kept whose word that is. HAS_TELEGRAM where they answer for themselves.
    """
    person = await _may_ask(session, actor, survey_id, person_id, now)
    if not isinstance(person, PersonRow):
        return PersonAsked(person)
    if not at_door(person):
        return PersonAsked(SurveyOutcome.HAS_TELEGRAM)
    made = await _ask(session, actor, survey_id, person_id, AskedBy.DOOR, now)
    if not isinstance(made, CareAskingRow):
        return made
    said = agree if agreed else decline
    return PersonAsked(await said(session, actor, made.id, now=now), made.id)


async def agree(
    session: Session, actor: Person, asking_id: int, *, now: datetime
) -> SurveyOutcome | Refusal:
    """Say yes to filling it in together (AGREED): whoever asked comes, or rings."""
    change = await begin(session, ASKING, asking_id, AskingMove.AGREE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(AskingMove.AGREE)
    change.row.agreed_at, change.row.word_by = now, actor.id
    await change.finish()
    await _tell_desk(change)
    return SurveyOutcome.AGREED


async def decline(
    session: Session, actor: Person, asking_id: int, *, now: datetime
) -> SurveyOutcome | Refusal:
    """Say no, without a reason (DECLINED): nobody asks again for a year."""
    change = await begin(session, ASKING, asking_id, AskingMove.DECLINE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(AskingMove.DECLINE)
    change.row.declined_at, change.row.word_by = now, actor.id
    await change.finish()
    await _tell_desk(change)
    return SurveyOutcome.DECLINED


async def may_fill(
    session: Session, actor: Person, asking_id: int, *, now: datetime
) -> Refusal | None:
    """Return why somebody may not fill the sheet in with a person; None where they may, and the
    sheet is there to be begun."""
    change = await begin(session, ASKING, asking_id, AskingMove.FILL, actor, now)
    if isinstance(change, Refusal):
        return change
    await sheets.define(session, SURVEY, by_id=None, now=now)
    return None


async def fill(
    session: Session,
    actor: Person,
    asking_id: int,
    sheet_id: int,
    answers: Mapping[str, object],
    token: str,
    *,
    now: datetime,
) -> SurveyOutcome | WrongAnswer | Refusal:
    """File what was filled in with somebody who has said yes (FILLED): it is read back to them.

    What was filled in before, this year or an earlier one, is erased. Of two who fill it in at
    once one has filed, the other is told ALREADY.
    """
    change = await begin(session, ASKING, asking_id, AskingMove.FILL, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    filed = await sheets.file(
        session,
        sheet_id,
        subject_id=row.id,
        about_id=row.person_id,
        by_id=actor.id,
        answers=answers,
        token=token,
        now=now,
    )
    if isinstance(filed, WrongAnswer | Refusal):
        return filed
    before = await session.scalars(
        select(CareAskingRow.filing_id).where(
            CareAskingRow.person_id == row.person_id,
            CareAskingRow.filing_id.is_not(None),
            CareAskingRow.filing_id != filed.filing_id,
        )
    )
    await sheets.erase(session, [one for one in before if one is not None], now=now)
    row.filing_id = filed.filing_id
    change.make(AskingMove.FILL)
    await change.finish()
    if row.way == AskedBy.CARD:
        await change.tell(SurveyNotice.READ_BACK, [row.person_id])
    return SurveyOutcome.FILLED


async def confirm(
    session: Session, actor: Person, asking_id: int, *, now: datetime
) -> SurveyOutcome | Refusal:
    """Say that all that was read back is right (CONFIRMED)."""
    change = await begin(session, ASKING, asking_id, AskingMove.CONFIRM, actor, now)
    if isinstance(change, Refusal):
        return change
    if await _is_own(change, actor) and change.row.filing_id is not None:
        await sheets.confirm(session, change.row.filing_id, actor=actor, now=now)
    change.make(AskingMove.CONFIRM)
    change.row.word_by = actor.id
    await change.finish()
    return SurveyOutcome.CONFIRMED


async def object_to(
    session: Session, actor: Person, asking_id: int, *, now: datetime
) -> SurveyOutcome | Refusal:
    """Say that something has to be changed (OBJECTED): staff are told, and fill it in anew."""
    change = await begin(session, ASKING, asking_id, AskingMove.OBJECT, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(AskingMove.OBJECT)
    await change.finish()
    await _tell_desk(change)
    return SurveyOutcome.OBJECTED


async def withdraw(
    session: Session, actor: Person, asking_id: int, *, now: datetime
) -> SurveyOutcome | Refusal:
    """Let nothing of it be kept (WITHDRAWN): what was filled in is erased, at any time."""
    change = await begin(session, ASKING, asking_id, AskingMove.WITHDRAW, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.filing_id is not None:
        await sheets.erase(session, [change.row.filing_id], now=now)
    change.make(AskingMove.WITHDRAW)
    await change.finish()
    return SurveyOutcome.WITHDRAWN


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """Erase what was filled in about somebody who leaves for good; that they were asked stays."""
    await sheets.erase_of(session, person_id, now=now)
    found = await session.scalars(
        select(CareAskingRow.id)
        .where(CareAskingRow.person_id == person_id)
        .order_by(CareAskingRow.id)
    )
    for asking_id in found.all():
        change = await wake(session, ASKING, asking_id, now)
        if change is None:
            continue
        if change.row.state not in {AskingState.DECLINED, AskingState.LAPSED}:
            change.row.state = AskingState.WITHDRAWN
        await change.finish()


async def _may_ask(
    session: Session, actor: Person, survey_id: int, person_id: int, now: datetime
) -> PersonRow | SurveyOutcome | Refusal:
    """Return the resident who may be asked; else why not."""
    change = await begin(session, SURVEYING, survey_id, SurveyMove.ASK, actor, now)
    if isinstance(change, Refusal):
        return change
    path = (await session.get_one(PlaceRow, change.row.place_id)).path
    found = await session.execute(
        select(PersonRow)
        .join(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(PersonRow.id == person_id, surveyed(path))
    )
    person = found.scalar_one_or_none()
    if person is None:
        return Refusal.MISSING
    if actor.id in {person.id, person.proxy_id}:
        return Refusal.OWN
    last = await session.scalar(
        select(func.max(CareAskingRow.declined_at)).where(
            CareAskingRow.person_id == person_id, CareAskingRow.state == AskingState.DECLINED
        )
    )
    return person if may_ask_again(last, now) else SurveyOutcome.SAID_NO


async def _ask(
    session: Session,
    actor: Person,
    survey_id: int,
    person_id: int,
    way: AskedBy,
    now: datetime,
) -> CareAskingRow | PersonAsked:
    """Write down that somebody is asked; ALREADY where somebody else was quicker this year."""
    survey = await session.get_one(CareSurveyRow, survey_id)
    values = {
        "survey_id": survey_id,
        "year": survey.year,
        "person_id": person_id,
        "way": way,
        "asked_by": actor.id,
        "asked_at": now,
        "state": AskingState.ASKED,
    }
    fresh = await insert_once(session, CareAskingRow, values)
    row = await asking_of(session, person_id, survey.year)
    if row is None or not fresh:
        return PersonAsked(Refusal.ALREADY, None if row is None else row.id)
    return row


async def _is_own(change: Asking, actor: Person) -> bool:
    relations = await ASKING.relations(change.session, actor, change.row)
    return AskingRelation.OWN in relations


async def _tell_desk(change: Asking) -> None:
    """Tell whoever asked while they work there, else who is on duty."""
    session, row = change.session, change.row
    survey = await session.get_one(CareSurveyRow, row.survey_id)
    path = (await session.get_one(PlaceRow, survey.place_id)).path
    keeper: int | None = row.asked_by
    if not await works_at(session, row.asked_by, path):
        keeper = await choose_owner(session, path, rather_not={row.person_id}, now=change.now)
    await change.tell(SurveyNotice.ANSWERED, [keeper])

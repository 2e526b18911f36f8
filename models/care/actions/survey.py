"""The yearly survey of needs: begun by staff or the year, filled in with those who say yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from models.audit.actions import deny
from models.care.queries.survey import (
    ASKING,
    SURVEYING,
    asking_of,
    at_door,
    surveyed,
)
from models.care.records import NAME
from models.care.survey_rules import (
    SURVEY,
    AskedBy,
    AskingMove,
    AskingRelation,
    AskingState,
    SurveyMove,
    SurveyNotice,
    SurveyOutcome,
    SurveyPolicy,
    SurveyReminder,
    SurveyState,
    may_ask_again,
    plan_of_years,
)
from models.care.tables import CareAskingRow, CareSurveyRow
from models.database import Session, insert_once
from models.help.actions.rows import choose_owner
from models.hours.rules.local_time import day_of
from models.outbox.refreshing import refresh
from models.people.desk import works_at
from models.people.hanging import PlaceHooks, count_below
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import ABOVE_COMMUNITIES
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.reminders.actions import cancel
from models.reminders.views import Due
from models.routines.lunar import festival_day
from models.routines.rules import next_window, span_of
from models.sheets import actions as sheets
from models.sheets.rules.answers import WrongAnswer

Asking = RecordChange[CareAskingRow]


@dataclass(frozen=True)
class SurveyBegun:
    """What became of beginning a survey; `survey_id` where one is on."""

    outcome: SurveyOutcome | Refusal
    survey_id: int | None = None


@dataclass(frozen=True)
class PersonAsked:
    """What became of asking somebody; `asking_id` where they were asked."""

    outcome: SurveyOutcome | Refusal
    asking_id: int | None = None


async def begin_survey(
    session: Session, actor: Person, place_id: int, *, now: datetime
) -> SurveyBegun:
    """Begin the survey of a place of one's desk (BEGUN): nobody is told, staff ask one by one.

    ALREADY where one is on there, or at a place above it; BAD_CHOICE for a place that is wider than
    a community. It begins again by itself in a year.
    """
    place = await session.get(PlaceRow, place_id, with_for_update=True)
    if place is None or place.ended_at is not None:
        return SurveyBegun(Refusal.MISSING)
    if not actor.may(Right.WORK_DESK, place.path):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "begin a survey"})
        return SurveyBegun(Refusal.NOT_ALLOWED)
    if place.kind in ABOVE_COMMUNITIES:
        return SurveyBegun(Refusal.BAD_CHOICE)
    if standing := await _on_at(session, place.path):
        return SurveyBegun(Refusal.ALREADY, standing)
    row = await _begin(session, place_id, actor.id, now)
    return SurveyBegun(SurveyOutcome.BEGUN, row.id)


async def end_survey(
    session: Session, actor: Person, survey_id: int, *, now: datetime
) -> SurveyOutcome | Refusal:
    """End a survey (ENDED): nobody else is asked; what was agreed can still be filled in."""
    change = await begin(session, SURVEYING, survey_id, SurveyMove.CLOSE, actor, now)
    if isinstance(change, Refusal):
        return change
    await _close(change)
    return SurveyOutcome.ENDED


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


async def over(session: Session, due: Due, now: datetime) -> None:
    """Ask nobody else, and let those be who have not answered."""
    change = await wake(session, SURVEYING, due.subject_id, now)
    if change is not None and change.row.state == SurveyState.ON:
        await _close(change)


async def again(session: Session, due: Due, now: datetime) -> None:
    """Begin the survey of the next year where none is on, and tell staff of it."""
    change = await wake(session, SURVEYING, due.subject_id, now)
    if change is None:
        return
    row = change.row
    place = await session.get_one(PlaceRow, row.place_id)
    if place.ended_at is not None:
        return
    if change.row.state == SurveyState.ON:
        await _close(change)
    if await _on_at(session, place.path):
        return
    keeper: int | None = row.begun_by
    if not await works_at(session, row.begun_by, place.path):
        keeper = await choose_owner(session, place.path, rather_not=set(), now=now)
    new = await _begin(session, row.place_id, keeper or row.begun_by, now)
    begun = RecordChange(session, SURVEYING, new, None, now)
    await begun.tell(SurveyNotice.AGAIN, [keeper], late=due.late)


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


async def end_at(session: Session, _actor: Person, place_id: int, now: datetime) -> None:
    """End the surveys of a place that is removed."""
    for survey_id in await _of_place(session, place_id):
        change = await wake(session, SURVEYING, survey_id, now)
        if change is not None and change.row.state == SurveyState.ON:
            await _close(change)
            await change.cancel([SurveyReminder.AGAIN], "the place is no more")


async def carry(session: Session, actor: Person, pair: tuple[int, int], now: datetime) -> None:
    """Let one survey be on where two places become one: that of the place that stays."""
    here, there = pair
    if await _of_place(session, there):
        await _forget_plans(session, here, now)
        await end_at(session, actor, here, now)


async def _of_place(session: Session, place_id: int) -> list[int]:
    found = await session.scalars(
        select(CareSurveyRow.id)
        .where(CareSurveyRow.place_id == place_id)
        .order_by(CareSurveyRow.id)
    )
    return list(found)


async def _on_at(session: Session, path: str) -> int | None:
    """Return the survey that is on at a place or above it; None where there is none."""
    rows = await session.execute(
        select(CareSurveyRow.id, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == CareSurveyRow.place_id)
        .where(CareSurveyRow.state == SurveyState.ON)
        .order_by(CareSurveyRow.id)
    )
    return next((row[0] for row in rows.all() if covers(row[1], path)), None)


async def _begin(session: Session, place_id: int, begun_by: int, now: datetime) -> CareSurveyRow:
    """Write a survey that is on, and what the clock does about it."""
    policy = policy_of(session, SurveyPolicy)
    today = day_of(now, policy.zone)
    plan = plan_of_years(today, policy.survey_lasts)
    this = next_window(plan, today, festival_day)
    again_ = next_window(plan, today + timedelta(days=1), festival_day)
    ends_at = now + policy.survey_lasts if this is None else span_of(this, policy.zone)[1]
    await _forget_plans(session, place_id, now)
    row = CareSurveyRow(
        place_id=place_id,
        year=today.year,
        begun_by=begun_by,
        begun_at=now,
        ends_at=ends_at,
        state=SurveyState.ON,
    )
    session.add(row)
    await session.flush()
    await sheets.define(session, SURVEY, by_id=None, now=now)
    change = RecordChange(session, SURVEYING, row, begun_by, now)
    await change.remind(SurveyReminder.OVER, ends_at)
    if again_ is not None:
        await change.remind(SurveyReminder.AGAIN, span_of(again_, policy.zone)[0])
    return row


async def _forget_plans(session: Session, place_id: int, now: datetime) -> None:
    """Let one plan of years stand at a place: that of its newest survey."""
    for survey_id in await _of_place(session, place_id):
        await cancel(
            session,
            subject_id=survey_id,
            kinds=[SurveyReminder.AGAIN],
            reason="begun anew",
            now=now,
        )


async def _close(change: RecordChange[CareSurveyRow]) -> None:
    session, now = change.session, change.now
    change.make(SurveyMove.CLOSE)
    await change.cancel([SurveyReminder.OVER], "ended")
    found = await session.scalars(
        select(CareAskingRow.id)
        .where(CareAskingRow.survey_id == change.row.id, CareAskingRow.state == AskingState.ASKED)
        .order_by(CareAskingRow.id)
        .with_for_update()
    )
    ids = list(found)
    await session.execute(
        update(CareAskingRow)
        .where(CareAskingRow.id.in_(ids), CareAskingRow.state == AskingState.ASKED)
        .values(state=AskingState.LAPSED)
    )
    await change.finish()
    await refresh(session, kinds=ASKING.cards, subject_ids=ids, now=now)


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


async def _surveyed(session: Session, path: str) -> int:
    on = CareSurveyRow.state == SurveyState.ON
    return await count_below(session, CareSurveyRow.place_id, path, on)


PLACE_HOOKS = PlaceHooks(_surveyed, end_at, carry)

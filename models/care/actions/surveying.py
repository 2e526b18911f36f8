"""The yearly survey of a place: begun by staff or the year, over by the clock, carried along."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from models.audit.actions import deny
from models.care.queries.survey import (
    ASKING,
    SURVEYING,
)
from models.care.records import NAME
from models.care.survey_rules import (
    SURVEY,
    AskingState,
    SurveyMove,
    SurveyNotice,
    SurveyOutcome,
    SurveyPolicy,
    SurveyReminder,
    SurveyState,
    plan_of_years,
)
from models.care.tables import CareAskingRow, CareSurveyRow
from models.database import Session
from models.help.actions.rows import choose_owner
from models.hours.rules.local_time import day_of
from models.outbox.refreshing import refresh
from models.people.desk import works_at
from models.people.hanging import PlaceHooks, count_below
from models.people.rules import Right
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


@dataclass(frozen=True)
class SurveyBegun:
    """What became of beginning a survey; `survey_id` where one is on."""

    outcome: SurveyOutcome | Refusal
    survey_id: int | None = None


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


async def _surveyed(session: Session, path: str) -> int:
    on = CareSurveyRow.state == SurveyState.ON
    return await count_below(session, CareSurveyRow.place_id, path, on)


PLACE_HOOKS = PlaceHooks(_surveyed, end_at, carry)

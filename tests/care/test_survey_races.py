"""Whatever two can want of a survey at once: one has it, nothing is left half done."""

import asyncio

from sqlalchemy import func, select

from models.care.actions import survey, surveying
from models.care.survey_rules import SURVEY, AskingState, SurveyNotice, SurveyOutcome
from models.care.tables import CareAskingRow, CareSurveyRow
from models.database import transaction
from models.records.rules import Refusal
from models.sheets.queries import current_sheet
from models.sheets.rules.filings import FilingState
from models.sheets.tables import FilingRow, FilingValueRow
from tests.care.lane import Lane
from tests.care.test_survey import ANSWERS, asked, begun, kept_answers, one, with_sheet


async def rows(lane: Lane, table: type[CareAskingRow | CareSurveyRow]) -> int:
    async with transaction(lane.street.sessions) as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_two_staff_begin_the_survey_of_a_place_at_once(lane: Lane) -> None:
    place = lane.street.places["gui"].id
    made = await asyncio.gather(
        *(lane.does(surveying.begin_survey, who, place) for who in ("zhao", "zhou"))
    )
    assert {one.outcome for one in made} == {SurveyOutcome.BEGUN, Refusal.ALREADY}
    assert {one.survey_id for one in made} == {1}
    assert await rows(lane, CareSurveyRow) == 1


async def test_two_staff_ask_the_same_person_at_once(lane: Lane) -> None:
    survey_id, wang = await begun(lane), lane.street.people["wang"]
    made = await asyncio.gather(
        *(lane.does(survey.ask, who, survey_id, wang) for who in ("zhao", "zhou"))
    )
    assert {one.outcome for one in made} == {SurveyOutcome.ASKED, Refusal.ALREADY}
    assert await rows(lane, CareAskingRow) == 1
    assert await lane.street.told(SurveyNotice.ASK) == ["wang"]


async def test_two_staff_fill_in_with_the_same_person_at_once(lane: Lane) -> None:
    asking_id = await asked(lane, await begun(lane))
    await lane.does(survey.agree, "wang", asking_id)
    async with transaction(lane.street.sessions) as session:
        sheet = await current_sheet(session, SURVEY.code)
        assert sheet is not None
    said = await asyncio.gather(
        *(
            lane.does(survey.fill, who, asking_id, sheet.id, ANSWERS, f"t-{who}")
            for who in ("zhao", "zhou")
        )
    )
    assert {*said} == {SurveyOutcome.FILLED, Refusal.ALREADY}
    async with transaction(lane.street.sessions) as session:
        assert await session.scalar(select(func.count()).select_from(FilingRow)) == 1
    assert await lane.street.told(SurveyNotice.READ_BACK) == ["wang"]


async def test_she_wants_nothing_kept_while_staff_fill_it_in_anew(lane: Lane) -> None:
    asking_id = await with_sheet(lane)
    await lane.does(survey.object_to, "wang", asking_id)
    gone, filed = await asyncio.gather(
        lane.does(survey.withdraw, "wang", asking_id),
        lane.does(survey.fill, "zhao", asking_id, 1, ANSWERS, "late"),
    )
    assert gone is SurveyOutcome.WITHDRAWN
    assert filed in {SurveyOutcome.FILLED, Refusal.WRONG_TIME}
    assert (await one(lane, "wang")).state is AskingState.WITHDRAWN
    assert await kept_answers(lane) == 0
    async with transaction(lane.street.sessions) as session:
        states = await session.scalars(select(FilingRow.state))
        assert {*states} == {FilingState.WITHDRAWN}
        assert (await session.scalars(select(FilingValueRow))).all() == []


async def test_a_yes_against_the_end_of_the_survey(lane: Lane) -> None:
    survey_id = await begun(lane)
    asking_id = await asked(lane, survey_id)
    said, ended = await asyncio.gather(
        lane.does(survey.agree, "wang", asking_id),
        lane.does(surveying.end_survey, "zhao", survey_id),
    )
    assert ended is SurveyOutcome.ENDED
    state = (await one(lane, "wang")).state
    if said is SurveyOutcome.AGREED:
        assert state is AskingState.AGREED
    else:
        assert (said, state) == (Refusal.WRONG_TIME, AskingState.LAPSED)

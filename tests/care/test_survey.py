"""The yearly survey: nobody is asked twice, nothing is filled in before a yes."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.care.actions import survey, surveying
from models.care.queries.survey import (
    ResidentView,
    asking_opened,
    asking_view,
    askings_of,
    resident_view,
    survey_places,
    survey_view,
)
from models.care.rules.plans import CareRhythm
from models.care.survey_rules import (
    ASKINGS,
    HOLDS,
    SURVEY,
    AskingMove,
    AskingRelation,
    AskingState,
    SurveyNotice,
    SurveyOutcome,
    SurveyReminder,
    may_ask_again,
    plan_of_years,
    progress,
    wished_rhythm,
    wishes_shown,
)
from models.care.survey_views import AskingView, SurveyView
from models.care.tables import CareAskingRow
from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Role
from models.people.tables import PersonRow
from models.records.rules import Refusal
from models.routines.lunar import festival_day
from models.routines.rules import next_window, wrong_plan
from models.sheets.queries import current_sheet, filings_about
from models.sheets.rules.answers import AnswerProblem, WrongAnswer
from models.sheets.rules.fields import FieldKind, wrong_with_sheet
from models.sheets.tables import FilingValueRow
from tests.care.lane import Lane
from tests.care.test_guard_rails import CANARY, in_plain

ANSWERS: Mapping[str, object] = {
    "lives": "alone",
    "about": "helped",
    "help": ["chat", "shopping"],
    "look_in": "weekly",
    "daily": "yes",
    "told": "女儿小红",
    "ring": "13800001001",
    "else": "晚上怕黑",
}
_tokens = count()


async def begun(lane: Lane, at: str = "gui", by: str = "zhao") -> int:
    made = await lane.does(surveying.begin_survey, by, lane.street.places[at].id)
    assert made.outcome is SurveyOutcome.BEGUN, made
    assert made.survey_id is not None
    return made.survey_id


async def asked(lane: Lane, survey_id: int, name: str = "wang", by: str = "zhao") -> int:
    made = await lane.does(survey.ask, by, survey_id, lane.street.people[name])
    assert made.outcome is SurveyOutcome.ASKED, made
    assert made.asking_id is not None
    return made.asking_id


async def filled(lane: Lane, asking_id: int, by: str = "zhao", **other: object) -> Any:
    assert await lane.does(survey.may_fill, by, asking_id) is None
    async with transaction(lane.street.sessions) as session:
        sheet = await current_sheet(session, SURVEY.code)
        assert sheet is not None
    answers = {**ANSWERS, **other}
    return await lane.does(survey.fill, by, asking_id, sheet.id, answers, f"t{next(_tokens)}")


async def with_sheet(lane: Lane, name: str = "wang") -> int:
    """Let somebody be asked, agree, and have the sheet filled in."""
    asking_id = await asked(lane, await begun(lane), name)
    assert await lane.does(survey.agree, name, asking_id) is SurveyOutcome.AGREED
    assert await filled(lane, asking_id) is SurveyOutcome.FILLED
    return asking_id


async def the_view(lane: Lane, name: str, survey_id: int = 1, page: int = 0) -> SurveyView:
    found = await lane.does(survey_view, name, survey_id, page)
    assert isinstance(found, SurveyView), found
    return found


async def one(lane: Lane, name: str, asking_id: int = 1, *, opened: bool = False) -> AskingView:
    found = await lane.does(asking_opened if opened else asking_view, name, asking_id)
    assert isinstance(found, AskingView), found
    return found


async def kept_answers(lane: Lane) -> int:
    async with transaction(lane.street.sessions) as session:
        return await session.scalar(select(func.count()).select_from(FilingValueRow)) or 0


def test_the_sheet_is_sound_and_seals_how_somebody_lives() -> None:
    assert wrong_with_sheet(SURVEY) == ()
    open_ = {field.key for field in SURVEY.fields if not field.sealed}
    assert open_ == {"help", "look_in", "daily"}
    texts = [field for field in SURVEY.fields if field.kind in {FieldKind.TEXT, FieldKind.PHONE}]
    assert all(field.sealed and not field.required for field in texts)


@given(st.sampled_from(AskingState), st.sampled_from(AskingRelation))
def test_only_her_own_word_says_yes_right_or_nothing(
    state: AskingState, relation: AskingRelation
) -> None:
    moves = ASKINGS.open_to(state, [relation])
    word = {AskingMove.AGREE, AskingMove.DECLINE, AskingMove.CONFIRM, AskingMove.WITHDRAW}
    if relation not in {AskingRelation.OWN, AskingRelation.VOICE}:
        assert not moves & word
    if relation is not AskingRelation.KEEPER:
        assert AskingMove.FILL not in moves
    if AskingMove.FILL in moves:
        assert state in {AskingState.AGREED, AskingState.WRONG}
    if state in HOLDS and relation is AskingRelation.OWN:
        assert AskingMove.WITHDRAW in moves


@given(st.lists(st.sampled_from(AskingState)))
def test_the_figures_are_those_of_a_recount(states: list[AskingState]) -> None:
    all_, yes, no, filled_in = progress(Counter(map(str, states)))
    assert all_ == len(states)
    assert no == states.count(AskingState.DECLINED)
    assert filled_in == sum(one in HOLDS for one in states)
    assert filled_in <= yes <= all_ - no


KINDS = [option.key for field in SURVEY.fields if field.key == "help" for option in field.options]


@given(st.lists(st.sets(st.sampled_from([*KINDS, "gone"])).map(" ".join), max_size=12))
def test_a_wish_of_fewer_than_five_homes_is_never_shown(answers: list[str]) -> None:
    shown = dict(wishes_shown(answers))
    for kind in KINDS:
        many = sum(kind in answer.split() for answer in answers)
        assert shown.get(kind) == (many if many >= 5 else None)


@given(st.dates(date(2024, 1, 1), date(2090, 12, 31)), st.integers(min_value=1, max_value=300))
def test_it_comes_again_once_a_year_whatever_the_day(day: date, lasts: int) -> None:
    plan = plan_of_years(day, timedelta(days=lasts))
    assert wrong_plan(plan) is None
    this = next_window(plan, day, festival_day)
    again = next_window(plan, day + timedelta(days=1), festival_day)
    assert this is not None
    assert again is not None
    assert this.opens_on == day
    assert again.opens_on.year == day.year + 1
    assert 364 <= (again.opens_on - day).days <= 366


@given(st.dates(date(2024, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_a_no_is_kept_for_a_year_whatever_the_day(day: date, days: int) -> None:
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    assert may_ask_again(at, at + timedelta(days=days)) is (days >= 365)
    assert may_ask_again(None, at)


def test_only_a_wish_to_be_looked_in_on_is_one() -> None:
    assert wished_rhythm("weekly") is CareRhythm.WEEKLY
    assert wished_rhythm("monthly") is CareRhythm.MONTHLY
    assert wished_rhythm("quarterly") is None
    assert wished_rhythm("no") is None
    assert wished_rhythm(None) is None


async def test_from_the_question_to_all_is_right(lane: Lane) -> None:
    asking_id = await asked(lane, await begun(lane))
    assert await lane.street.told(SurveyNotice.ASK) == ["wang"]
    assert await lane.does(survey.may_fill, "zhao", asking_id) is Refusal.WRONG_TIME
    assert await lane.does(survey.agree, "wang", asking_id) is SurveyOutcome.AGREED
    assert await lane.street.told(SurveyNotice.ANSWERED) == ["zhao"]
    assert await filled(lane, asking_id) is SurveyOutcome.FILLED
    assert await lane.street.told(SurveyNotice.READ_BACK) == ["wang"]
    own = await one(lane, "wang")
    assert own.filing is not None
    assert own.filing.value("told") == "女儿小红"
    assert own.filing.value("lives") == "alone"
    assert await lane.does(survey.confirm, "wang", asking_id) is SurveyOutcome.CONFIRMED
    assert (await one(lane, "zhao")).state is AskingState.CONFIRMED
    view = await the_view(lane, "zhao")
    assert (view.asked, view.agreed, view.declined, view.filled) == (1, 1, 0, 1)
    assert view.wishes == ()


async def test_those_not_asked_yet_come_first(lane: Lane) -> None:
    survey_id = await begun(lane, "g1")
    first = (await the_view(lane, "zhao")).people.lines[0].who.id
    by = "zhou" if lane.street.people["zhao"] == first else "zhao"
    await lane.does(survey.ask, by, survey_id, first)
    lines = (await the_view(lane, "zhao")).people.lines
    assert lines[0].state is None
    assert lines[-1].who.id == first


async def test_a_no_is_one_tap_and_kept_for_a_year(lane: Lane) -> None:
    asking_id = await asked(lane, await begun(lane))
    assert await lane.does(survey.decline, "wang", asking_id) is SurveyOutcome.DECLINED
    assert await lane.does(survey.may_fill, "zhao", asking_id) is Refusal.WRONG_TIME
    lane.street.now = datetime(2027, 1, 5, 2, tzinfo=UTC)
    await lane.does(surveying.end_survey, "zhao", 1)
    again = await begun(lane)
    wang = lane.street.people["wang"]
    made = await lane.does(survey.ask, "zhao", again, wang)
    assert made.outcome is SurveyOutcome.SAID_NO
    assert await lane.street.told(SurveyNotice.ASK) == ["wang"]


async def test_what_she_wants_changed_is_filled_in_anew_and_the_old_erased(lane: Lane) -> None:
    asking_id = await with_sheet(lane)
    before = await kept_answers(lane)
    assert await lane.does(survey.object_to, "wang", asking_id) is SurveyOutcome.OBJECTED
    assert await lane.street.told(SurveyNotice.ANSWERED) == ["zhao", "zhao"]
    assert await filled(lane, asking_id, look_in="monthly") is SurveyOutcome.FILLED
    assert await kept_answers(lane) == before
    assert (await one(lane, "zhao")).rhythm is CareRhythm.MONTHLY


@pytest.mark.parametrize("confirmed", [False, True])
async def test_nothing_is_kept_when_she_says_so(lane: Lane, *, confirmed: bool) -> None:
    asking_id = await with_sheet(lane)
    if confirmed:
        await lane.does(survey.confirm, "wang", asking_id)
    assert await lane.does(survey.withdraw, "wang", asking_id) is SurveyOutcome.WITHDRAWN
    assert await kept_answers(lane) == 0
    for name in ("wang", "zhao"):
        assert (await one(lane, name)).filing is None
    assert await lane.does(survey.may_fill, "zhao", asking_id) is Refusal.WRONG_TIME


async def test_staff_see_what_is_sealed_by_a_look_that_she_reads_of(lane: Lane) -> None:
    asking_id = await with_sheet(lane)
    shut = await one(lane, "zhao")
    assert shut.filing is not None
    assert shut.filing.value("told") is None
    assert shut.filing.value("look_in") == "weekly"
    read = await one(lane, "zhao", asking_id, opened=True)
    assert read.filing is not None
    assert read.filing.value("told") == "女儿小红"
    async with transaction(lane.street.sessions) as session:
        looks = await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.LOOKED))
        [line] = looks.all()
    assert line.actor_id == lane.street.people["zhao"]
    assert line.concerning_id == lane.street.people["wang"]


async def test_what_is_sealed_sings_nowhere(lane: Lane) -> None:
    asking_id = await asked(lane, await begun(lane))
    await lane.does(survey.agree, "wang", asking_id)
    await filled(lane, asking_id, told=f"{CANARY}女儿", **{"else": f"{CANARY}怕黑"})
    read = await one(lane, "zhao", asking_id, opened=True)
    assert read.filing is not None
    assert CANARY in str(read.filing.value("else"))
    assert await in_plain(lane) == []


async def test_at_the_door_it_is_kept_whose_word_it_was(lane: Lane) -> None:
    await lane.street.add("sun", "b1", telegram=False)
    survey_id = await begun(lane)
    sun, people = lane.street.people["sun"], lane.street.people
    by_card = await lane.does(survey.ask, "zhao", survey_id, sun)
    assert by_card.outcome is SurveyOutcome.AT_THE_DOOR
    made = await lane.does(survey.ask_at_door, "zhao", survey_id, sun, agreed=True)
    assert made.outcome is SurveyOutcome.AGREED
    assert made.asking_id is not None
    assert await filled(lane, made.asking_id) is SurveyOutcome.FILLED
    assert await lane.does(survey.confirm, "zhou", made.asking_id) is SurveyOutcome.CONFIRMED
    view = await one(lane, "zhao", made.asking_id)
    assert view.word_by is not None
    assert view.word_by.id == people["zhou"]
    assert view.asked_by is not None
    assert view.asked_by.id == people["zhao"]
    assert await lane.does(survey.withdraw, "zhao", made.asking_id) is SurveyOutcome.WITHDRAWN
    assert await kept_answers(lane) == 0


async def test_nobody_answers_at_the_door_for_somebody_with_telegram(lane: Lane) -> None:
    survey_id = await begun(lane)
    wang = lane.street.people["wang"]
    made = await lane.does(survey.ask_at_door, "zhao", survey_id, wang, agreed=True)
    assert made.outcome is SurveyOutcome.HAS_TELEGRAM
    asking_id = await asked(lane, survey_id)
    for act in (survey.agree, survey.decline, survey.confirm, survey.withdraw):
        assert await lane.does(act, "zhao", asking_id) is Refusal.NOT_ALLOWED


async def test_a_proxy_is_asked_and_reads_it_by_one_look(lane: Lane) -> None:
    await lane.street.add("sun", "b1", telegram=False, proxy="li")
    asking_id = await asked(lane, await begun(lane), "sun")
    assert await lane.street.told(SurveyNotice.ASK) == ["li"]
    assert await lane.does(survey.agree, "li", asking_id) is SurveyOutcome.AGREED
    await filled(lane, asking_id)
    for _time in range(2):
        read = await one(lane, "li", asking_id)
        assert read.filing is not None
        assert read.filing.value("told") == "女儿小红"
    async with transaction(lane.street.sessions) as session:
        looks = await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.LOOKED))
        assert len(looks.all()) == 1
        li = await lane.street.actor(session, "li")
        assert [who.name for _id, who, _own in await askings_of(session, li)] == ["sun"]
    assert await lane.does(survey.confirm, "li", asking_id) is SurveyOutcome.CONFIRMED


async def test_nobody_surveys_themselves_or_whom_they_speak_for(lane: Lane) -> None:
    await lane.street.add("sun", "b1", telegram=False, proxy="zhao")
    survey_id = await begun(lane)
    for name in ("zhao", "sun"):
        made = await lane.does(survey.ask, "zhao", survey_id, lane.street.people[name])
        assert made.outcome is Refusal.OWN
    asking_id = await asked(lane, survey_id, "zhao", by="zhou")
    assert await lane.does(survey.agree, "zhao", asking_id) is SurveyOutcome.AGREED
    assert await lane.does(survey.may_fill, "zhao", asking_id) is Refusal.OWN


async def test_strangers_and_other_communities_see_and_do_nothing(lane: Lane) -> None:
    await lane.street.add("sun", "l1")
    await lane.street.grant("sun", Role.STAFF, "lan")
    asking_id = await with_sheet(lane)
    gui, wang = lane.street.places["gui"].id, lane.street.people["wang"]
    for name in ("li", "sun"):
        assert (await lane.does(surveying.begin_survey, name, gui)).outcome is Refusal.NOT_ALLOWED
        assert await lane.does(surveying.end_survey, name, 1) is Refusal.NOT_ALLOWED
        assert await lane.does(survey_view, name, 1) is Refusal.NOT_ALLOWED
        assert await lane.does(resident_view, name, 1, wang) is Refusal.NOT_ALLOWED
        assert (await lane.does(survey.ask, name, 1, wang)).outcome is Refusal.NOT_ALLOWED
        door = await lane.does(survey.ask_at_door, name, 1, wang, agreed=True)
        assert door.outcome is Refusal.NOT_ALLOWED
        for act in (
            survey.agree,
            survey.decline,
            survey.may_fill,
            survey.confirm,
            survey.object_to,
            survey.withdraw,
            asking_view,
            asking_opened,
        ):
            assert await lane.does(act, name, asking_id) is Refusal.NOT_ALLOWED, act
        filed = await lane.does(survey.fill, name, asking_id, 1, ANSWERS, f"x{name}")
        assert filed is Refusal.NOT_ALLOWED
    assert await lane.does(asking_opened, "wang", asking_id) is Refusal.NOT_ALLOWED
    async with transaction(lane.street.sessions) as session:
        assert await survey_places(session, await lane.street.actor(session, "li")) == []


async def test_a_survey_reaches_no_further_than_its_place(lane: Lane) -> None:
    await lane.street.add("sun", "b4")
    survey_id = await begun(lane, "g1")
    sun = lane.street.people["sun"]
    assert await lane.does(resident_view, "zhao", survey_id, sun) is Refusal.MISSING
    assert (await lane.does(survey.ask, "zhao", survey_id, sun)).outcome is Refusal.MISSING
    assert isinstance(
        await lane.does(resident_view, "zhao", survey_id, lane.street.people["wang"]), ResidentView
    )


async def test_an_identity_number_is_never_taken_down(lane: Lane) -> None:
    asking_id = await asked(lane, await begun(lane))
    await lane.does(survey.agree, "wang", asking_id)
    wrong = await filled(lane, asking_id, **{"else": "11010519491231002X"})
    assert wrong == WrongAnswer("else", AnswerProblem.IDENTITY_NUMBER)
    assert await kept_answers(lane) == 0


async def test_one_survey_is_on_at_a_place_and_nobody_is_asked_twice(lane: Lane) -> None:
    grid = await begun(lane, "g1")
    place = lane.street.places["g1"].id
    again = await lane.does(surveying.begin_survey, "zhou", place)
    assert (again.outcome, again.survey_id) == (Refusal.ALREADY, grid)
    wide = await begun(lane, "gui")
    below = await lane.does(surveying.begin_survey, "zhao", lane.street.places["g2"].id)
    assert (below.outcome, below.survey_id) == (Refusal.ALREADY, wide)
    asking_id = await asked(lane, grid)
    made = await lane.does(survey.ask, "zhou", wide, lane.street.people["wang"])
    assert (made.outcome, made.asking_id) == (Refusal.ALREADY, asking_id)


async def runs(lane: Lane, kind: SurveyReminder) -> None:
    """Let the clock do what is due of a kind, at its hour."""
    [due] = await lane.street.pending(kind)
    await lane.until(due)


async def test_silence_lapses_and_a_year_later_it_begins_again_by_itself(lane: Lane) -> None:
    asking_id = await asked(lane, await begun(lane))
    await runs(lane, SurveyReminder.OVER)
    assert (await one(lane, "wang")).state is AskingState.LAPSED
    assert await lane.does(survey.agree, "wang", asking_id) is Refusal.WRONG_TIME
    asked_so_far = await lane.street.told(SurveyNotice.ASK)
    await runs(lane, SurveyReminder.AGAIN)
    assert await lane.street.told(SurveyNotice.AGAIN) == ["zhao"]
    assert await lane.street.told(SurveyNotice.ASK) == asked_so_far
    view = await the_view(lane, "zhao", 2)
    assert view.on
    assert view.asked == 0
    assert len(await lane.street.pending(SurveyReminder.AGAIN)) == 1


async def test_a_survey_is_of_a_community_or_less(lane: Lane) -> None:
    await lane.street.add("sun", "b2")
    await lane.street.grant("sun", Role.STAFF, "street")
    places = lane.street.places
    wide = await lane.does(surveying.begin_survey, "sun", places["street"].id)
    assert wide.outcome is Refusal.BAD_CHOICE
    await begun(lane, "g1")
    async with transaction(lane.street.sessions) as session:
        found = await survey_places(session, await lane.street.actor(session, "sun"))
    assert {one.place_id: one.survey_id for one in found} == {
        places["g1"].id: 1,
        places["gui"].id: None,
        places["lan"].id: None,
    }


async def test_begun_anew_there_is_one_plan_of_years(lane: Lane) -> None:
    await begun(lane)
    await lane.does(surveying.end_survey, "zhao", 1)
    await begun(lane)
    assert len(await lane.street.pending(SurveyReminder.AGAIN)) == 1


async def test_whoever_leaves_is_erased_and_the_count_stays(lane: Lane) -> None:
    asking_id = await with_sheet(lane)
    async with transaction(lane.street.sessions) as session:
        await leave(session, await lane.street.actor(session, "wang"), now=lane.street.now)
    assert await kept_answers(lane) == 0
    assert await lane.does(asking_view, "zhao", asking_id) is Refusal.NOT_ALLOWED
    view = await the_view(lane, "zhao")
    assert view.asked == 1
    assert lane.street.people["wang"] not in {line.who.id for line in view.people.lines}


async def test_her_copy_holds_what_was_filled_in(lane: Lane) -> None:
    await with_sheet(lane)
    async with transaction(lane.street.sessions) as session:
        [mine] = await filings_about(session, lane.street.people["wang"])
    assert mine.value("else") == "晚上怕黑"


async def test_a_desk_loses_sight_of_whoever_moves_away(lane: Lane) -> None:
    asking_id = await with_sheet(lane)
    async with transaction(lane.street.sessions) as session:
        row = await session.get_one(CareAskingRow, asking_id)
        person = await lane.street.actor(session, "wang")
        assert row.person_id == person.id
        (await session.get_one(PersonRow, person.id)).place_id = lane.street.places["l1"].id
    assert await lane.does(asking_view, "zhao", asking_id) is Refusal.NOT_ALLOWED
    assert (await one(lane, "wang")).filing is not None


async def test_a_merger_leaves_one_survey_on_and_a_removal_none(lane: Lane) -> None:
    here, there = (lane.street.places[code].id for code in ("b1", "b2"))
    await begun(lane, "b1")
    await begun(lane, "b2")
    await lane.does(survey.ask, "zhao", 1, lane.street.people["wang"])
    async with transaction(lane.street.sessions) as session:
        zhao = await lane.street.actor(session, "zhao")
        await surveying.carry(session, zhao, (here, there), lane.street.now)
    assert not (await the_view(lane, "zhao", 1)).on
    assert (await the_view(lane, "zhao", 2)).on
    assert (await one(lane, "wang")).state is AskingState.LAPSED
    async with transaction(lane.street.sessions) as session:
        zhao = await lane.street.actor(session, "zhao")
        await surveying.end_at(session, zhao, there, lane.street.now)
    assert not (await the_view(lane, "zhao", 2)).on
    assert await lane.street.pending(SurveyReminder.AGAIN) == []

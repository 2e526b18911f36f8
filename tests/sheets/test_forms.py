"""A sheet as a form: whatever is on it, in both languages, of the version asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.form import Choose, Contact, Form, FormContext, Number, Text, VoiceNote, forms
from handlers.i18n import CHINESE, ENGLISH, LANGUAGES, speaking
from handlers.screen import Screen
from handlers.settings.screens import looks
from handlers.sheets.forms import FilledIn, form_of, sheets_of, with_year
from handlers.sheets.rows import WRONG_CELL, WRONG_FILE, WRONG_SHEET, fault_lines
from handlers.sheets.screens import WRONG, answer_lines, answer_words
from handlers.workbook import UnreadableBook
from models.database import transaction
from models.people.views import Look
from models.sheets import actions, queries
from models.sheets.rules.answers import AnswerProblem, Spoken, read_answer
from models.sheets.rules.fields import SheetProblem
from models.sheets.rules.rows import CellFault, CellProblem
from tests.sheets.drawn import answers_to, fields
from tests.sheets.survey import ANSWERS, CODE, RECORD, SHORTER, SUBJECT, SURVEY, defined, view_of
from tests.town import Town


async def done(_ctx: FormContext, _filled: FilledIn) -> Screen:
    return Screen("done")


def survey(language: str = ENGLISH) -> Form:
    return form_of(view_of(SURVEY, 3), done, language)


def test_every_kind_of_field_is_asked_in_its_way() -> None:
    form = survey()
    assert (form.name, form.version, form.title) == ("sheet.survey", 3, "Survey of needs")
    accepted = {key: question.accepts for key, question in form.by_key.items()}
    assert accepted["field.alone"] == (Choose(),)
    assert accepted["field.mobility"] == (Choose(),)
    assert accepted["field.wishes"] == (Choose(many=True, at_most=2),)
    assert accepted["field.floors"] == (Number(1, 40),)
    assert accepted["field.told"] == (Contact(),)
    assert [type(one) for one in accepted["field.words"]] == [Text, VoiceNote]
    assert [type(one) for one in accepted["field.plate"]] == [Text], "a voice is not looked up"
    sealed = {key for key, question in form.by_key.items() if question.personal}
    assert sealed == {"field.alone", "field.told", "field.words"}
    skipped = {key for key, question in form.by_key.items() if question.optional}
    assert skipped == {"field.wishes", "field.since", "field.plate", "field.words"}


@given(st.lists(fields(), min_size=1, max_size=5, unique_by=lambda one: one.key), st.data())
def test_any_sheet_is_a_form_and_any_answer_reads(found, data) -> None:
    sheet = view_of(SHORTER.__class__(CODE, SUBJECT, SURVEY.title, tuple(found)))
    for language in LANGUAGES:
        with speaking(language):
            form = form_of(sheet, done, language)
            assert len(form.questions) == len(found) + 1
            assert form.confirm
            for field in found:
                value = read_answer(field, data.draw(answers_to(field)))
                assert answer_words(field, value, language)


def test_every_problem_has_a_sentence() -> None:
    assert set(WRONG) == set(AnswerProblem)
    assert set(WRONG_CELL) == set(CellProblem)
    assert set(WRONG_SHEET) == set(SheetProblem)
    assert set(WRONG_FILE) == set(UnreadableBook)


def test_faults_are_said_by_row_and_column_and_those_beyond_a_screen_are_counted() -> None:
    wrong = [CellFault(2, "车牌", AnswerProblem.NO_PLATE), CellFault(9, "", CellProblem.NO_ROWS)]
    with speaking(ENGLISH):
        assert fault_lines(wrong) == [
            "Row 2, “车牌”: That is no plate. Please write it whole, such as 苏A12345.",
            "Row 9: There is nothing below the heads.",
        ]
        assert fault_lines(wrong * 8)[-1] == "… and 4 more."


def test_two_rooms_do_not_serve_the_sheets_of_one_subject() -> None:
    with pytest.raises(ValueError, match="served already"):
        sheets_of(SUBJECT, done)


async def test_a_version_is_made_anew_from_what_is_kept(town: Town) -> None:
    for draft in (SURVEY, SHORTER):
        await defined(town.sessions, town.now, draft)
    async with transaction(town.sessions) as session:
        with speaking(CHINESE):
            old = await forms.get(session, f"sheet.{CODE}", 1)
            new = await forms.get(session, f"sheet.{CODE}")
        assert old is not None
        assert new is not None
        assert (old.version, old.title, len(old.questions)) == (1, "摸底表", 9)
        assert (new.version, new.title, len(new.questions)) == (2, "摸底表（新）", 2)
        for name, version in ((f"sheet.{CODE}", 3), ("sheet.none", None), ("sheet.none", 1)):
            assert await forms.get(session, name, version) is None
        await actions.retire(session, CODE, now=town.now)
        assert await forms.get(session, f"sheet.{CODE}") is None, "nobody begins with it"
        assert await forms.get(session, f"sheet.{CODE}", 2) is not None, "who began goes on"


async def test_what_is_not_opened_is_not_read_back(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    sheet = await defined(town.sessions, town.now)
    async with transaction(town.sessions) as session:
        filed = await actions.file(
            session,
            sheet.sheet_id,
            subject_id=RECORD,
            about_id=wang.id,
            by_id=zhao.id,
            answers=ANSWERS | {"words": Spoken("voice", 9)},
            token="t",
            now=town.now,
        )
        shut = await queries.filing_view(session, filed.filing_id)
        seen = await actions.look(session, filed.filing_id, reader_id=zhao.id, now=town.now)
    assert shut is not None
    assert seen is not None
    with speaking(ENGLISH):
        closed, opened = answer_lines(shut, ENGLISH), answer_lines(seen, ENGLISH)
        look = Look(town.now, "Zhao", (), "filings", filed.filing_id)
        assert "Zhao: what was filled in about you" in looks([look], town.now, {}).text
    assert closed[0] == "Lives alone: 🔒"
    assert opened[0] == "Lives alone: Yes"
    assert closed[1] == opened[1] == "Walking: With a stick"
    assert opened[-1] == "Anything else: 🎤 voice message, 9 s"
    with speaking(CHINESE):
        assert answer_lines(seen, CHINESE)[:3] == [
            "独居：是",
            "行动：拄拐杖",
            "希望：聊聊天、买菜",
        ]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("明年6月1日", "2027年6月1日"),
        ("去年的 6月1日", "2025年6月1日"),
        ("后年1月2号", "2028年1月2号"),
        ("今年12月31日", "2026年12月31日"),
        ("明年", "明年"),
        ("2027-06-01", "2027-06-01"),
    ],
)
def test_a_year_that_is_named_is_read(said: str, read: str) -> None:
    assert with_year(said, 2026) == read

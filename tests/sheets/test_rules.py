"""What is wrong with a sheet, what an answer can be, and that both are kept as they were."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sheets.rules.answers import (
    AnswerProblem,
    Spoken,
    WrongAnswer,
    kept_text,
    looked_up_by,
    read_answer,
    read_answers,
    value_of,
)
from models.sheets.rules.fields import (
    FIELDS_AT_MOST,
    OPTIONS_AT_MOST,
    FieldKind,
    SheetField,
    SheetProblem,
    SheetWords,
    WrongSheet,
    read_fields,
    written_fields,
    wrong_with_sheet,
)
from tests.sheets.drawn import answers_to, fields
from tests.sheets.survey import ANSWERS, SURVEY, option

SAID = SheetWords("问", "Ask")


@given(fields(), st.data())
def test_what_serves_is_kept_and_read_back_as_it_was(
    field: SheetField, data: st.DataObject
) -> None:
    sheet = replace(SURVEY, fields=(field,))
    assert wrong_with_sheet(sheet) == ()
    assert read_fields(written_fields([field])) == (field,)
    value = read_answer(field, data.draw(answers_to(field)))
    assert value is not None
    assert not isinstance(value, AnswerProblem)
    text, seconds = kept_text(value)
    assert value_of(field, text, seconds) == value
    assert read_answer(field, value) == value


@given(fields(), st.text() | st.integers() | st.booleans() | st.none() | st.lists(st.text()))
def test_whatever_comes_is_an_answer_or_a_named_problem(field: SheetField, raw: object) -> None:
    value = read_answer(field, raw)
    if isinstance(value, AnswerProblem):
        return
    assert (value is None) <= (not field.required)
    if value is not None:
        assert read_answer(field, value) == value


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        (SheetField("Bad Key", FieldKind.DAY, SAID), SheetProblem.BAD_CODE),
        (SheetField("a", FieldKind.DAY, SheetWords("问", " ")), SheetProblem.NO_WORDS),
        (SheetField("a", FieldKind.CHOICE, SAID), SheetProblem.NO_OPTIONS),
        (
            SheetField("a", FieldKind.DAY, SAID, options=(option("a", "是", "A"),)),
            SheetProblem.OPTIONS_OF_NOTHING,
        ),
        (
            SheetField("a", FieldKind.MANY, SAID, options=(option("a", "是", "A"),) * 2),
            SheetProblem.DOUBLE_KEY,
        ),
        (
            SheetField(
                "a",
                FieldKind.CHOICE,
                SAID,
                options=tuple(option(f"o{n}", "是", "A") for n in range(OPTIONS_AT_MOST + 1)),
            ),
            SheetProblem.TOO_MANY_OPTIONS,
        ),
        (
            SheetField("a", FieldKind.MANY, SAID, options=(option("a", "是", "A"),), sealed=True),
            SheetProblem.SEALED_MANY,
        ),
        (SheetField("a", FieldKind.NUMBER, SAID, least=3, most=2), SheetProblem.BAD_BOUNDS),
        (SheetField("a", FieldKind.NUMBER, SAID, most=10**18), SheetProblem.BAD_BOUNDS),
        (SheetField("a", FieldKind.NUMBER, SAID, least=-1), SheetProblem.BAD_BOUNDS),
        (SheetField("a", FieldKind.DAY, SAID, most=2), SheetProblem.BAD_BOUNDS),
        (SheetField("a", FieldKind.PHONE, SAID), SheetProblem.OPEN_PERSONAL),
        (SheetField("a", FieldKind.PLATE, SAID), SheetProblem.OPEN_PERSONAL),
        (SheetField("a", FieldKind.PHOTO, SAID, most=2), SheetProblem.BAD_BOUNDS),
        (
            SheetField("a", FieldKind.YES_NO, SAID, sealed=True, indexed=True),
            SheetProblem.INDEX_TELLS,
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_field(field: SheetField, problem: SheetProblem) -> None:
    assert WrongSheet(problem, field.key) in wrong_with_sheet(replace(SURVEY, fields=(field,)))


def test_what_is_wrong_with_the_whole_is_named() -> None:
    many = tuple(SheetField(f"f{n}", FieldKind.DAY, SAID) for n in range(FIELDS_AT_MOST + 1))
    twice = (SheetField("a", FieldKind.DAY, SAID),) * 2
    cases = {
        SheetProblem.NO_FIELDS: replace(SURVEY, fields=()),
        SheetProblem.TOO_MANY_FIELDS: replace(SURVEY, fields=many),
        SheetProblem.DOUBLE_KEY: replace(SURVEY, fields=twice),
        SheetProblem.BAD_CODE: replace(SURVEY, code="Survey 1"),
        SheetProblem.NO_WORDS: replace(SURVEY, title=SheetWords("", "x")),
    }
    for problem, sheet in cases.items():
        assert [one.problem for one in wrong_with_sheet(sheet)] == [problem]
    assert wrong_with_sheet(SURVEY) == ()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"kind": "signature"}, SheetProblem.UNKNOWN_KIND),
        ({"words": "问"}, SheetProblem.BAD_SHAPE),
        ({"least": "3"}, SheetProblem.BAD_SHAPE),
        ({"sealed": 1}, SheetProblem.BAD_SHAPE),
    ],
)
def test_data_that_are_no_field_are_named(changed: dict, problem: SheetProblem) -> None:
    [kept] = written_fields(SURVEY.fields[:1])
    assert read_fields([kept | changed]) == WrongSheet(problem, "alone")


def test_all_answers_or_the_first_that_does_not_serve() -> None:
    found = read_answers(SURVEY.fields, ANSWERS)
    assert isinstance(found, dict)
    assert found["wishes"] == ("visit", "shop"), "in the order of the options"
    assert found["alone"] is True
    assert found["since"] == date(2019, 3, 5)
    wrong = {
        "floors": (41, AnswerProblem.OUT_OF_RANGE),
        "alone": ("maybe", AnswerProblem.NOT_YES_OR_NO),
        "mobility": ("fly", AnswerProblem.NO_OPTION),
        "wishes": (["visit", "shop", "doctor"], AnswerProblem.TOO_MANY),
        "since": ("2019-02-30", AnswerProblem.NO_DAY),
        "told": ("老李", AnswerProblem.NO_PHONE),
        "plate": (Spoken("f", 3), AnswerProblem.NO_VOICE),
        "else": ("x", AnswerProblem.UNKNOWN_FIELD),
    }
    for key, (raw, why) in wrong.items():
        assert read_answers(SURVEY.fields, ANSWERS | {key: raw}) == WrongAnswer(key, why)
    assert read_answers(SURVEY.fields, {}) == WrongAnswer("alone", AnswerProblem.MISSING)


def test_what_is_looked_up_is_one_however_it_is_written() -> None:
    plate, phone = SURVEY.field("plate"), SURVEY.field("told")
    assert plate is not None
    assert phone is not None
    assert {looked_up_by(plate, one) for one in ("京A·12345", "京 ａ12345")} == {"京a12345"}
    assert {looked_up_by(phone, one) for one in ("+8613800001001", "13800001001")} == {
        "13800001001"
    }

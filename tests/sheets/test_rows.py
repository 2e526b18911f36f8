"""Sheets in a spreadsheet: what is filled in or defined there; faults by row and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sheets.rules.answers import AnswerProblem
from models.sheets.rules.fields import FieldKind, SheetDraft, SheetField, SheetProblem, SheetWords
from models.sheets.rules.rows import (
    FAULTS_AT_MOST,
    HEADS,
    KINDS,
    ROWS_AT_MOST,
    CellFault,
    CellProblem,
    FilledRow,
    free_key,
    heads_of,
    read_defined,
    read_filled,
)
from tests.sheets.survey import IDENTITY, option

CAR = SheetDraft(
    code="car",
    subject="tested",
    title=SheetWords("车辆", "Cars"),
    fields=(
        SheetField(
            "plate",
            FieldKind.PLATE,
            SheetWords("车牌是多少？", "What is the plate?"),
            short=SheetWords("车牌", "Plate"),
            sealed=True,
            indexed=True,
        ),
        SheetField(
            "colour",
            FieldKind.CHOICE,
            SheetWords("颜色", "Colour"),
            options=(option("white", "白色", "White"), option("black", "黑色", "Black")),
        ),
        SheetField(
            "for_what",
            FieldKind.MANY,
            SheetWords("用途", "Use"),
            options=(option("own", "自用", "Own"), option("work", "干活", "Work")),
            required=False,
        ),
        SheetField("until", FieldKind.DAY, SheetWords("年检到", "Checked until"), required=False),
        SheetField("charges", FieldKind.YES_NO, SheetWords("充电", "Charges"), required=False),
        SheetField("photo", FieldKind.PHOTO, SheetWords("照片", "Photo"), required=False),
    ),
)
HEADS_ZH = ("车牌", "颜色", "用途", "年检到", "充电")


def test_every_row_is_a_filing_however_the_columns_are_called_and_ordered() -> None:
    assert heads_of(CAR.fields, "zh_Hans") == HEADS_ZH
    rows = [
        ("颜色", "What is the plate?", "charges", "", "Use"),
        ("白色", "su a12345", "有", "", "自用、干活"),
        (),
        ("black", "苏B·D12345", "", "", ""),
    ]
    assert read_filled(CAR.fields, rows) == (
        FilledRow(
            2,
            {"plate": "苏A12345", "colour": "white", "for_what": ("own", "work"), "charges": True},
        ),
        FilledRow(4, {"plate": "苏BD12345", "colour": "black"}),
    )


def test_every_fault_is_named_by_row_and_column_and_then_nothing_is_taken() -> None:
    rows = [
        HEADS_ZH,
        ("苏A12345", "红色", "", "2026-02-31", ""),
        ("苏A12346", "白色", "自用，飞行", "", "也许"),
        ("苏A1234", "", "", "", ""),
        (IDENTITY, "白色", IDENTITY, "", ""),
        ("苏A12347", "白色"),
    ]
    assert read_filled(CAR.fields, rows) == (
        CellFault(2, "颜色", AnswerProblem.NO_OPTION),
        CellFault(2, "年检到", AnswerProblem.NO_DAY),
        CellFault(3, "用途", AnswerProblem.NO_OPTION),
        CellFault(3, "充电", AnswerProblem.NOT_YES_OR_NO),
        CellFault(4, "车牌", AnswerProblem.NO_PLATE),
        CellFault(4, "颜色", AnswerProblem.MISSING),
        CellFault(5, "车牌", AnswerProblem.IDENTITY_NUMBER),
        CellFault(5, "用途", AnswerProblem.IDENTITY_NUMBER),
    )


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], CellFault(1, "", CellProblem.NO_ROWS)),
        ([HEADS_ZH, ("", " ")], CellFault(1, "", CellProblem.NO_ROWS)),
        ([("车牌",), ("苏A12345",)], CellFault(1, "颜色 / Colour", CellProblem.NO_COLUMN)),
        (
            [("车牌", "颜色", "身份证号"), ("苏A12345", "白色", "1")],
            CellFault(1, "身份证号", CellProblem.UNKNOWN_COLUMN),
        ),
        (
            [("车牌", "颜色", IDENTITY), ("苏A12345", "白色", "1")],
            CellFault(1, "", CellProblem.UNKNOWN_COLUMN),
        ),
        (
            [("车牌", "plate", "颜色"), ("苏A12345", "", "白色")],
            CellFault(1, "车牌 / Plate", CellProblem.DOUBLE_COLUMN),
        ),
        (
            [HEADS_ZH, *[("苏A12345", "白色")] * (ROWS_AT_MOST + 1)],
            CellFault(ROWS_AT_MOST + 2, "", CellProblem.TOO_MANY_ROWS),
        ),
    ],
)
def test_what_is_wrong_with_the_whole_is_named(rows: list[tuple[str]], fault: CellFault) -> None:
    assert read_filled(CAR.fields, rows) == (fault,)


def test_a_spreadsheet_of_something_else_is_not_named_row_by_row() -> None:
    rows = [HEADS_ZH, *[("x", "y")] * 500]
    assert len(read_filled(CAR.fields, rows)) == FAULTS_AT_MOST


CELLS = st.lists(st.lists(st.text("车牌颜色plate是1,、/ \n", max_size=8), max_size=6), max_size=6)


@given(CELLS)
def test_any_cells_are_filings_or_named_faults(rows: list[list[str]]) -> None:
    found = read_filled(CAR.fields, rows)
    assert found
    assert len({type(one) for one in found}) == 1
    assert read_defined(CAR, rows)


def test_a_sheet_is_defined_by_rows_and_keeps_the_keys_that_it_has() -> None:
    rows = [
        ("问题", "英文", "类型", "选项", "必填", "保密", "可查找"),
        ("车牌是多少？", "What is the plate?", "车牌", "", "是", "", "是"),
        ("颜色", "Colour", "单选", "白色/White, 黑色/Black、红色", "", "", ""),
        ("停哪儿？", "", "", "", "否", "是", ""),
        ("几个座？", "How many seats?", "number", "", "", "", ""),
    ]
    found = read_defined(CAR, rows)
    assert [one.key for one in found] == ["plate", "colour", "q1", "q2"]
    plate, colour, where, seats = found
    assert plate == CAR.fields[0]
    assert [(one.key, one.words) for one in colour.options] == [
        ("white", SheetWords("白色", "White")),
        ("black", SheetWords("黑色", "Black")),
        ("o1", SheetWords("红色", "红色")),
    ]
    assert where == SheetField(
        "q1", FieldKind.TEXT, SheetWords("停哪儿？", "停哪儿？"), required=False, sealed=True
    )
    assert (seats.kind, seats.required) == (FieldKind.NUMBER, True)


def test_every_kind_can_be_named_in_either_language() -> None:
    assert set(KINDS) == set(FieldKind)
    for kind, words in KINDS.items():
        for said in (words.zh, words.en, kind.upper()):
            rows = [("问题", "类型", "选项"), ("什么？", said, "甲、乙")]
            assert [one.kind for one in read_defined(CAR, rows)] == [kind]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("什么？", "签名"), CellFault(2, "类型 / Kind", CellProblem.UNKNOWN_WORD)),
        (("什么？", "文字", "", "也许"), CellFault(2, "必填 / Required", CellProblem.UNKNOWN_WORD)),
        (("什么？", "单选", ""), CellFault(2, "", SheetProblem.NO_OPTIONS)),
        (("什么？", "单选", "甲", "", "", "是"), CellFault(2, "", SheetProblem.INDEX_TELLS)),
        (("什么？", "多选", "甲", "", "是"), CellFault(2, "", SheetProblem.SEALED_MANY)),
        (("", "文字"), CellFault(2, "", SheetProblem.NO_WORDS)),
        (("问" * 301, "文字"), CellFault(2, "", SheetProblem.NO_WORDS)),
    ],
)
def test_what_is_wrong_with_a_question_is_named_with_its_row(
    row: tuple[str], fault: CellFault
) -> None:
    named = ("zh", "kind", "options", "required", "sealed", "indexed")
    heads = tuple(HEADS[key].zh for key in named)
    assert read_defined(CAR, [heads, row]) == (fault,)


def test_without_the_column_of_questions_nothing_is_defined() -> None:
    assert read_defined(CAR, [("类型",), ("文字",)]) == (
        CellFault(1, "问题 / Question in Chinese", CellProblem.NO_COLUMN),
    )
    many = [("问题",), *[(f"问题{n}",) for n in range(40)]]
    assert read_defined(CAR, many)[0].why is CellProblem.TOO_MANY_ROWS


def test_a_key_is_free_of_all_that_there_are() -> None:
    assert free_key({"q1", "q3"}) == "q2"
    assert free_key(["q1", "q2", "q3", "q3"]) == "q4"


def test_a_new_question_never_gets_the_key_of_one_that_was_dropped() -> None:
    rows = [("问题",), ("轮子几个？",)]
    [field] = read_defined(CAR, rows, {"q1", "q2"})
    assert isinstance(field, SheetField)
    assert field.key == "q3"


def test_a_question_that_is_there_twice_is_named_and_not_asked_twice() -> None:
    rows = [("问题", "英文", "类型", "可查找"), *[("车牌是多少？", "Plate?", "车牌", "是")] * 2]
    twice = CellFault(3, "问题 / Question in Chinese", SheetProblem.DOUBLE_KEY)
    assert read_defined(CAR, rows) == (twice,)


def test_what_a_spreadsheet_has_left_of_an_identity_number_is_not_taken() -> None:
    noted = SheetField("noted", FieldKind.TEXT, SheetWords("备注", "Note"))
    for kept in ("110105194912310000", IDENTITY):
        wrong = CellFault(2, "备注", AnswerProblem.IDENTITY_NUMBER)
        assert read_filled((noted,), [("备注",), (kept,)]) == (wrong,)
    for other in ("110105194913310000", "110105194912310", "900085000123456000"):
        assert isinstance(read_filled((noted,), [("备注",), (other,)])[0], FilledRow)

"""The spreadsheet of a report, read back by another library than the one that writes it."""

import re
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from handlers.sheet import Table, sheet_file, tab

FORMULAS = ("=1+1", "@SUM(A1)", "+86 138", "-2+3", "\t=1", "{=A1}", '=HYPERLINK("http://a")')
URLS = ("http://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "1234", "1e5")


def parts(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as file:
        return "".join(
            file.read(name).decode() for name in file.namelist() if "worksheets/" in name
        )


def read(content: bytes, tab: str = "A") -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_name(tab).to_python()


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    rows = [(name, 1) for name in (*FORMULAS, *URLS)]
    content = sheet_file([Table("A", ("名字", "n"), rows)])
    assert read(content) == [["名字", "n"], *([name, 1.0] for name in (*FORMULAS, *URLS))]
    assert not re.search(r"<f[ >]|hyperlink", parts(content))


def test_sheets_stand_one_after_the_other() -> None:
    content = sheet_file([Table("按楼栋", ("a",), [(1,)]), Table("A", ("b",), [])])
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == ["按楼栋", "A"]
    assert read(content) == [["b"]]


TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), min_size=1)


@given(st.lists(TEXT.filter(lambda text: "_x" not in text), min_size=1, max_size=5))
def test_any_text_is_read_back_as_it_was_and_none_is_a_formula(names: list[str]) -> None:
    content = sheet_file([Table("A", ("name",), [(name,) for name in names])])
    assert [row[0] for row in read(content)][1:] == names
    assert "<f" not in parts(content).replace("<formula", "")


def test_any_title_names_a_sheet() -> None:
    named = tab("12-01 09.30 it's [tai chi]: what/why? " + "长" * 60)
    assert len(named) <= 31
    assert sheet_file([Table(named, ("a",), [("b",)])])

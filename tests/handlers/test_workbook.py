"""Spreadsheets that somebody sends: read as they stand, and never more than the house can bear."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from handlers.sheet import Table, sheet_file
from handlers.workbook import FILE_AT_MOST, ROWS_READ, UnreadableBook, read_workbook


def written(*cells: tuple[int, int, object]) -> bytes:
    kept = BytesIO()
    with Workbook(kept, {"in_memory": True}) as book:
        page, days = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, column, value in cells:
            if isinstance(value, date):
                page.write_datetime(row, column, value, days)
            else:
                page.write(row, column, value)
    return kept.getvalue()


async def test_cells_are_read_as_they_stand() -> None:
    table = Table("页", ("车牌", "几楼", "哪天"), [("苏A12345", 3, "明天"), ("", 12, "=1+1")])
    assert await read_workbook(sheet_file([table])) == [
        ["车牌", "几楼", "哪天"],
        ["苏A12345", "3", "明天"],
        ["", "12", "=1+1"],
    ]


async def test_rows_keep_their_numbers_and_days_and_ticks_are_words() -> None:
    found = await read_workbook(
        written((2, 1, date(2026, 3, 5)), (3, 0, 2.5), (4, 0, True), (4, 1, "=2+3"))
    )
    assert found == [["", ""], ["", ""], ["", "2026-03-05"], ["2.5", ""], ["yes", "0"]]


async def test_of_a_long_number_there_are_as_many_digits_as_a_spreadsheet_keeps() -> None:
    found = await read_workbook(written((0, 0, 110105194912310021), (1, 0, 13800138000)))
    assert found == [["110105194912310000"], ["13800138000"]]


async def test_an_empty_one_has_no_rows() -> None:
    assert await read_workbook(written()) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and so on", "名字,电话".encode(), b"\xff" * 99])
async def test_what_is_no_spreadsheet_is_named(data: bytes) -> None:
    assert await read_workbook(data) is UnreadableBook.NO_TABLE


async def test_a_damaged_one_is_named() -> None:
    whole = written((0, 0, "a"))
    assert await read_workbook(whole[: len(whole) // 2]) is UnreadableBook.NO_TABLE
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("readme.txt", "no workbook")
    assert await read_workbook(packed.getvalue()) is UnreadableBook.NO_TABLE


async def test_two_cells_in_far_corners_end_nobody() -> None:
    bomb = written((0, 0, "a"), (1_048_575, 16_383, "b"))
    assert len(bomb) < 10_000
    assert await read_workbook(bomb) is UnreadableBook.TOO_LARGE


async def test_a_file_that_unpacks_to_very_much_ends_nobody() -> None:
    whole = written((0, 0, "a"))
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(whole)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            first, mark, rest = old.read(name).partition(b"<t>a")
            with new.open(name, "w") as one:
                one.write(first + mark)
                for _million in range(400 if mark else 0):
                    one.write(b"a" * 1_000_000)
                one.write(rest)
    assert len(packed.getvalue()) < FILE_AT_MOST
    assert await read_workbook(packed.getvalue()) is UnreadableBook.TOO_LARGE


async def test_a_file_that_is_too_large_is_not_opened() -> None:
    assert await read_workbook(b"PK" * FILE_AT_MOST) is UnreadableBook.TOO_LARGE


async def test_rows_beyond_the_most_are_not_looked_at() -> None:
    found = await read_workbook(written(*((row, 0, row) for row in range(ROWS_READ + 10))))
    assert len(found) == ROWS_READ

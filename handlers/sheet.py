"""Tables as a spreadsheet: the one place that knows how one is written.

Every cell is a text or a number, written as such: a name that begins as a formula does stays a
name, however somebody opens the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded by the first report
    from xlsxwriter.worksheet import Worksheet

Cell = str | int
WIDTH = 18
TAB_LIMIT = 31
CELL_LIMIT = 32_767
"""Characters in one cell, at the most that a spreadsheet takes."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Table:
    """One sheet of the file: its tab, its heads and its rows."""

    tab: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def tab(words: str) -> str:
    """Make words the name of a sheet: spreadsheets take 31 characters, and not all of them."""
    return re.sub(r"[\[\]:*?/\\']", " ", words)[:TAB_LIMIT]


def sheet_file(tables: Sequence[Table]) -> bytes:
    """Write tables into one file, a sheet each; the heads stay in sight while one scrolls."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - see above

    kept = BytesIO()
    with Workbook(kept, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            page = book.add_worksheet(table.tab)
            page.freeze_panes(1, 0)
            page.set_column(0, max(len(table.heads) - 1, 0), WIDTH)
            for column, head in enumerate(table.heads):
                page.write_string(0, column, head, bold)
            for line, row in enumerate(table.rows, 1):
                _write(page, line, row)
    return kept.getvalue()


def _write(page: "Worksheet", line: int, row: tuple[Cell, ...]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            page.write_number(line, column, cell)
        else:
            page.write_string(line, column, cell[:CELL_LIMIT])

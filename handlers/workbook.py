"""Spreadsheets that people send, as rows of cells: the one place that knows how to read one.

A file is read in a process of its own with little memory and little time: two cells in far corners
of a small file unpack to more than any machine has, and end whatever process reads it. Formulas are
read as what they came to; nothing in a file is run.
"""

import asyncio
import json
import os
import sys
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE_AT_MOST = 2_000_000
"""Bytes of a file that is read."""
MEMORY_AT_MOST = 400_000_000
"""Bytes that reading takes; the fullest files of the most bytes took 121 million."""
SECONDS_AT_MOST = 20
"""Of the processor, and of waiting."""
ROWS_READ, COLUMNS_READ = 5000, 60
"""What lies beyond is not looked at."""
READ, NO_BOOK = 0, 3
"""What the process ends with; any other end is that of a file that takes too much."""


class UnreadableBook(StrEnum):
    """Why a file cannot be read."""

    TOO_LARGE = "too_large"
    NO_TABLE = "no_table"
    """It is no spreadsheet, is locked with a password, or is damaged."""
    NOT_FETCHED = "not_fetched"
    """Telegram did not give it."""


async def read_workbook(data: bytes) -> list[list[str]] | UnreadableBook:
    """Return the cells of the first sheet of a spreadsheet (xlsx, xls, ods), row by row.

    The first row is the sheet's first, whether it is empty or not. Days are written as 2026-03-05,
    whole numbers without a point; behind the fifteen digits that a spreadsheet keeps are zeros.
    """
    if len(data) > FILE_AT_MOST:
        return UnreadableBook.TOO_LARGE
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(SECONDS_AT_MOST):
            written, _nothing = await child.communicate(data)
    except TimeoutError:
        return UnreadableBook.TOO_LARGE
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode == NO_BOOK:
        return UnreadableBook.NO_TABLE
    if child.returncode != READ:
        return UnreadableBook.TOO_LARGE
    rows: list[list[str]] = json.loads(written)
    return rows


def _main() -> int:
    """Read a file from the standard input, and write its rows as JSON."""
    _hold_back()
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - in the child alone

    try:
        book = load_workbook(BytesIO(sys.stdin.buffer.read()))
        found = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=ROWS_READ)
    except (CalamineError, OSError, ValueError, IndexError):
        return NO_BOOK
    rows = [[_text(cell) for cell in row[:COLUMNS_READ]] for row in found]
    sys.stdout.write(json.dumps(_trimmed(rows)))
    sys.stdout.flush()
    return READ


def _hold_back() -> None:
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - where there is one

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_AT_MOST),
        (resource.RLIMIT_CPU, SECONDS_AT_MOST),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _trimmed(rows: "Sequence[list[str]]") -> list[list[str]]:
    """Leave out the empty rows at the end."""
    last = max((number for number, row in enumerate(rows) if any(row)), default=-1)
    return [*rows[: last + 1]]


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(Decimal(f"{cell:.14e}")))
        case datetime():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    sys.exit(_main())

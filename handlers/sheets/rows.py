"""Spreadsheets that fill in or define a sheet: fetched, read, and what is said of each fault."""

import asyncio
from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import ClientError

from handlers.form import File
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.sheets.screens import wrong_answer
from handlers.workbook import FILE_AT_MOST, UnreadableBook, read_workbook
from models.sheets.rules.answers import AnswerProblem
from models.sheets.rules.fields import SheetProblem
from models.sheets.rules.rows import CellFault, CellProblem

FETCHED_WITHIN = 10
"""Seconds; it is fetched while the turn waits."""
FAULTS_SHOWN = 12
"""Faults that fit a telephone; the rest is counted."""

WRONG_FILE = {
    UnreadableBook.TOO_LARGE: mark("This file is too large to be read. Please send fewer rows."),
    UnreadableBook.NO_TABLE: mark(
        "This is no spreadsheet that can be read. Please send an .xlsx file without a password."
    ),
    UnreadableBook.NOT_FETCHED: mark("Telegram did not give us the file. Please send it again."),
}
WRONG_CELL = {
    CellProblem.NO_ROWS: mark("There is nothing below the heads."),
    CellProblem.TOO_MANY_ROWS: mark("There are too many rows from here on."),
    CellProblem.NO_COLUMN: mark("This column is missing."),
    CellProblem.UNKNOWN_COLUMN: mark("Nobody asks for this column. Please take it out."),
    CellProblem.DOUBLE_COLUMN: mark("This column is there twice."),
    CellProblem.NOBODY: mark("Nobody at your desk has this telephone number."),
    CellProblem.FOR_THEMSELVES: mark("They have Telegram, so they fill it in themselves."),
    CellProblem.UNKNOWN_WORD: mark("None of the words that can stand here."),
}
WRONG_SHEET = {
    SheetProblem.BAD_CODE: mark("This name cannot be used."),
    SheetProblem.NO_WORDS: mark("Words are missing, or too long."),
    SheetProblem.NO_FIELDS: mark("There is no question."),
    SheetProblem.TOO_MANY_FIELDS: mark("Those are too many questions."),
    SheetProblem.DOUBLE_KEY: mark("The same is there twice."),
    SheetProblem.UNKNOWN_KIND: mark("There is no such kind of question."),
    SheetProblem.NO_OPTIONS: mark("There is nothing to choose from."),
    SheetProblem.TOO_MANY_OPTIONS: mark("Those are too many to choose from."),
    SheetProblem.OPTIONS_OF_NOTHING: mark("Nothing is chosen here, so there are no options."),
    SheetProblem.BAD_BOUNDS: mark("The least and the most do not fit together."),
    SheetProblem.SEALED_MANY: mark(
        "Where several are chosen, the answer cannot be sealed. Please ask for each by itself."
    ),
    SheetProblem.OPEN_PERSONAL: mark("This is always kept sealed."),
    SheetProblem.INDEX_TELLS: mark(
        "There are so few answers that looking one up would tell it. Please leave that out."
    ),
    SheetProblem.BAD_SHAPE: mark("This is no question."),
}


async def read_sent(bot: Bot, file: File) -> list[list[str]] | UnreadableBook:
    """Return the cells of a spreadsheet that somebody has sent, row by row."""
    try:
        async with asyncio.timeout(FETCHED_WITHIN):
            told = await bot.get_file(file.file_id)
            if told.file_size is not None and told.file_size > FILE_AT_MOST:
                return UnreadableBook.TOO_LARGE
            kept = await bot.download_file(told.file_path or "")
    except (TelegramAPIError, ClientError, TimeoutError):
        return UnreadableBook.NOT_FETCHED
    return UnreadableBook.NOT_FETCHED if kept is None else await read_workbook(kept.read())


def fault_lines(faults: Sequence[CellFault]) -> list[str]:
    """Say what is wrong where, a line a fault; what stood there is not repeated."""
    lines = [_fault(one) for one in faults[:FAULTS_SHOWN]]
    rest = len(faults) - FAULTS_SHOWN
    return [*lines, _("… and {count} more.").format(count=rest)] if rest > 0 else lines


def _fault(fault: CellFault) -> str:
    line = _("Row {row}, “{column}”: {why}") if fault.column else _("Row {row}: {why}")
    return line.format(row=fault.row, column=fault.column, why=wrong_cell(fault.why))


def wrong_cell(why: CellProblem | AnswerProblem | SheetProblem) -> str:
    """Say what is wrong with a cell, an answer or a sheet."""
    match why:
        case CellProblem():
            return _(WRONG_CELL[why])
        case SheetProblem():
            return _(WRONG_SHEET[why])
    return wrong_answer(why)

"""Lists: a page of lines, a button for each, the way to the other pages."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Button
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, clip, inline
from handlers.text import paragraphs
from models.records.rules import PageOf

T = TypeVar("T")
LABEL_LENGTH = 40
"""UTF-16 units of a label: what a phone shows of one in a row."""

Rows = Sequence[Sequence[InlineKeyboardButton]]


def turn_row(page: PageOf[T], to: Callable[[int], Button]) -> list[InlineKeyboardButton]:
    """Make the buttons that turn to the pages before and after."""
    row = []
    if page.page > 0:
        row.append(button(_("‹ Previous"), to(page.page - 1)))
    if page.page < page.pages - 1:
        where = {"page": page.page + 1, "pages": page.pages}
        row.append(button(_("More ({page}/{pages}) ›").format(**where), to(page.page + 1)))
    return row


def list_screen(
    page: PageOf[T],
    title: str,
    *,
    line: Callable[[T], str],
    label: Callable[[T], str],
    opens: Callable[[T], Button],
    to: Callable[[int], Button],
    none: str,
    above: str = "",
    below: Rows = (),
) -> Screen:
    """Show a page of a list: `above` it a sentence, in place of an empty one `none`."""
    if not page.lines:
        return Screen(none, title, inline(*below))
    text = paragraphs(above, *(line(one) for one in page.lines))
    rows = [[button(clip(label(one), LABEL_LENGTH), opens(one))] for one in page.lines]
    return Screen(text, title, inline(*rows, turn_row(page, to), *below))

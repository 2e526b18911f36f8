"""Lists of broadcasts: one's own, waiting for one's approval, sent at one's places."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import Browse, OpenBroadcast
from handlers.clock_text import at_date
from handlers.desk.callbacks import OnDesk
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs
from models.broadcasts.rules.notices import URGENT
from models.broadcasts.views import BroadcastLine, BroadcastsPage

MINE, WAITING, SENT, NEW = "mine", "waiting", "sent", "new"
TITLES = {
    MINE: mark("📢 My broadcasts"),
    WAITING: mark("🖐 Waiting for my approval"),
    SENT: mark("📤 Sent at my places"),
}
NONE_YET = {
    MINE: mark("You have not written any yet."),
    WAITING: mark("Nothing waits for you."),
    SENT: mark("Nothing has been sent at your places yet."),
}
LABEL_SHOWN = 40
WORDS_SHOWN = 120


def list_screen(page: BroadcastsPage, which: str, now: datetime) -> Screen:
    """Show a page of a list, with a button for each broadcast."""
    text = paragraphs(*(_line(line, now) for line in page.lines)) or _(NONE_YET[which])
    rows = [[button(line_words(line), OpenBroadcast(id=line.id))] for line in page.lines]
    return Screen(text, _(TITLES[which]), inline(*rows, _pages(page, which), *_below(page, which)))


def not_staff_screen() -> Screen:
    """Tell somebody who may not write to many."""
    return Screen(
        _("Broadcasts are written by the staff of a community. The attempt has been noted.")
    )


def line_words(line: BroadcastLine) -> str:
    """Name a broadcast on a button; an emergency stands out."""
    sign = "🚨 " if line.style in URGENT else ""
    said = line.words.partition("\n")[0] or _("without words")
    return clip(f"{sign}{line.id} · {said}", LABEL_SHOWN)


def _line(line: BroadcastLine, now: datetime) -> str:
    return joined(
        _("{style} · no. {number}").format(style=words.style(line.style), number=line.id),
        clip(line.words.replace("\n", " "), WORDS_SHOWN),
        f"{_(words.STATES[line.state])} · {at_date(line.at, now)} · {line.author}",
    )


def _pages(page: BroadcastsPage, which: str) -> list[InlineKeyboardButton]:
    row = []
    if page.page > 0:
        row.append(button(_("‹ Later ones"), Browse(which=which, page=page.page - 1)))
    if page.page < page.pages - 1:
        row.append(button(_("Earlier ones ›"), Browse(which=which, page=page.page + 1)))
    return row


def _below(page: BroadcastsPage, which: str) -> list[list[InlineKeyboardButton]]:
    waiting = _("🖐 Waiting for my approval ({count})").format(count=page.waiting)
    others = {MINE: _(TITLES[MINE]), SENT: _(TITLES[SENT])}
    return [
        [button(_("✏️ Write a new one"), Browse(which=NEW))],
        [button(waiting, Browse(which=WAITING))] if page.waiting and which != WAITING else [],
        [button(label, Browse(which=to)) for to, label in others.items() if to != which],
        [button(_("‹ Desk"), OnDesk())],
    ]

"""How far a broadcast is: one card, changed in place."""

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import OnBroadcast, OnReport
from handlers.broadcasts.screens.card import MOVES, title
from handlers.clock_text import at_clock
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs
from models.broadcasts.rules.notices import Delivery
from models.broadcasts.rules.reports import OPEN
from models.broadcasts.rules.states import Move, State
from models.broadcasts.views import Progress, Tally

BAR = 12
"""Squares in the bar: they fit on one line of a small phone."""

SHOWN = (Move.PAUSE, Move.RESUME, Move.CANCEL)
NEVER_TRIED = (Delivery.MUTED, Delivery.OUT_OF_REACH)


def progress_screen(progress: Progress) -> Screen:
    """Show how far a broadcast is, with what its author may do about it."""
    view, tally = progress.broadcast, progress.tally
    text = paragraphs(_(words.STATES[view.state]), _counts(tally), _rest(progress))
    moves = [
        button(_(MOVES[move]), OnBroadcast(id=view.id, move=move, version=view.version))
        for move in SHOWN
        if move in view.moves
    ]
    report: list[InlineKeyboardButton] = [button(_("📊 Report"), OnReport(id=view.id))]
    return Screen(text, title(view), inline(moves, report))


def bar(done: int, heads: int) -> str:
    """Draw how much is done; full only when all is."""
    filled = BAR if heads <= 0 else BAR * done // heads
    return "▓" * filled + "░" * (BAR - filled)


def left_of(tally: Tally) -> int:
    """Count the copies that are not settled."""
    return sum(tally.by.get(one, 0) for one in OPEN)


def _counts(tally: Tally) -> str:
    tried = tally.heads - sum(tally.by.get(one, 0) for one in NEVER_TRIED)
    left = left_of(tally)
    done = tried - left
    percent = 100 if tried <= 0 else 100 * done // tried
    failed = sum(tally.by.get(one, 0) for one in (Delivery.REFUSED, Delivery.FAILED))
    unsure = tally.by.get(Delivery.UNCERTAIN, 0)
    return joined(
        f"{bar(done, tried)} {percent}%",
        _("✅ sent {sent} of {tried}").format(sent=tally.by.get(Delivery.SENT, 0), tried=tried),
        _("🚫 refused or failed: {count}").format(count=failed) if failed else "",
        _("❔ uncertain: {count}").format(count=unsure) if unsure else "",
        _("⏳ left: {count}").format(count=left) if left else "",
        _("👀 received: {count}").format(count=tally.confirmed) if tally.confirmed else "",
    )


def _rest(progress: Progress) -> str:
    """Say how long it still takes; nothing where nothing is left, or where it does not go on."""
    if progress.broadcast.state is not State.SENDING or not left_of(progress.tally):
        return ""
    if progress.morning is not None:
        when = at_clock(progress.morning, progress.now)
        return _("🌙 Quiet hours: it goes on {when}.").format(when=when)
    minutes = progress.minutes_left
    return ngettext("About {count} minute left.", "About {count} minutes left.", minutes).format(
        count=minutes
    )

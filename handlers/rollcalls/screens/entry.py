"""Where a roll-call begins: two pages, so that a drill and the real thing are never side by side.

On 13 January 2018 all of Hawaii was warned of a missile because a drill and an alarm stood in one
list (FCC, report on the false emergency alert, April 2018).
"""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock
from handlers.i18n import gettext as _
from handlers.rollcalls.callbacks import BeginDrill, BeginReal, OnBoard
from handlers.rollcalls.frame import framed
from handlers.screen import Screen, button, inline
from handlers.text import paragraphs
from models.rollcalls.views import Board

REAL_PAGE, DRILL_PAGE = "rollcall", "drill"


def real_screen(boards: Sequence[Board], now: datetime) -> Screen:
    """Lead to a roll-call in an emergency, and to those that are on."""
    text = paragraphs(
        _("Everybody at a place is asked at once whether they are safe, at night too."),
        _("A second person has to approve it before anything goes out."),
    )
    begin = [button(_("🟥 Real emergency: prepare a roll-call"), BeginReal())]
    other = [button(_("No emergency? Go to the other page"), Go(to=DRILL_PAGE))]
    rows = [_running(board, now) for board in boards if not board.drill]
    return framed(
        Screen(text, _("Roll-call in a real emergency"), inline(begin, *rows, other)), drill=False
    )


def drill_screen(boards: Sequence[Board], now: datetime) -> Screen:
    """Lead to a drill, and to those that are on."""
    text = paragraphs(
        _("People are asked as in an emergency, but every message says that it is an exercise."),
        _("Nothing is filed, nobody is woken. A second person has to approve it too."),
    )
    begin = [button(_("🟦 DRILL: prepare an exercise"), BeginDrill())]
    rows = [_running(board, now) for board in boards if board.drill]
    back = [button(_("⬅ Back"), Go(to=REAL_PAGE))]
    return framed(Screen(text, _("Practise a roll-call"), inline(begin, *rows, back)), drill=True)


def _running(board: Board, now: datetime) -> list[InlineKeyboardButton]:
    when = at_clock(board.started_at, now) if board.started_at else ""
    state = _("ended") if board.over else _("on")
    label = f"📋 {when} · {board.counts.answered}/{board.counts.heads} · {state}"
    return [button(label, OnBoard(id=board.broadcast_id, below=True))]

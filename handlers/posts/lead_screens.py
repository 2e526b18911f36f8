"""What whoever looks after a post sees: who holds it, who is on the list of a shift."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_date, local
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.posts.callbacks import (
    ForOther,
    OnHelper,
    OnPost,
    OnShift,
    OtherAct,
    PostAct,
    ShiftAct,
)
from handlers.posts.screens import free_words, tap
from handlers.screen import Screen, button, clip, inline
from handlers.sheet import Table, tab
from handlers.text import joined, joined_names, paragraphs
from models.posts.rules import DOOR_OPENS, Move, PostKind, ShiftMove, ShiftState
from models.posts.views import Helper, PostRoster, ShiftRoster
from models.seats.rules import SeatState

TO_COME = frozenset({SeatState.HELD, SeatState.ASKED, SeatState.WAITING})
AT_DOOR = frozenset({SeatState.HELD, SeatState.ASKED, SeatState.CAME, SeatState.ABSENT})
STANDS = {
    SeatState.HELD: mark("has a place"),
    SeatState.ASKED: mark("is asked"),
    SeatState.WAITING: mark("in the line"),
    SeatState.CAME: mark("was there"),
    SeatState.ABSENT: mark("was not there"),
}


def post_roster_screen(view: PostRoster, now: datetime) -> Screen:
    """Show who holds a post, or the way to the lists of its shifts."""
    post = view.post
    lines = [
        joined(
            f"{_name(helper)}{_by(helper)}",
            _(STANDS[helper.seat.state]) if helper.seat.state in STANDS else "",
            gap=" · ",
        )
        for helper in view.helpers
    ]
    shifts = [
        [
            button(
                f"👥 {at_date(one.starts_at, now)} · {one.counts.taken}/{one.counts.seats}",
                OnShift(act=ShiftAct.ROSTER, id=one.id),
            )
        ]
        for one in post.shifts
    ]
    none = _("No shift is announced just now.") if not shifts else ""
    held = joined(*lines) or _("Nobody holds it yet.")
    text = (none or _("Which shift?")) if post.kind is PostKind.SHIFT else held
    back = [button(_("‹ To the post"), OnPost(act=PostAct.OPEN, id=post.id))]
    at_desk = post.kind is not PostKind.SHIFT and Move.SIGN_FOR in post.moves
    sign = button(_("✍️ Sign somebody up"), OnPost(act=PostAct.SIGN_FOR, id=post.id))
    out = _taken_out(post.id, view.helpers, OtherAct.POST_NO) if at_desk else []
    return Screen(text, f"👥 {post.title}", inline(*shifts, *out, [sign] if at_desk else [], back))


def _taken_out(
    record_id: int, helpers: Sequence[Helper], act: OtherAct
) -> list[list[InlineKeyboardButton]]:
    """Make a button for each who can say at the desk that they do not come."""
    words = _("↩️ {name} cannot come")
    return [
        [
            button(
                words.format(name=clip(_name(one), 24)),
                ForOther(act=act, id=record_id, person=one.who.id),
            )
        ]
        for one in helpers
        if one.seat.state in TO_COME
    ]


def shift_roster_screen(view: ShiftRoster, now: datetime) -> Screen:
    """Show who is on the list of a shift, with a tap for whoever is there."""
    one = view.shift
    door = now >= one.starts_at - DOOR_OPENS and ShiftMove.TICK in one.moves
    seated = [helper for helper in view.helpers if helper.seat.state in AT_DOOR]
    waiting = [helper for helper in view.helpers if helper.seat.state is SeatState.WAITING]
    names = joined_names([helper.who.name for helper in waiting])
    listed = joined(*(f"{_sign(helper)} {_name(helper)}{_by(helper)}" for helper in seated))
    ticks = _("Tap whoever is there; once more takes it back.") if seated and door else ""
    text = paragraphs(
        f"🕑 {at_date(one.starts_at, now)}-{local(one.ends_at):%H:%M}",
        free_words(one.counts) if one.state is ShiftState.OPEN else "",
        listed or _("Nobody has taken a place yet."),
        _("In the line: {names}").format(names=names) if waiting else "",
        ticks,
    )
    return Screen(text, f"👥 {one.title}", inline(*_rows(view, seated if door else [], now)))


def _rows(
    view: ShiftRoster, ticked: list[Helper], now: datetime
) -> list[list[InlineKeyboardButton]]:
    one = view.shift
    rows = [
        [
            button(
                f"{_sign(helper)} {clip(_name(helper), 30)}",
                OnHelper(id=one.id, person=helper.who.id, there=not helper.seat.came),
            )
        ]
        for helper in ticked
        if not helper.confirmed
    ]
    confirms = ShiftMove.CONFIRM in one.moves and one.unconfirmed
    at_desk = ShiftMove.SIGN_FOR in one.moves and now < one.starts_at
    return [
        *rows,
        *(_taken_out(one.id, view.helpers, OtherAct.SHIFT_NO) if at_desk and not ticked else []),
        [tap(_("✍️ Sign somebody up"), ShiftAct.SIGN_FOR, one)] if at_desk else [],
        [tap(_("✅ Confirm all who came"), ShiftAct.CONFIRM, one)] if confirms else [],
        [tap(_("🖨 List to print"), ShiftAct.PRINT, one)],
        [tap(_("✕ Call this shift off"), ShiftAct.OFF, one)]
        if ShiftMove.CALL_OFF in one.moves
        else [],
        [tap(_("‹ Back"), ShiftAct.OPEN, one)],
    ]


def _sign(helper: Helper) -> str:
    if helper.confirmed:
        return "💚"
    return "☑️" if helper.seat.came else "◻️"


def _name(helper: Helper) -> str:
    return helper.who.name or _("a neighbour")


def _by(helper: Helper) -> str:
    """Say through whom somebody without a phone is reached."""
    if helper.by is None or not helper.by.name:
        return ""
    return _(" (through {name})").format(name=helper.by.name)


def list_tables(view: ShiftRoster) -> list[Table]:
    """Make the list of a shift to print, with an empty column to tick."""
    heads = (_("No."), _("Name"), _("Place in the shift"), "☐")
    rows = [
        (
            number,
            f"{_name(helper)}{_by(helper)}",
            _(STANDS[helper.seat.state]) if helper.seat.state in STANDS else "",
            "☑" if helper.seat.came else "",
        )
        for number, helper in enumerate(view.helpers, 1)
    ]
    one = view.shift
    return [Table(tab(f"{local(one.starts_at):%m-%d %H.%M} {one.title}"), heads, rows)]

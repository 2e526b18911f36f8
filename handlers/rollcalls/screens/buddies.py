"""What a buddy is told: at whose doors to knock first, and what to put down then."""

from aiogram.types import InlineKeyboardButton

from handlers.i18n import gettext as _
from handlers.rollcalls.callbacks import Give, RollCallSay
from handlers.rollcalls.labels import SIGNS, framed
from handlers.rollcalls.screens.answers import NAME_SHOWN, THEIRS
from handlers.rollcalls.screens.board import Names
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, quoted
from models.rollcalls.rules.rounds import standing_of
from models.rollcalls.views import BuddyDoor, BuddyView

FOUND = (RollCallSay.SAFE, RollCallSay.NEED_HELP)


def buddy_screen(view: BuddyView, names: Names) -> Screen:
    """Ask somebody to knock first at the doors they agreed to; over, thank them."""
    lines = [_door(one, names) for one in view.doors]
    head = _("🚪 Please knock at their door first")
    if view.over:
        text = paragraphs(_("The roll-call is over. Thank you!"), "\n".join(lines))
        return framed(Screen(text, head), drill=view.drill)
    asks = [
        _("Please go and knock at the door of {name} first.").format(name=one.name)
        for one in view.doors
        if one.answer is None
    ]
    practise = _("You need not go: think of whether you know the way.") if view.drill else ""
    safe = "" if view.drill else _("Only go if it is safe for you. Thank you!")
    text = paragraphs(quoted(view.words), joined(*asks), practise, joined(*lines), safe)
    rows = [row for one in view.doors if one.answer is None for row in _rows(view, one)]
    return framed(Screen(text, head, inline(*rows)), drill=view.drill)


def _door(one: BuddyDoor, names: Names) -> str:
    where = names.get(one.place_id, "") if one.place_id else ""
    sign = SIGNS[standing_of(one.answer)]
    return joined(f"{sign} {one.name}", where, one.door, gap=" · ")


def _rows(view: BuddyView, one: BuddyDoor) -> list[list[InlineKeyboardButton]]:
    return [
        [
            button(
                _(THEIRS[say]).format(name=one.name[:NAME_SHOWN]),
                Give(id=view.broadcast_id, about=one.person_id, say=say),
            )
        ]
        for say in FOUND
    ]

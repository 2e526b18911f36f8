"""How early items look: the list, one item, what residents are told."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.categories import category, category_label
from handlers.clock_text import at_clock, on_day
from handlers.desk.callbacks import OpenCase
from handlers.early.callbacks import EarlyAct, OnEarly, ToEarly
from handlers.help.screens import labels
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.early.rules import EarlyOutcome, State
from models.early.views import EarlyItem, Linked
from models.help.rules.outcomes import Refusal

SHOWN = 8
"""Requests shown on an item, the newest; with their buttons they fill a phone's screen once."""

SAID = {
    EarlyOutcome.TAKEN: mark("You see to it. Thank you!"),
    EarlyOutcome.SETTLED: mark("Settled. The residents are told what was done."),
    EarlyOutcome.ALREADY: mark("Somebody was quicker. This is how it stands now."),
    EarlyOutcome.WORDS_NEEDED: mark("Please say in a few words what was done."),
    EarlyOutcome.MISSING: mark("This is no longer there."),
    EarlyOutcome.NOT_ALLOWED: mark("This is not of your places. The attempt has been noted."),
}
REFUSED = {
    Refusal.MISSING: SAID[EarlyOutcome.MISSING],
    Refusal.NOT_ALLOWED: SAID[EarlyOutcome.NOT_ALLOWED],
}


def said(outcome: EarlyOutcome) -> str:
    """Say what an act has come to."""
    return _(SAID[outcome])


def refused(refusal: Refusal) -> str:
    """Say why an item is not shown."""
    return _(REFUSED.get(refusal, SAID[EarlyOutcome.MISSING]))


def _title() -> str:
    return _("🌱 Before the next complaint")


def list_screen(items: Sequence[EarlyItem], now: datetime, above: str = "") -> Screen:
    """List what is not settled, the oldest first."""
    back = [button(_("‹ Desk"), Go(to="desk"))]
    if not items:
        none = _("The same trouble has not come up again anywhere. All is well.")
        return Screen(paragraphs(above, none), _title(), inline(back))
    intro = _("The same thing was asked for again and again here. Put right early, it ends.")
    text = paragraphs(above, intro, *(_line(item, now) for item in items))
    return Screen(text, _title(), inline(*([_open(item)] for item in items), back))


def _line(item: EarlyItem, now: datetime) -> str:
    return joined(_head(item), _count(item), _standing(item, now))


def _head(item: EarlyItem) -> str:
    return f"{category_label(item.category)} · 📍 {place_name(item.where)}"


def _count(item: EarlyItem) -> str:
    count = len(item.requests)
    return ngettext("{count} request of this kind", "{count} requests of this kind", count).format(
        count=count
    )


def _standing(item: EarlyItem, now: datetime) -> str:
    if item.state is State.SETTLED:
        when = at_clock(item.settled_at, now) if item.settled_at else ""
        by = item.settled_by.name if item.settled_by else _("The office")
        return "✅ " + _("Settled by {name}, {time}").format(name=by, time=when)
    if item.state is State.TAKEN:
        by = item.taken_by.name if item.taken_by else _("The office")
        return "👋 " + _("{name} sees to it").format(name=by)
    return "🌱 " + _("Nobody sees to it yet; since {time}").format(time=on_day(item.opened_at, now))


def _open(item: EarlyItem) -> InlineKeyboardButton:
    label = f"{category(item.category)} · {place_name(item.where)}"
    return button(label, OnEarly(act=EarlyAct.OPEN, id=item.id))


def item_screen(item: EarlyItem, now: datetime, *, card: bool = False) -> Screen:
    """Show one item; as a `card` it stands by itself and changes in place."""
    shown = item.requests[-SHOWN:]
    more = len(item.requests) - len(shown)
    earlier = ngettext("and {count} earlier one", "and {count} earlier ones", more)
    text = paragraphs(
        _head(item),
        _count(item),
        joined(*(_request(one, now) for one in shown), earlier.format(count=more) if more else ""),
        _standing(item, now),
        quoted(item.words or ""),
    )
    back = [] if card else [button(_("‹ Back"), ToEarly())]
    return Screen(text, _title(), inline(*_acts(item), *_requests(shown), back))


def _request(one: Linked, now: datetime) -> str:
    number = _("No. {number}").format(number=one.number)
    return f"{labels.state_sign(one.state)} {number} · {on_day(one.created_at, now)}"


def _acts(item: EarlyItem) -> list[list[InlineKeyboardButton]]:
    take = button(_("👋 I see to it"), OnEarly(act=EarlyAct.TAKE, id=item.id))
    settle = button(_("✅ It is put right"), OnEarly(act=EarlyAct.SETTLE, id=item.id))
    return [
        [take] if item.state is State.OPEN else [],
        [settle] if item.state is not State.SETTLED else [],
    ]


def _requests(shown: Sequence[Linked]) -> list[list[InlineKeyboardButton]]:
    keys = [
        button(_("No. {number}").format(number=one.number), OpenCase(id=one.request_id, below=True))
        for one in shown
    ]
    return [keys[start : start + 2] for start in range(0, len(keys), 2)]


def told_screen(item: EarlyItem) -> Screen:
    """Tell a resident what was done, without being asked again."""
    text = _(
        "You and your neighbours asked for help with this several times at {place}. "
        "So the community office has looked into the cause:"
    ).format(place=place_name(item.where))
    thanks = _("Should it come back, just ask again. Thank you for telling us!")
    title = "🌱 " + category(item.category)
    return Screen(paragraphs(text, quoted(item.words or ""), thanks), title)


def settled_screen(outcome: EarlyOutcome) -> Screen:
    """Say what came of settling, with the way back to the list."""
    return Screen(said(outcome), _title(), inline([button(_("‹ Back"), ToEarly())]))


def not_for_you_screen() -> Screen:
    """Tell somebody without the right."""
    return Screen(_("This list is for secretaries and admins. The attempt has been noted."))

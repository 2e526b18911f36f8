"""How early items look: the list, one item, what residents are told."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.categories import HAZARDS, category, category_label
from handlers.clock_text import at_clock, on_day
from handlers.desk.callbacks import OpenCase
from handlers.early.callbacks import EarlyAct, EarlyPage, OnEarly, ToEarly
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.records.lists import list_screen
from handlers.records.said import says
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.early.rules import EarlyOutcome, State
from models.early.views import EarlyItem, Linked
from models.records.rules import PageOf, Refusal

SHOWN = 8
"""Requests shown on an item, the newest; with their buttons they fill a phone's screen once."""

says(
    (EarlyOutcome.TAKEN, mark("You see to it. Thank you!")),
    (EarlyOutcome.SETTLED, mark("Settled. The residents are told what was done.")),
    good=True,
)
says(
    (Refusal.ALREADY, mark("Somebody was quicker. This is how it stands now.")),
    good=False,
    of="early",
)


def _title() -> str:
    return _("🌱 Before the next complaint")


def list_page(page: PageOf[EarlyItem], now: datetime) -> Screen:
    """List what is not settled, the oldest first."""
    return list_screen(
        page,
        _title(),
        line=lambda item: _line(item, now),
        label=lambda item: f"{category(item.category)} · {place_name(item.where)}",
        opens=lambda item: OnEarly(act=EarlyAct.OPEN, id=item.id),
        to=lambda number: EarlyPage(page=number),
        none=_("The same trouble has not come up again anywhere. All is well."),
        above=_("The same thing was asked for again and again here. Put right early, it ends."),
        below=[[button(_("‹ Desk"), Go(to="desk"))]],
    )


def _line(item: EarlyItem, now: datetime) -> str:
    return joined(_head(item), _count(item), _standing(item, now))


def _head(item: EarlyItem) -> str:
    return f"{category_label(item.category)} · 📍 {place_name(item.where)}"


def _count(item: EarlyItem) -> str:
    count = len(item.requests) + item.findings
    if item.category in HAZARDS:
        return ngettext(
            "{count} hazard of this kind", "{count} hazards of this kind", count
        ).format(count=count)
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


def item_screen(item: EarlyItem, now: datetime) -> Screen:
    """Show one item to whoever opened it."""
    return _item(item, now, [button(_("‹ Back"), ToEarly())])


def item_card(item: EarlyItem, now: datetime, _above: str = "") -> Screen:
    """Show one item as a card, which stands by itself and changes in place."""
    return _item(item, now, [])


def _item(item: EarlyItem, now: datetime, back: list[InlineKeyboardButton]) -> Screen:
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
    return Screen(text, _title(), inline(*_acts(item), *_requests(shown), back))


def _request(one: Linked, now: datetime) -> str:
    number = _("No. {number}").format(number=one.number)
    return f"{lines.state_sign(one.state)} {number} · {on_day(one.created_at, now)}"


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


def told_screen(item: EarlyItem, _now: datetime, _above: str = "") -> Screen:
    """Tell a resident what was done, without being asked again."""
    text = _(
        "You and your neighbours asked for help with this several times at {place}. "
        "So the community office has looked into the cause:"
    ).format(place=place_name(item.where))
    thanks = _("Should it come back, just ask again. Thank you for telling us!")
    title = "🌱 " + category(item.category)
    return Screen(paragraphs(text, quoted(item.words or ""), thanks), title)


def after_screen(told: str) -> Screen:
    """Say what came of settling, with the way back to the list."""
    return Screen(told, _title(), inline([button(_("‹ Back"), ToEarly())]))


def not_for_you_screen() -> Screen:
    """Tell somebody without the right."""
    return Screen(_("This list is for secretaries and admins. The attempt has been noted."))

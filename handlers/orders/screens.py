"""How orders look: the list, one whole, its terms, and the question of a return visit."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock
from handlers.desk.callbacks import OpenCase, ToCalls
from handlers.help.callbacks import OpenMine
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.media import media_label, media_line
from handlers.orders import labels
from handlers.orders.callbacks import (
    HandOn,
    InDays,
    OnOrder,
    OpenOrder,
    OrderAct,
    OrdersPage,
    SetBody,
    StillWell,
)
from handlers.records.lists import list_screen
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.categories import Body
from models.help.views import StaffChoice
from models.orders.rules import Move, VisitAnswer
from models.orders.views import OrderLine, OrderView, VisitView
from models.records.rules import PageOf

DAYS = (1, 3, 7)
"""Days from today that a tap names; any other day is written."""


def orders_screen(page: PageOf[OrderLine], now: datetime) -> Screen:
    """List the standing orders of somebody, the first due first."""
    return list_screen(
        page,
        _("📋 Orders"),
        line=lambda line: _listed(line, now),
        label=_label,
        opens=lambda line: OpenOrder(id=line.order_id),
        to=lambda number: OrdersPage(page=number),
        none=_("No order stands. Well done!"),
        below=[[button(_("‹ Desk"), Go(to="desk"))]],
    )


def _listed(line: OrderLine, now: datetime) -> str:
    return joined(
        lines.title(line.number, line.category),
        joined(
            labels.state(line.state),
            line.person.name if line.person else _("nobody"),
            labels.due(line.due_at, now, overdue=line.overdue),
            gap=" · ",
        ),
    )


def _label(line: OrderLine) -> str:
    sign = "⏰ " if line.overdue else "📋 "
    return sign + lines.title(line.number, line.category)


def order_screen(view: OrderView, now: datetime, said: str = "") -> Screen:
    """Show an order whole, with what its reader may do."""
    text = paragraphs(said, _why(view), _terms(view, now), _report(view, now), _partial(view))
    return Screen(text, _title(view), inline(*_rows(view)))


def order_card(view: OrderView, now: datetime, said: str) -> Screen:
    """Tell of an order in a card that changes with it."""
    more = [button(_("📋 Open the order"), OpenOrder(id=view.line.order_id, below=True))]
    text = paragraphs(said, _why(view), _terms(view, now), _report(view, now))
    return Screen(text, _title(view), inline(*_decisions(view), more))


def _title(view: OrderView) -> str:
    return _("📋 Order: {request}").format(
        request=lines.title(view.line.number, view.line.category)
    )


def _why(view: OrderView) -> str:
    return joined(
        _(labels.CAUSES[view.line.cause]),
        f"👤 {view.beneficiary.name} · 📍 {place_name(view.line.where)}",
        quoted(view.said or ""),
    )


def _terms(view: OrderView, now: datetime) -> str:
    line = view.line
    person = line.person.name if line.person else _("nobody")
    return joined(
        _("State: {state}").format(state=labels.state(line.state)),
        _("Puts it right: {name}").format(name=person),
        _("Body: {body}").format(body=labels.body(view.body)),
        _("Until: {time}").format(time=labels.due(line.due_at, now, overdue=line.overdue)),
        _("To be shown: {words}").format(words=view.to_show) if view.to_show else "",
    )


def _report(view: OrderView, now: datetime) -> str:
    told = ""
    if view.report and view.reported_at:
        name = view.reporter.name if view.reporter else _("Somebody")
        when = at_clock(view.reported_at, now)
        told = joined(
            _("{name} reported {time}:").format(name=name, time=when),
            quoted(view.report),
            media_line(view.evidence),
        )
    back = ""
    if view.sent_back:
        back = joined(_("↩️ Sent back:"), quoted(view.sent_back))
    return paragraphs(told, back, _signed(view, now))


def _signed(view: OrderView, now: datetime) -> str:
    if view.signed_at is None:
        return ""
    name = view.signer.name if view.signer else _("Somebody")
    return _("✅ {name} signed it off {time}.").format(
        name=name, time=at_clock(view.signed_at, now)
    )


def _partial(view: OrderView) -> str:
    if not view.partial or view.signed_at is not None:
        return ""
    return _("You had a hand in this, so somebody else signs it off.")


def _rows(view: OrderView) -> list[list[InlineKeyboardButton]]:
    media = _tap(media_label(view.evidence), OrderAct.MEDIA, view)
    return [
        *_decisions(view),
        [media] if view.evidence else [],
        [button(_("🗂 Open at the desk"), OpenCase(id=view.line.request_id))],
        [button(_("‹ Orders"), Go(to="orders"))],
    ]


def _decisions(view: OrderView) -> list[list[InlineKeyboardButton]]:
    """Make the buttons of what the reader is to decide or do now."""
    may = view.may
    sign = _tap(_("✅ Sign off"), OrderAct.ASK_SIGN, view)
    send_back = _tap(_("↩️ Send back"), OrderAct.SEND_BACK, view)
    report = _tap(_("✅ It has been put right"), OrderAct.REPORT, view)
    person = _tap(_("👤 Change who puts it right"), OrderAct.ASK_PERSON, view)
    terms = _tap(_("✏️ Change the terms"), OrderAct.TERMS, view)
    return [
        [report] if Move.REPORT in may else [],
        [sign, send_back] if Move.SIGN in may else [],
        [person] if Move.HAND_ON in may else [],
        [terms] if may & {Move.SET, Move.HAND_ON} else [],
    ]


def ask_sign_screen(view: OrderView, now: datetime) -> Screen:
    """Ask before signing off."""
    text = paragraphs(
        _report(view, now),
        _("Has it been put right? The resident is asked too, now or in a few days."),
    )
    sign = [_tap(_("✅ Yes, sign it off"), OrderAct.SIGN, view)]
    return Screen(text, _title(view), inline(sign, _back(view)))


def terms_screen(view: OrderView, now: datetime) -> Screen:
    """Choose what to change of an order."""
    person = [_tap(_("👤 Who puts it right"), OrderAct.ASK_PERSON, view)]
    rows = [
        [_tap(_("🏢 The body"), OrderAct.ASK_BODY, view)],
        *([_days(days, view) for days in DAYS],),
        [_tap(_("📅 Another day"), OrderAct.DUE, view)],
        [_tap(_("🔎 What must be shown"), OrderAct.TO_SHOW, view)],
    ]
    shown = rows if Move.SET in view.may else []
    hand_on = person if Move.HAND_ON in view.may else []
    return Screen(_terms(view, now), _title(view), inline(hand_on, *shown, _back(view)))


def _days(days: int, view: OrderView) -> InlineKeyboardButton:
    label = ngettext("In {count} day", "In {count} days", days).format(count=days)
    return button(label, InDays(id=view.line.order_id, days=days))


def choose_body_screen(view: OrderView, _now: datetime) -> Screen:
    """Choose the body that answers."""
    rows = [[button(labels.body(body), SetBody(id=view.line.order_id, body=body))] for body in Body]
    return Screen(_("Which body answers for it?"), _title(view), inline(*rows, _back(view)))


def choose_person_screen(view: OrderView, choices: Sequence[StaffChoice]) -> Screen:
    """Choose who is to put it right."""
    text = _("Who is to put it right? They are told at once.")
    if not choices:
        text = _("There is nobody else at this desk.")
    rows = [[_person(choice, view)] for choice in choices]
    return Screen(text, _title(view), inline(*rows, _back(view)))


def _person(choice: StaffChoice, view: OrderView) -> InlineKeyboardButton:
    label = _("{name} · {count} open").format(name=choice.who.name, count=choice.load)
    return button(label, HandOn(id=view.line.order_id, to=choice.who.id))


def said_screen(order_id: int, said: str) -> Screen:
    """Say what came of a small form, with the way back."""
    return Screen(said, keyboard=inline([button(_("📋 Open the order"), OpenOrder(id=order_id))]))


def visit_screen(view: VisitView, _now: datetime, said: str = "") -> Screen:
    """Ask the resident whether it is still well, or show what they said."""
    title = lines.title(view.request.line.number, view.request.line.category)
    more = [button(_("📍 Open the request"), OpenMine(id=view.request.line.request_id, below=True))]
    asked = ngettext(
        "{count} day ago this was put right. Is it still well?",
        "{count} days ago this was put right. Is it still well?",
        view.days,
    ).format(count=view.days)
    answered = {
        VisitAnswer.WELL: _("👍 Still well. We are glad!"),
        VisitAnswer.NOT_WELL: _("🔁 Not well any more: it is open again and will be put right."),
    }
    if view.answer in answered:
        return Screen(answered[view.answer], title, inline(more))
    well = button(_("👍 Yes, still well"), StillWell(id=view.visit_id, well=True))
    not_well = button(_("👎 No, not any more"), StillWell(id=view.visit_id, well=False))
    return Screen(paragraphs(asked, said), title, inline([well], [not_well], more))


def silent_screen(view: VisitView, _now: datetime, _above: str = "") -> Screen:
    """Ask the owner to ring somebody who did not answer a return visit."""
    title = lines.title(view.request.line.number, view.request.line.category)
    if view.answer is not VisitAnswer.SILENT:
        return Screen(_("👍 They had not answered the return visit; that is settled."), title)
    asked = _(
        "☎️ {name} has not said whether it is still well, {days} days after it was put right. "
        "Please ring them."
    ).format(name=view.request.line.beneficiary.name, days=view.days)
    return Screen(asked, title, inline([button(_("☎️ To the call-back list"), ToCalls())]))


def _tap(label: str, act: OrderAct, view: OrderView) -> InlineKeyboardButton:
    return button(label, OnOrder(act=act, id=view.line.order_id))


def _back(view: OrderView) -> list[InlineKeyboardButton]:
    return [button(_("‹ Back"), OpenOrder(id=view.line.order_id))]

"""What is told of orders and return visits: a sentence above each as it stands at the moment."""

from datetime import datetime

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.orders.screens import order_card, silent_screen, visit_screen
from handlers.records.cards import NOT_THEIRS, Head, card
from handlers.screen import Pointless, Screen
from models.help.rules.closing import Cause
from models.orders.queries.orders import order_told
from models.orders.queries.visits import visit_told
from models.orders.rules import SAID, Notice, State
from models.orders.views import OrderView, VisitView
from models.outbox import views as outbox


def _until_signed(sentence: str) -> Head:
    """Say a sentence for as long as the order stands."""

    def head(view: OrderView, _notice: outbox.Notice) -> str:
        signed = view.line.state is State.SIGNED
        return _("👍 It has been put right and signed off.") if signed else _(sentence)

    return head


def _yours(view: OrderView, _notice: outbox.Notice) -> str:
    if view.line.state is State.SIGNED:
        return _("👍 It has been put right and signed off.")
    if view.mine:
        return _("📋 This is yours to put right.")
    return _("📋 The terms of this order have changed.")


def _reported(view: OrderView, _notice: outbox.Notice) -> str:
    if view.line.state is State.REPORTED:
        return _("📋 It is reported as put right. Please look, and sign off or send back.")
    return _("📋 It had been reported as put right.")


def _sent_back(view: OrderView, notice: outbox.Notice) -> str:
    if view.line.state is State.OPEN:
        return _("↩️ The report is not enough yet.")
    return _reported(view, notice)


def _signed(_view: OrderView, _notice: outbox.Notice) -> str:
    return _("✅ It has been signed off. Thank you!")


def _late(view: OrderView, _notice: outbox.Notice) -> str:
    if view.line.state is State.REPORTED:
        return _("⏰ The date has come: the report waits to be signed off.")
    if view.mine:
        return _("⏰ The date has come: this is yours to put right, and to report.")
    return _("⏰ The date has come, and it has not been put right.")


def _late_card(view: OrderView, now: datetime, above: str) -> Screen:
    """Tell of an order whose date has come; once it is signed off, nobody is asked for anything."""
    over = _("👍 This order was late; it has been signed off.")
    return order_card(view, now, over if view.line.state is State.SIGNED else above)


def _asked(view: VisitView, _notice: outbox.Notice) -> str | Pointless:
    return "" if view.as_resident else NOT_THEIRS


def _silent(view: VisitView, _notice: outbox.Notice) -> str | Pointless:
    return Pointless("they have answered") if view.answer in SAID else ""


def _opened(view: OrderView, notice: outbox.Notice) -> str | Pointless:
    if view.line.cause is Cause.HAZARD:  # nobody has complained: it was found
        return _FOUND(view, notice)
    return _UNHAPPY(view, notice)


_FOUND = _until_signed(mark("📋 A danger was found. Please see that it is put right."))
_UNHAPPY = _until_signed(mark("📋 A resident was not happy. Please see that it is put right."))

HEADS: dict[Notice, Head] = {
    Notice.OPENED: _opened,
    Notice.YOURS: _yours,
    Notice.AGAIN: _until_signed(mark("📋 The resident is still not happy; the order stands.")),
    Notice.REPORTED: _reported,
    Notice.SENT_BACK: _sent_back,
    Notice.SIGNED: _signed,
}

for kind, head_of in HEADS.items():
    card(kind, order_told, order_card, head_of)
card(Notice.LATE, order_told, _late_card, _late)
card(Notice.VISIT, visit_told, visit_screen, _asked)
card(Notice.SILENT, visit_told, silent_screen, _silent)

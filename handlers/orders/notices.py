"""Rendering the notices of orders and return visits from the state of the moment."""

from collections.abc import Callable

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.notices import renders
from handlers.orders.screens import order_card, silent_screen, visit_screen
from handlers.screen import Pointless, Screen
from handlers.text import late_note, sentences
from models.database import Session
from models.orders.queries.orders import order_told
from models.orders.queries.visits import visit_told
from models.orders.rules import Notice as Kind
from models.orders.rules import State, VisitAnswer
from models.orders.views import OrderView
from models.outbox.views import Notice

NOT_THEIRS = Pointless("it is none of the reader's any more")

Sentence = Callable[[Notice, OrderView], str]


def _card(kind: Kind, say: Sentence) -> None:
    """Enter a card about an order, headed by a sentence."""

    async def renderer(session: Session, notice: Notice) -> Screen | Pointless:
        view = await order_told(session, notice.recipient_id, notice.subject_id, notice.now)
        return order_card(view, notice.now, say(notice, view)) if view else NOT_THEIRS

    renders(kind)(renderer)


def _plainly(sentence: str) -> Sentence:
    return lambda _notice, _view: _(sentence)


def _until_signed(sentence: str) -> Sentence:
    """Say a sentence for as long as the order stands."""

    def say(_notice: Notice, view: OrderView) -> str:
        signed = view.line.state is State.SIGNED
        return _("👍 It has been put right and signed off.") if signed else _(sentence)

    return say


def _sent_back(_notice: Notice, view: OrderView) -> str:
    if view.line.state is State.OPEN:
        return _("↩️ The report is not enough yet.")
    return _reported(_notice, view)


def _yours(_notice: Notice, view: OrderView) -> str:
    if view.line.state is State.SIGNED:
        return _("👍 It has been put right and signed off.")
    if view.mine:
        return _("📋 This is yours to put right.")
    return _("📋 The terms of this order have changed.")


def _reported(_notice: Notice, view: OrderView) -> str:
    if view.line.state is State.REPORTED:
        return _("📋 It is reported as put right. Please look, and sign off or send back.")
    return _("📋 It had been reported as put right.")


def _late(notice: Notice, view: OrderView) -> str:
    if view.line.state is State.SIGNED:
        return _("👍 This order was late; it has been signed off.")
    if view.line.state is State.REPORTED:
        said = _("⏰ The date has come: the report waits to be signed off.")
    elif view.mine:
        said = _("⏰ The date has come: this is yours to put right, and to report.")
    else:
        said = _("⏰ The date has come, and it has not been put right.")
    return sentences(said, late_note(late=bool(notice.detail.get("late"))))


_card(
    Kind.OPENED,
    _until_signed(mark("📋 A resident was not happy. Please see that it is put right.")),
)
_card(Kind.YOURS, _yours)
_card(Kind.AGAIN, _until_signed(mark("📋 The resident is still not happy; the order stands.")))
_card(Kind.REPORTED, _reported)
_card(Kind.SENT_BACK, _sent_back)
_card(Kind.SIGNED, _plainly(mark("✅ It has been signed off. Thank you!")))
_card(Kind.LATE, _late)


@renders(Kind.VISIT)
async def visit(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask the resident whether it is still well."""
    view = await visit_told(session, notice.recipient_id, notice.subject_id, notice.now)
    if view is None or not view.as_resident:
        return NOT_THEIRS
    return visit_screen(view, late_note(late=bool(notice.detail.get("late"))))


@renders(Kind.SILENT)
async def silent(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask the owner to ring somebody who did not answer a return visit."""
    view = await visit_told(session, notice.recipient_id, notice.subject_id, notice.now)
    if view is None:
        return NOT_THEIRS
    if view.answer in {VisitAnswer.WELL, VisitAnswer.NOT_WELL}:
        return Pointless("they have answered")
    return silent_screen(view)

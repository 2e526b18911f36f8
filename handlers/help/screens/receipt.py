"""What somebody keeps after asking for help, and the screens around filing."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock
from handlers.help.callbacks import MineAct, OnMine, OpenMine
from handlers.help.screens import deadlines, lines
from handlers.help.screens.outcomes import said
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, sentences
from models.help.rules.outcomes import FileOutcome
from models.help.views import Filed, Receipt


def call_first() -> str:
    """Name the numbers to ring when somebody is in danger."""
    return _(
        "🆘 If anybody is in danger, ring first: 120 ambulance · 119 fire · 110 police. "
        "Then we send neighbours as well."
    )


def receipt_screen(
    receipt: Receipt,
    now: datetime,
    *,
    emergency: bool,
    again: bool,
    reachable: bool,
    other: str = "",
) -> Screen:
    """Return the number, what happens now, who answers for it, and what is promised by when.

    `other` names whom it is for, where that is not the reader.
    """
    outcome = FileOutcome.ALREADY if again else FileOutcome.FILED
    text = paragraphs(
        call_first() if emergency else "",
        sentences(said(outcome), happens_now(receipt, now)),
        joined(lines.owner_line(receipt.owner), _promises(receipt, now)),
        "" if reachable else _unreachable(other),
    )
    title = _("✅ {name}'s number: {number}") if other else _("✅ Your number: {number}")
    title = title.format(number=receipt.number, name=other)
    return Screen(text, title, inline(*_rows(receipt, other, reachable=reachable)))


def happens_now(receipt: Receipt, now: datetime) -> str:
    """Say who has been asked so far, or when and by whom somebody will be."""
    if not receipt.for_volunteers:
        return _("The community office sees to this itself.")
    if receipt.asks_at is not None:
        return _("Neighbours are asleep now; we begin to ask them {time}.").format(
            time=at_clock(receipt.asks_at, now)
        )
    return lines.asked(receipt.asked, receipt.asking) or _(
        "The community office is looking for somebody who can come."
    )


def _promises(receipt: Receipt, now: datetime) -> str:
    return deadlines.promises(receipt.answer_by, receipt.promised_by, now)


def _unreachable(other: str) -> str:
    if other:
        said = _("We do not know {name}'s door number yet. Whoever comes will need it.")
        return said.format(name=other)
    return _("We do not know the door number yet. Whoever comes will need it.")


def _rows(receipt: Receipt, other: str, *, reachable: bool) -> list[list[InlineKeyboardButton]]:
    request_id = receipt.request_id
    asks = _("🚪 Give {name}'s door and phone") if other else _("🚪 Give door and phone")
    door = button(asks.format(name=other), OnMine(act=MineAct.CONTACT, id=request_id))
    return [
        [] if reachable else [door],
        [button(_("📍 Where is it now?"), OpenMine(id=request_id, below=True))],
        [button(_("➕ Add a word or a photo"), OnMine(act=MineAct.ADD, id=request_id))],
    ]


def filed_screen(receipt: Receipt, said: str, now: datetime) -> Screen:
    """Show the receipt to somebody for whom the office has asked."""
    text = paragraphs(
        sentences(said, happens_now(receipt, now)),
        joined(lines.owner_line(receipt.owner), _promises(receipt, now)),
    )
    title = _("📋 Your number: {number}").format(number=receipt.number)
    more = button(_("📍 Where is it now?"), OpenMine(id=receipt.request_id, below=True))
    return Screen(text, title, inline([more]))


def question_screen(filed: Filed, now: datetime) -> Screen:
    """Say that a question has gone to the office, and by when it is answered."""
    if filed.receipt is None:
        return not_filed_screen(filed.outcome, emergency=False)
    said = _("✅ Your question has gone to the office.")
    return filed_screen(filed.receipt, said, now)


def ring_screen(receipt: Receipt, now: datetime, *, known: bool) -> Screen:
    """Say that the office will ring, and ask for a number where none is known."""
    number = button(_("📞 Say the number"), OnMine(act=MineAct.CONTACT, id=receipt.request_id))
    more = button(_("📍 Where is it now?"), OpenMine(id=receipt.request_id, below=True))
    text = paragraphs(
        joined(lines.owner_line(receipt.owner), _promises(receipt, now)),
        "" if known else _("We do not know your number yet: please tap below and say it."),
    )
    title = _("📞 We will ring you. Your number: {number}").format(number=receipt.number)
    return Screen(text, title, inline([] if known else [number], [more]))


def contact_screen(request_id: int) -> Screen:
    """Say that door and phone are kept."""
    return Screen(
        _("✅ Kept safe. Only whoever comes to help sees it, and you see who looked."),
        keyboard=inline([button(_("📍 Where is it now?"), OpenMine(id=request_id))]),
    )


def not_filed_screen(outcome: FileOutcome, *, emergency: bool) -> Screen:
    """Say why nothing was filed, and what to do."""
    settings = [button(_("⚙️ Settings"), Go(to="settings"))]
    mine = [button(_("📋 My requests"), Go(to="mine"))]
    rows = {FileOutcome.NO_PLACE: settings, FileOutcome.TOO_MANY: mine}.get(outcome)
    text = paragraphs(call_first() if emergency else "", said(outcome))
    return Screen(text, keyboard=inline(rows) if rows else None)

"""What somebody keeps after asking for help: the receipt, its history, the screens of filing."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock, new_until_line
from handlers.help.callbacks import MineAct, OnMine, OpenMine
from handlers.help.screens import deadlines, lines
from handlers.help.screens.outcomes import said
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, sentences
from models.help.rules.limits import Line
from models.help.rules.outcomes import FileOutcome, HandBackReason
from models.help.views import Filed, Receipt, TimelineLine


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
        return not_filed_screen(filed, now, emergency=False)
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


def not_filed_screen(filed: Filed, now: datetime, *, emergency: bool) -> Screen:
    """Say why nothing was filed, and what to do; of a limit that ends, when it does."""
    outcome = filed.outcome
    settings = [button(_("⚙️ Settings"), Go(to="settings"))]
    mine = [button(_("📋 My requests"), Go(to="mine"))]
    rows = {
        FileOutcome.NO_PLACE: settings,
        FileOutcome.TOO_MANY: mine,
        FileOutcome.NEW_HERE: mine,
    }.get(outcome)
    ends = new_until_line(filed.until, now) if filed.until else ""
    text = paragraphs(call_first() if emergency else "", said(outcome), ends)
    return Screen(text, keyboard=inline(rows) if rows else None)


WORDS_SHOWN = 200
"""Of a note this much is shown in the timeline."""

BY_SOMEBODY = {
    Line.FILED: mark("{name} asked for help"),
    Line.CLAIMED: mark("{name} said yes"),
    Line.ASSIGNED: mark("{name} of the office found somebody"),
    Line.QUEUED: mark("{name} joined the waiting list"),
    Line.PROMOTED: mark("{name} came up from the waiting list"),
    Line.CONFIRMED: mark("{name} confirmed: still coming"),
    Line.HANDED_BACK: mark("{name} cannot come ({reason})"),
    Line.LEFT_LINE: mark("{name} left the waiting list"),
    Line.ON_WAY: mark("{name} set out"),
    Line.LATE: mark("{name} comes {minutes} minutes later"),
    Line.PART_DONE: mark("{name} finished their part"),
    Line.DONE: mark("{name} reported it done"),
    Line.LOOKED: mark("{name} looked at door and phone"),
    Line.SOLVED: mark("{name} said: solved"),
    Line.UNSOLVED: mark("{name} said: not solved"),
    Line.RATED: mark("{name} gave {stars}"),
    Line.CANCELLED: mark("{name} called it off"),
    Line.ASKED_AGAIN: mark("{name} had volunteers asked anew"),
    Line.OWNER: mark("{name} settled who in the office answers for it"),
    Line.NOTE: mark("{name} added a note"),
    Line.WAITING: mark("{name} of the office waits for the resident"),
    Line.RESUMED: mark("{name} of the office waits no longer"),
    Line.CAME: mark("{name} said: somebody has come"),
    Line.NO_SHOW: mark("{name} said: nobody came"),
    Line.SWAPPED: mark("{name} changed places with another helper"),
    Line.EXCHANGED: mark("{name} of the office asked somebody else to go instead"),
    Line.CALLED: mark("{name} rang; nobody answered"),
    Line.GIVEN_UP: mark("{name} closed it without a word: nobody could be reached"),
    Line.REOPENED: mark("{name} said: not solved after all"),
    Line.WRONG: mark("{name} said what went wrong"),
    Line.ORDER_SET: mark("{name} changed the terms of the order"),
    Line.ORDER_REPORTED: mark("{name} reported that it has been put right"),
    Line.ORDER_BACK: mark("{name} sent the report back"),
    Line.ORDER_SIGNED: mark("{name} signed off that it has been put right"),
    Line.STILL_WELL: mark("{name} said: still well"),
}

BY_THE_CLOCK = {
    Line.EXPIRED: mark("Its time ran out"),
    Line.ORDERED: mark("It is to be put right: an order was opened"),
    Line.ORDER_AGAIN: mark("Not happy again; the order stands"),
    Line.ORDER_LATE: mark("The order was not signed off by its date"),
    Line.VISITED: mark("We asked whether it is still well"),
    Line.UNCONFIRMED: mark("No word yet whether it is solved; the office will ring"),
    Line.UNCLAIMED: mark("Nobody yet; the office was told"),
    Line.NO_ANSWER: mark("No answer to “still coming?”; somebody else is asked"),
    Line.NO_SHOW: mark("Nobody came"),
    Line.LADDER: mark("The clock told those who answer for it"),
    Line.CANCELLED: mark("It was called off"),
    Line.ASKED_AGAIN: mark("Volunteers were asked anew"),
    Line.OWNER: mark("Somebody else in the office answers for it now"),
}


def history(timeline: Sequence[TimelineLine], now: datetime, most: int) -> str:
    """Tell the latest `most` lines of a timeline, oldest first."""
    left_out = "…\n" if len(timeline) > most else ""
    return left_out + "\n".join(_told(line, now) for line in timeline[-most:])


def _told(line: TimelineLine, now: datetime) -> str:
    lock = "🔒 " if line.internal else ""
    said = f"{at_clock(line.at, now)} · {lock}{_what(line)}"
    note = _("“{words}”").format(words=clip(line.words, WORDS_SHOWN)) if line.words else ""
    return f"{said}\n    {note}" if note else said


def _what(line: TimelineLine) -> str:
    name = line.who.name if line.who and line.who.name else _("Somebody")
    if line.what is Line.ASKED:
        count = int(line.detail.get("count") or 0)
        said = ngettext("We turned to {count} volunteer", "We turned to {count} volunteers", count)
        return said.format(count=count)
    if line.who is None and line.what in BY_THE_CLOCK:
        return _(BY_THE_CLOCK[line.what])
    if line.what is Line.ASSIGNED and line.who and line.detail.get("person") == line.who.id:
        return _("{name} of the office goes in person").format(name=name)
    if line.what is Line.HANDED_BACK and "reason" not in line.detail:
        return _("{name} cannot come").format(name=name)
    said = BY_SOMEBODY.get(line.what) or BY_THE_CLOCK[line.what]
    return _(said).format(
        name=name,
        reason=_reason(line),
        stars=_stars(line),
        minutes=line.detail.get("minutes") or "",
    )


def _reason(line: TimelineLine) -> str:
    given = str(line.detail.get("reason"))
    known = given in {str(reason) for reason in HandBackReason}
    return lines.reason_given(HandBackReason(given) if known else HandBackReason.OTHER)


def _stars(line: TimelineLine) -> str:
    return "⭐" * int(line.detail.get("stars") or 0)

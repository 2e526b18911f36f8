"""An emergency, and help that is offered to somebody who wrote unasked."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.help.callbacks import AddThis, AskWithThis, CallNow, MineAct, OnMine, OpenMine
from handlers.help.screens import lines
from handlers.help.screens.lines import owner_line
from handlers.help.screens.receipt import happens_now
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, quoted
from models.help.views import Receipt, RequestLine, TaskLine
from models.people.views import Card


def ring_first() -> str:
    """Name the numbers to ring, the ambulance first."""
    return _("🆘 Ring 120 first! Fire: 119. Police: 110.")


def called_screen(receipt: Receipt, now: datetime, *, reachable: bool, other: str) -> Screen:
    """Say that help is called, for whom, what to add, and how to take it back."""
    request_id = receipt.request_id
    text = paragraphs(
        ring_first(),
        joined(happens_now(receipt, now), owner_line(receipt.owner)),
        _(
            "What has happened, and how does one get in? Just write or say it: it goes to whoever "
            "comes, at once."
        ),
    )
    asks = _("🚪 Give {name}'s door and phone") if other else _("🚪 Give door and phone")
    door = button(asks.format(name=other), OnMine(act=MineAct.CONTACT, id=request_id))
    where = button(_("📍 Where is it now?"), OpenMine(id=request_id, below=True))
    back = button(
        _("↩️ It was a mistake, no help is needed"), OnMine(act=MineAct.ASK_CANCEL, id=request_id)
    )
    title = _("🆘 Emergency No. {number}").format(number=receipt.number)
    return Screen(text, _for(title, other), inline([] if reachable else [door], [where], [back]))


def _for(head: str, other: str) -> str:
    """Name whom a call is for, where it is not the reader."""
    return f"{head} · " + _("For {name}").format(name=other) if other else head


def running_screen(running: RequestLine, reader_id: int, said: str = "") -> Screen:
    """Say that the call is out already, and what came of what was added to it."""
    out = _("Your call No. {number} is out. Write on: it goes to whoever comes, at once.")
    if running.beneficiary.id != reader_id:
        out = _(
            "The call No. {number} for {name} is out. Write on: it goes to whoever comes, at once."
        )
    text = paragraphs(
        ring_first(), said, out.format(number=running.number, name=running.beneficiary.name)
    )
    where = button(_("📍 Where is it now?"), OpenMine(id=running.request_id, below=True))
    return Screen(text, keyboard=inline([where]))


def for_whom_screen(number: int, others: Sequence[Card]) -> Screen:
    """Ask for whom the call is: one large button each, and nothing further."""
    own = [button(_("🆘 For me"), CallNow(message=number))]
    theirs = [
        [button(_("🆘 For {name}").format(name=one.name), CallNow(message=number, about=one.id))]
        for one in others
    ]
    text = paragraphs(ring_first(), _("Who needs help? One tap, and we call."))
    return Screen(text, keyboard=inline(own, *theirs))


def sure_screen(number: int) -> Screen:
    """Ask with one large button whether what was written is an emergency."""
    text = paragraphs(
        ring_first(), _("Is somebody in danger now? One tap, and we call neighbours.")
    )
    return Screen(
        text,
        keyboard=inline(
            [button(_("🆘 Yes, call for help now"), CallNow(message=number))],
            [button(_("🙋 No danger: ask neighbours to help"), AskWithThis(id=number))],
        ),
    )


def in_danger_screen(number: int) -> Screen:
    """Ask in the middle of something else whether words are a cry; leaving it be is no."""
    text = paragraphs(
        ring_first(), _("Is somebody in danger now? One tap, and we call neighbours.")
    )
    call = button(_("🆘 Yes, call for help now"), CallNow(message=number))
    return Screen(text, keyboard=inline([call]))


def listening_screen(number: int) -> Screen:
    """Answer somebody who may mean to die."""
    text = paragraphs(
        _("We are glad that you wrote. Please do not stay alone with this."),
        _("📞 12356: somebody listens, day and night. In danger now: 120 or 110."),
        _("Shall somebody from the office or a neighbour come to you? One tap."),
    )
    come = button(_("🆘 Yes, please come"), CallNow(message=number))
    return Screen(text, keyboard=inline([come]))


def alarm_for_stranger() -> Screen:
    """Answer a cry of somebody whom we do not know yet."""
    more = _("To call neighbours here as well, tap “Agree” below, then choose where you live.")
    return Screen(paragraphs(ring_first(), more))


SHOWN = 3
"""Requests that are named; more would hide the question."""


def offer_screen(
    number: int,
    mine: Sequence[RequestLine] = (),
    tasks: Sequence[TaskLine] = (),
    together: str = "",
) -> Screen:
    """Offer to ask for help with what the message of this number brought; `together` are the words
    of several messages that are one.

    Whoever has requests underway, or tasks, most likely means one of them: those come first.
    """
    if tasks:
        text = _("What is it about? One tap, and it goes to the neighbour you help.")
        helping = [[_add(task, number)] for task in tasks[:SHOWN]]
        own = [[_add(line, number)] for line in mine[:SHOWN]]
        ask = [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))]
        text = paragraphs(quoted(together), text)
        return Screen(text, keyboard=inline(*helping, *own, ask))
    if not mine:
        text = _(
            "Got it. Is this a request for help? Tap here, and you need not say it again. "
            "For anything else, use the buttons at the bottom."
        )
        yes = button(_("🙋 Ask for help with this"), AskWithThis(id=number))
        return Screen(paragraphs(quoted(together), text), keyboard=inline([yes]))
    text = _("Got it. What is it about? One tap, and I pass it on to whoever is helping.")
    ask = [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))]
    shown = mine[:SHOWN]
    adding = [[_add(line, number)] for line in shown]
    seeing = [_see(line) for line in shown[:1]] if len(shown) == 1 else []
    text = paragraphs(quoted(together), text)
    return Screen(text, keyboard=inline(*adding, seeing, ask))


def _add(line: RequestLine | TaskLine, number: int) -> InlineKeyboardButton:
    label = _("➕ {request}").format(request=lines.title(line.number, line.category))
    return button(label, AddThis(id=line.request_id, message=number))


def _see(line: RequestLine) -> InlineKeyboardButton:
    return button(_("📍 Where is it now?"), OpenMine(id=line.request_id, below=True))


def change_screen(line: RequestLine | TaskLine, number: int, *, own: bool) -> Screen:
    """Ask whether words that were changed go to those who help; of somebody else's request, to
    all whom it concerns."""
    text = _("You have changed what you wrote about {request}. Change it for those who help?")
    if not own:
        text = _("You have changed what you wrote about {request}. Let those concerned know?")
    return Screen(
        text.format(request=lines.title(line.number, line.category)),
        keyboard=inline(
            [button(_("✏️ Yes, let them know"), AddThis(id=line.request_id, message=number))],
            [button(_("🏠 No, leave it"), Go(to="home"))],
        ),
    )


def corrected() -> str:
    """Mark words that take the place of earlier ones."""
    return _("✏️ Corrected, this holds now:")


def passed_on_screen() -> Screen:
    """Say that a second tap finds the words passed on already."""
    return Screen(_("👌 That has been passed on already; you need not say it again."))


def gone_screen() -> Screen:
    """Say that what was sent then is no longer held; the form's first question follows."""
    return Screen(_("Sorry, we no longer have what you sent then. Please tell us once more."))

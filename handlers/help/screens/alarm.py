"""How a call for help at once looks: the numbers to ring stand first, and in every one."""

from collections.abc import Sequence
from datetime import datetime

from handlers.help.callbacks import AskWithThis, CallNow, MineAct, OnMine, OpenMine
from handlers.help.screens.lines import owner_line
from handlers.help.screens.receipt import happens_now
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs
from models.help.views import Receipt, RequestLine
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

"""What is told of a promise that breaks, to the desk and to the resident."""

from datetime import datetime
from typing import Any

from handlers.clock_text import how_long
from handlers.help.screens import clocks, lines
from handlers.i18n import gettext as _
from handlers.text import joined, sentences
from models.escalation.rules import Rung
from models.help.rules.clocks import Promise
from models.help.rules.states import LIVE, State
from models.help.views import RequestView

OURS = {*LIVE, State.UNSOLVED}
"""While a request stands so, its promises are ours to keep."""


def is_still_owed(view: RequestView, promise: Promise) -> bool:
    """Tell whether a promise waits at this moment to be kept by us."""
    return not is_kept(view, promise) and view.line.wait is None


def is_kept(view: RequestView, promise: Promise) -> bool:
    """Tell whether nothing is owed any more: it is answered, reported done, or has ended."""
    answered = promise is Promise.ANSWER and view.line.answer_by is None
    return view.line.state not in OURS or answered


def to_the_desk(view: RequestView, promise: Promise, now: datetime, late_note: str = "") -> str:
    """Say how it stands with a promise: time left, or how late and who has it, or settled."""
    if is_kept(view, promise):
        return _settled(view, promise)
    if view.line.wait is not None:
        return clocks.at_desk(view.line.wait, now)
    return sentences(_running(view, promise, now), late_note)


def _settled(view: RequestView, promise: Promise) -> str:
    if promise is Promise.ANSWER and view.line.answer_by is None:
        return _("✅ Settled since: it has been answered.")
    return _("✅ Settled since; nothing has to be done about the date any more.")


def _running(view: RequestView, promise: Promise, now: datetime) -> str:
    line, answer = view.line, promise is Promise.ANSWER
    by = line.answer_by if answer and line.answer_by else line.promised_by
    span = how_long(by - now)
    if now < by:
        soon = (
            _("⏳ Nobody has answered yet; the answer is due in {time}.")
            if answer
            else _("⏳ This is promised solved in {time}.")
        )
        return soon.format(time=span)
    said = (
        _("⏰ Nobody has answered; that is late by {time}.")
        if answer
        else _("⏰ The promise to solve this is broken: late by {time}.")
    )
    owner = line.owner.name if line.owner else _("nobody")
    return sentences(said.format(time=span), _("{name} answers for it.").format(name=owner))


def to_the_resident(view: RequestView, detail: dict[str, Any]) -> str:
    """Say honestly that we are late, who has it, and who else knows of it now."""
    said = _("⏰ We are late with this, and we are sorry.")
    return joined(said, lines.owner_line(view.line.owner), _who_knows(detail))


def _who_knows(detail: dict[str, Any]) -> str:
    if detail.get("rung") == Rung.SECRETARY and detail.get("led"):
        return _("We have turned to the secretary of the community as well.")
    return _("We have turned to those who answer for the office as well.")

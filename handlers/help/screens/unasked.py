"""The screens for what somebody sent without being asked."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.help.callbacks import AddThis, AskWithThis, OpenMine
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from models.help.views import RequestLine, TaskLine

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
        text = lines.paragraphs(lines.quoted(together), text)
        return Screen(text, keyboard=inline(*helping, *own, ask))
    if not mine:
        text = _(
            "Got it. Is this a request for help? Tap here, and you need not say it again. "
            "For anything else, use the buttons at the bottom."
        )
        yes = button(_("🙋 Ask for help with this"), AskWithThis(id=number))
        return Screen(lines.paragraphs(lines.quoted(together), text), keyboard=inline([yes]))
    text = _("Got it. What is it about? One tap, and I pass it on to whoever is helping.")
    ask = [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))]
    shown = mine[:SHOWN]
    adding = [[_add(line, number)] for line in shown]
    seeing = [_see(line) for line in shown[:1]] if len(shown) == 1 else []
    text = lines.paragraphs(lines.quoted(together), text)
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

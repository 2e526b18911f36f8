"""What is said about messages that nobody asked for."""

from collections.abc import Set

from handlers.callbacks import Go
from handlers.help.callbacks import (
    AddThis,
    AskOffice,
    AskWithThis,
    CardAct,
    Coming,
    MineAct,
    OnCard,
    OnMine,
    OpenMine,
)
from handlers.help.screens import lines
from handlers.help.screens.mine import standing
from handlers.help.screens.outcomes import said
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, clip, inline
from handlers.stray.words import Means
from handlers.text import paragraphs
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.states import LIVE
from models.help.views import RequestView

QUOTED = 60
"""Characters of our own message that a question about it carries along."""


def acknowledged(means: Set[Means]) -> Screen:
    """Answer a yes or thanks in reply to a message of ours."""
    return Screen(welcome(means))


def welcome(means: Set[Means]) -> str:
    """Answer thanks, or a yes."""
    return _("You are welcome!") if Means.THANKS in means else _("👌 All right.")


def passed_on(outcome: DeskOutcome) -> str:
    """Say that words were passed on, or were before."""
    noted = outcome is DeskOutcome.NOTED
    return _("✅ Passed on to those who have to do with it.") if noted else said(outcome)


def passed_on_screen(outcome: DeskOutcome) -> Screen:
    """Say that words in reply were passed on."""
    return Screen(passed_on(outcome))


def not_yours_yet(request_id: int) -> Screen:
    """Say how to speak with the resident, to somebody who was only asked."""
    text = _("Only whoever has taken this on can write to the resident. Look at it again?")
    card = button(_("👀 Show it"), OnCard(act=CardAct.SHOW, id=request_id))
    return Screen(text, keyboard=inline([card]))


def no_longer_yours(number: int | None, request_id: int) -> Screen:
    """Answer a helper whose part in a request is over: the office can still hear of it."""
    text = _("You no longer have this task, so the resident does not get this.")
    show = button(_("👀 Show it"), OnCard(act=CardAct.SHOW, id=request_id))
    if number is None:
        return Screen(text, keyboard=inline([show]))
    ask = button(_("❓ Ask the office"), AskOffice(message=number))
    return Screen(text, keyboard=inline([ask], [show]))


def coming_noted(outcome: str) -> Screen:
    """Say what came of a written yes."""
    return Screen(outcome)


def sure_not_coming(request_id: int) -> Screen:
    """Ask once more before a task is given back."""
    return Screen(
        _("You cannot come? Then we look for somebody else."),
        keyboard=inline(
            [button(_("😔 I cannot come"), Coming(id=request_id, yes=False))],
            [button(_("👍 Yes, I am coming"), Coming(id=request_id, yes=True))],
        ),
    )


def where_they_are(view: RequestView, number: int) -> Screen:
    """Say where a request is to somebody who waits; what they wrote can still be passed on."""
    request_id = view.line.request_id
    late = view.line.state in LIVE and view.holders
    nobody = (
        [button(_("😟 Nobody came"), OnMine(act=MineAct.NOBODY, id=request_id))] if late else []
    )
    text = standing(view)
    if nobody:
        text = paragraphs(text, _("Has nobody come? One tap, and the office asks why."))
    return Screen(
        text,
        lines.title_for(view),
        inline(
            nobody,
            [button(_("📍 Where is it now?"), OpenMine(id=request_id, below=True))],
            [button(_("➕ Pass on what I wrote"), AddThis(id=request_id, message=number))],
        ),
    )


def about(line: str, words: str) -> str:
    """Put a question with the beginning of the message that it is about."""
    return _("About “{line}”: {words}").format(line=clip(line, QUOTED), words=words)


def closed_before(words: str) -> str:
    """Say that a change does not take the last word back by itself."""
    return _(
        "You have changed this to “{words}”. By what you wrote before it was closed as solved, and "
        "the change alone does not open it again."
    ).format(words=clip(words, QUOTED))


def nothing_underway() -> str:
    """Answer who calls off what is not there."""
    return _("👌 All right. You have no request underway.")


def closed_already(number: int, title: str, words: str) -> Screen:
    """Say that a change does not take the last word back, and offer the office."""
    return Screen(
        _(
            "You have changed this to “{words}”. By what you wrote before, {request} was closed as "
            "solved, and the change alone does not open it again. Is something not right? One tap, "
            "and the office hears of it."
        ).format(words=clip(words, QUOTED), request=title),
        keyboard=inline(
            [button(_("❓ Ask the office"), AskOffice(message=number))],
            [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))],
            [button(_("🏠 No, leave it"), Go(to="home"))],
        ),
    )


def ask_office_screen(number: int) -> Screen:
    """Offer to put a question about a message of ours to the office."""
    return Screen(
        _("Shall the community office answer this? One tap, and you need not say it again."),
        keyboard=inline(
            [button(_("❓ Ask the office"), AskOffice(message=number))],
            [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))],
            [button(_("🏠 No, leave it"), Go(to="home"))],
        ),
    )

"""What things of roll-calls are called, and how a drill is told from the real thing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import TEXT_LIMIT, Screen, clip, units
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.outcomes import Answering, Ending, HelperCallOutcome, Refusal

SIGNS = {
    BoardStanding.NEED_HELP: "🆘",
    BoardStanding.SILENT: "🔇",
    BoardStanding.CAN_HELP: "🤝",
    BoardStanding.SAFE: "✅",
}
"""In the order in which somebody who leads looks at them."""

STANDINGS = {
    BoardStanding.NEED_HELP: mark("Need help"),
    BoardStanding.SILENT: mark("Silent"),
    BoardStanding.CAN_HELP: mark("Can help"),
    BoardStanding.SAFE: mark("Safe"),
}

ANSWERING = {
    Answering.ANSWERED: mark("Noted, thank you"),
    Answering.CHANGED: mark("Changed, thank you"),
    Answering.ALREADY: mark("We have it down so already"),
    Answering.OVER: mark("The roll-call is over. If you need help, tap “Ask for help”."),
    Answering.NOT_THEIRS: mark("This question is not yours to answer."),
    Answering.MISSING: mark("This roll-call is no more."),
}

ENDING = {
    Ending.ENDED: mark("It has ended; everybody is thanked"),
    Ending.ALREADY: mark("It is over already"),
    Ending.NOT_ALLOWED: mark("Only who began it, or who answers for the place, can end it."),
    Ending.MISSING: mark("This roll-call is no more."),
}

CALLING = {
    HelperCallOutcome.CALLED: mark("They are being asked to come."),
    HelperCallOutcome.NOBODY: mark("Nobody who can help can be written to."),
    HelperCallOutcome.EMPTY: mark("Please say where they should come."),
    HelperCallOutcome.OVER: mark("It is over already"),
    HelperCallOutcome.NOT_ALLOWED: mark(
        "Only who began it, or who answers for the place, can do this."
    ),
    HelperCallOutcome.MISSING: mark("This roll-call is no more."),
}

REFUSALS = {
    Refusal.NOT_ALLOWED: mark("This board is for those who lead the roll-call."),
    Refusal.MISSING: mark("This roll-call is no more."),
}

OUTCOMES: dict[type, Mapping[Any, str]] = {
    Answering: ANSWERING,
    Ending: ENDING,
    HelperCallOutcome: CALLING,
    Refusal: REFUSALS,
}
"""By their kind: two kinds have values of one name, which as words are the same."""


def said(outcome: Answering | HelperCallOutcome | Ending | Refusal) -> str:
    """Say how it turned out."""
    return _(OUTCOMES[type(outcome)][outcome])


def standing(each: BoardStanding) -> str:
    """Call where somebody stands, with its sign."""
    return f"{SIGNS[each]} {_(STANDINGS[each])}"


RED, BLUE = "🟥", "🟦"
HEAD_LIMIT = 200
"""UTF-16 units for a title and the words around a drill."""


def colour(*, drill: bool) -> str:
    """Return the square that stands before everything that is said."""
    return BLUE if drill else RED


def said_of(text: str, *, drill: bool) -> str:
    """Mark a short word, such as the answer to a tap; what begins marked is not marked twice."""
    begun, mark = headed(text, drill=drill), _("DRILL")
    return f"{begun} · {mark}" if drill else begun


def headed(text: str, *, drill: bool) -> str:
    """Mark what stands above a message; what begins marked is not marked twice."""
    if text.startswith(BLUE if drill else RED):
        return text
    mark = _("DRILL")
    return f"{BLUE} {mark} · {text}" if drill else f"{RED} {text}"


def below_title(text: str, *, drill: bool) -> str:
    """Mark a question below a form's title, which says first that it is a drill."""
    mark = _("DRILL")
    return f"{BLUE} {text} · {mark}" if drill else f"{RED} {text}"


def framed(screen: Screen, *, drill: bool) -> Screen:
    """Mark a whole message, first line and last; what is too long is cut before the last line."""
    mark = headed(screen.title, drill=drill) if screen.title else begins(drill=drill)
    text = screen.text
    if drill:
        text = clip(text, TEXT_LIMIT - units(mark) - HEAD_LIMIT)
        text = f"{text}\n\n{ends(drill=True)}"
    return replace(screen, title=mark, text=text)


def begins(*, drill: bool) -> str:
    """Return the first line of a roll-call's message."""
    if drill:
        return BLUE + " " + _("DRILL · This is only an exercise")
    return RED + " " + _("Roll-call: are you safe?")


def ends(*, drill: bool) -> str:
    """Return the last line of a roll-call's message; '' of a real one."""
    return BLUE + " " + _("This was only an exercise · DRILL") if drill else ""

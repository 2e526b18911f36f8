"""How things of roll-calls are called, and what each outcome says."""

from collections.abc import Mapping
from typing import Any

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.rollcalls.rules.notices import Standing
from models.rollcalls.rules.outcomes import Answering, Calling, Ending, Refusal

SIGNS = {
    Standing.NEED_HELP: "🆘",
    Standing.SILENT: "🔇",
    Standing.CAN_HELP: "🤝",
    Standing.SAFE: "✅",
}
"""In the order in which somebody who leads looks at them."""

STANDINGS = {
    Standing.NEED_HELP: mark("Need help"),
    Standing.SILENT: mark("Silent"),
    Standing.CAN_HELP: mark("Can help"),
    Standing.SAFE: mark("Safe"),
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
    Calling.CALLED: mark("They are being asked to come."),
    Calling.NOBODY: mark("Nobody who can help can be written to."),
    Calling.EMPTY: mark("Please say where they should come."),
    Calling.OVER: mark("It is over already"),
    Calling.NOT_ALLOWED: mark("Only who began it, or who answers for the place, can do this."),
    Calling.MISSING: mark("This roll-call is no more."),
}
REFUSALS = {
    Refusal.NOT_ALLOWED: mark("This board is for those who lead the roll-call."),
    Refusal.MISSING: mark("This roll-call is no more."),
}

OUTCOMES: dict[type, Mapping[Any, str]] = {
    Answering: ANSWERING,
    Ending: ENDING,
    Calling: CALLING,
    Refusal: REFUSALS,
}
"""By their kind: two kinds have values of one name, which as words are the same."""


def said(outcome: Answering | Calling | Ending | Refusal) -> str:
    """Say how it turned out."""
    return _(OUTCOMES[type(outcome)][outcome])


def standing(each: Standing) -> str:
    """Call where somebody stands, with its sign."""
    return f"{SIGNS[each]} {_(STANDINGS[each])}"

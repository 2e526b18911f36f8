"""How a drill is told from the real thing, wherever anything is said of either.

Every message of a drill begins and ends with the word DRILL and is blue, and has it no third time;
none of a real roll-call has the word, and it is red.
"""

from dataclasses import replace

from handlers.i18n import gettext as _
from handlers.screen import TEXT_LIMIT, Screen, clip, units

RED, BLUE = "🟥", "🟦"
HEAD_LIMIT = 200
"""UTF-16 units for a title and the words around a drill."""


def colour(*, drill: bool) -> str:
    """Give the square that stands before everything that is said."""
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
    """Give the first line of a roll-call's message."""
    if drill:
        return BLUE + " " + _("DRILL · This is only an exercise")
    return RED + " " + _("Roll-call: are you safe?")


def ends(*, drill: bool) -> str:
    """Give the last line of a roll-call's message; '' of a real one."""
    return BLUE + " " + _("This was only an exercise · DRILL") if drill else ""

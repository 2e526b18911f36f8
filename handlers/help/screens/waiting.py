"""The card by which the desk asks the resident for a word."""

from datetime import datetime

from handlers.help.callbacks import MineAct, OnMine, OpenMine
from handlers.help.screens import clocks, lines
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import paragraphs, quoted
from models.help.rules.states import LIVE, State, Waiting
from models.help.views import RequestView, TimelineLine


def waiting_screen(view: RequestView, line: TimelineLine | None, now: datetime) -> Screen:
    """Say what the desk asked in `line`, with a way to answer while it is waited for."""
    request_id = view.line.request_id
    asked = _is_asked(view, line)
    said = _asks(view, line, now) if asked else _settled(view)
    answer = button(_("✍️ Answer"), OnMine(act=MineAct.ADD, id=request_id))
    more = button(_("📍 Where is it now?"), OpenMine(id=request_id, below=True))
    title = lines.title_for(view)
    return Screen(said, title, inline([answer] if asked else [], [more]))


def _is_asked(view: RequestView, line: TimelineLine | None) -> bool:
    """Tell whether this very question waits for its answer: a later one is another card's."""
    wait = view.line.wait
    if wait is None or wait.why is not Waiting.ANSWER:
        return False
    return line is None or line.at == wait.since


def _asks(view: RequestView, line: TimelineLine | None, now: datetime) -> str:
    name = line.who.name if line and line.who and line.who.name else _("The office")
    asked = quoted(line.words or "") if line else ""
    if asked:
        said = _("⏸ {name} of the community office asks you:").format(name=name)
    else:
        said = _("⏸ {name} of the community office needs a word from you.").format(name=name)
    return paragraphs(said, asked, clocks.to_resident(view.line.wait, now))


def _settled(view: RequestView) -> str:
    if view.line.state in {*LIVE, State.UNSOLVED}:
        return _("👍 Thank you, this has been settled. It goes on.")
    return _("👍 Thank you, this has been settled.")

"""Deadlines on screens: what is promised, what is late, and who is waited for."""

from datetime import datetime, timedelta
from typing import Any

from handlers.clock_text import at_clock, how_long
from handlers.help.callbacks import MineAct, OnMine, OpenMine
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, quoted, sentences
from models.escalation.rules import Level
from models.help.rules.deadlines import Promise, Wait
from models.help.rules.states import LIVE, UNENDED, State, Waiting
from models.help.views import RequestLine, RequestView, TimelineLine

SOON = timedelta(hours=2)
"""Up to this far ahead a promise is told by how long it takes, where that is exact."""


def promises(answer_by: datetime | None, promised_by: datetime, now: datetime) -> str:
    """Tell the resident by when they are answered, and by when it is done.

    `answer_by` None: they have been answered. One that has passed is owned up to.
    """
    done = at_clock(promised_by, now)
    if answer_by is None:
        return _("It is done by {time} at the latest.").format(time=done)
    if answer_by < now:
        late = _("We have not answered you in time; we are sorry.")
        return sentences(late, _("It is done by {time} at the latest.").format(time=done))
    both = _("Somebody answers you {soon}, and it is done by {time} at the latest.")
    return both.format(soon=_until(answer_by, now), time=done)


def _until(by: datetime, now: datetime) -> str:
    left = by - now
    if left <= SOON and left % timedelta(minutes=15) == timedelta(0):
        return _("within {time}").format(time=how_long(left))
    return _("by {time}").format(time=at_clock(by, now))


def due(line: RequestLine, now: datetime) -> str:
    """Say to the desk what is due next: '⏰ late by 1 day', 'due in 2 hours', '⏸ waiting'."""
    if line.state not in UNENDED:
        return ""
    if line.wait is not None:
        broken = _("⏰ late") if line.overdue else ""
        return joined(broken, at_desk(line.wait, now), gap=" · ")
    span, late = how_long(line.next_due - now), line.next_due < now
    if line.answer_by is not None:
        said = _("⏰ answer late by {time}") if late else _("answer due in {time}")
    else:
        said = _("⏰ late by {time}") if late else _("due in {time}")
    return said.format(time=span)


def is_late(line: RequestLine, now: datetime) -> bool:
    """Return whether a promise is broken and the resident is not waited for."""
    return line.state in UNENDED and line.wait is None and line.next_due < now


def at_desk(wait: Wait, now: datetime) -> str:
    """Say to the desk what holds the clocks still."""
    if wait.why is Waiting.START and wait.until is not None:
        said = _("⏸ begins {time}, as the resident wishes")
        return said.format(time=at_clock(wait.until, now))
    said = _("⏸ waiting for the resident since {time}; the clock stands still")
    return said.format(time=at_clock(wait.since, now))


def to_resident(wait: Wait | None, now: datetime) -> str:
    """Say to the resident what we wait for; nothing where we do not."""
    if wait is None:
        return ""
    if wait.why is Waiting.START and wait.until is not None:
        said = _("⏸ Our clock starts {time}, when you want it.")
        return said.format(time=at_clock(wait.until, now))
    since = at_clock(wait.since, now)
    return _("⏸ We wait for your word since {time}; until then the clock stands still.").format(
        time=since
    )


OURS = {*LIVE, State.UNSOLVED}
"""While a request stands so, its promises are ours to keep."""


def is_still_owed(view: RequestView, promise: Promise) -> bool:
    """Return whether a promise waits at this moment to be kept by us."""
    return not is_kept(view, promise) and view.line.wait is None


def is_kept(view: RequestView, promise: Promise) -> bool:
    """Return whether nothing is owed any more: it is answered, reported done, or has ended."""
    answered = promise is Promise.ANSWER and view.line.answer_by is None
    return view.line.state not in OURS or answered


def to_the_desk(view: RequestView, promise: Promise, now: datetime, late_note: str = "") -> str:
    """Say how it stands with a promise: time left, or how late and who has it, or settled."""
    if is_kept(view, promise):
        return _no_longer_late(view, promise)
    if view.line.wait is not None:
        return at_desk(view.line.wait, now)
    return sentences(_running(view, promise, now), late_note)


def _no_longer_late(view: RequestView, promise: Promise) -> str:
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
    if detail.get("rung") == Level.SECRETARY and detail.get("led"):
        return _("We have turned to the secretary of the community as well.")
    return _("We have turned to those who answer for the office as well.")


def waiting_screen(view: RequestView, line: TimelineLine | None, now: datetime) -> Screen:
    """Say what the desk asked in `line`, with a way to answer while it is waited for."""
    request_id = view.line.request_id
    asked = _is_asked(view, line)
    said = _asks(view, line, now) if asked else _no_longer_waiting(view)
    answer = button(_("✍️ Answer"), OnMine(act=MineAct.ADD, id=request_id))
    more = button(_("📍 Where is it now?"), OpenMine(id=request_id, below=True))
    title = lines.title_for(view)
    return Screen(said, title, inline([answer] if asked else [], [more]))


def _is_asked(view: RequestView, line: TimelineLine | None) -> bool:
    """Return whether this very question waits for its answer: a later one is another card's."""
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
    return paragraphs(said, asked, to_resident(view.line.wait, now))


def _no_longer_waiting(view: RequestView) -> str:
    if view.line.state in {*LIVE, State.UNSOLVED}:
        return _("👍 Thank you, this has been settled. It goes on.")
    return _("👍 Thank you, this has been settled.")

"""How it stands with what was promised: due, late, or waiting for the resident."""

from datetime import datetime, timedelta

from handlers.clock_text import at_clock, how_long
from handlers.i18n import gettext as _
from handlers.text import joined, sentences
from models.help.rules.clocks import Wait
from models.help.rules.states import UNENDED, Waiting
from models.help.views import RequestLine

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
    """Tell whether a promise is broken and the resident is not waited for."""
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

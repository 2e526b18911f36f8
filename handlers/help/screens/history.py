"""The timeline of a request in plain words."""

from collections.abc import Sequence
from datetime import datetime

from handlers.clock_text import at_clock
from handlers.help.screens import labels
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.screen import clip
from models.help.rules.limits import Line
from models.help.rules.outcomes import HandBackReason
from models.help.views import TimelineLine

WORDS_SHOWN = 200
"""Of a note this much is shown in the timeline."""

BY_SOMEBODY = {
    Line.FILED: mark("{name} asked for help"),
    Line.CLAIMED: mark("{name} said yes"),
    Line.ASSIGNED: mark("{name} of the office found somebody"),
    Line.QUEUED: mark("{name} joined the waiting list"),
    Line.PROMOTED: mark("{name} came up from the waiting list"),
    Line.CONFIRMED: mark("{name} confirmed: still coming"),
    Line.HANDED_BACK: mark("{name} cannot come ({reason})"),
    Line.LEFT_LINE: mark("{name} left the waiting list"),
    Line.ON_WAY: mark("{name} set out"),
    Line.LATE: mark("{name} comes {minutes} minutes later"),
    Line.PART_DONE: mark("{name} finished their part"),
    Line.DONE: mark("{name} reported it done"),
    Line.LOOKED: mark("{name} looked at door and phone"),
    Line.SOLVED: mark("{name} said: solved"),
    Line.UNSOLVED: mark("{name} said: not solved"),
    Line.RATED: mark("{name} gave {stars}"),
    Line.CANCELLED: mark("{name} called it off"),
    Line.ASKED_AGAIN: mark("{name} had volunteers asked anew"),
    Line.OWNER: mark("{name} settled who in the office answers for it"),
    Line.NOTE: mark("{name} added a note"),
    Line.WAITING: mark("{name} of the office waits for the resident"),
    Line.RESUMED: mark("{name} of the office waits no longer"),
    Line.CAME: mark("{name} said: somebody has come"),
    Line.NO_SHOW: mark("{name} said: nobody came"),
    Line.SWAPPED: mark("{name} changed places with another helper"),
    Line.EXCHANGED: mark("{name} of the office asked somebody else to go instead"),
    Line.CALLED: mark("{name} rang; nobody answered"),
    Line.GIVEN_UP: mark("{name} closed it without a word: nobody could be reached"),
    Line.REOPENED: mark("{name} said: not solved after all"),
    Line.WRONG: mark("{name} said what went wrong"),
    Line.ORDER_SET: mark("{name} changed the terms of the order"),
    Line.ORDER_REPORTED: mark("{name} reported that it has been put right"),
    Line.ORDER_BACK: mark("{name} sent the report back"),
    Line.ORDER_SIGNED: mark("{name} signed off that it has been put right"),
    Line.STILL_WELL: mark("{name} said: still well"),
}

BY_THE_CLOCK = {
    Line.EXPIRED: mark("Its time ran out"),
    Line.ORDERED: mark("It is to be put right: an order was opened"),
    Line.ORDER_AGAIN: mark("Not happy again; the order stands"),
    Line.ORDER_LATE: mark("The order was not signed off by its date"),
    Line.VISITED: mark("We asked whether it is still well"),
    Line.UNCONFIRMED: mark("No word yet whether it is solved; the office will ring"),
    Line.UNCLAIMED: mark("Nobody yet; the office was told"),
    Line.NO_ANSWER: mark("No answer to “still coming?”; somebody else is asked"),
    Line.NO_SHOW: mark("Nobody came"),
    Line.LADDER: mark("The clock told those who answer for it"),
    Line.CANCELLED: mark("It was called off"),
    Line.ASKED_AGAIN: mark("Volunteers were asked anew"),
    Line.OWNER: mark("Somebody else in the office answers for it now"),
}


def history(timeline: Sequence[TimelineLine], now: datetime, most: int) -> str:
    """Tell the latest `most` lines of a timeline, oldest first."""
    left_out = "…\n" if len(timeline) > most else ""
    return left_out + "\n".join(_told(line, now) for line in timeline[-most:])


def _told(line: TimelineLine, now: datetime) -> str:
    lock = "🔒 " if line.internal else ""
    said = f"{at_clock(line.at, now)} · {lock}{_what(line)}"
    note = _("“{words}”").format(words=clip(line.words, WORDS_SHOWN)) if line.words else ""
    return f"{said}\n    {note}" if note else said


def _what(line: TimelineLine) -> str:
    name = line.who.name if line.who and line.who.name else _("Somebody")
    if line.what is Line.ASKED:
        count = int(line.detail.get("count") or 0)
        said = ngettext("We turned to {count} volunteer", "We turned to {count} volunteers", count)
        return said.format(count=count)
    if line.who is None and line.what in BY_THE_CLOCK:
        return _(BY_THE_CLOCK[line.what])
    if line.what is Line.ASSIGNED and line.who and line.detail.get("person") == line.who.id:
        return _("{name} of the office goes in person").format(name=name)
    if line.what is Line.HANDED_BACK and "reason" not in line.detail:
        return _("{name} cannot come").format(name=name)
    said = BY_SOMEBODY.get(line.what) or BY_THE_CLOCK[line.what]
    return _(said).format(
        name=name,
        reason=_reason(line),
        stars=_stars(line),
        minutes=line.detail.get("minutes") or "",
    )


def _reason(line: TimelineLine) -> str:
    given = str(line.detail.get("reason"))
    known = given in {str(reason) for reason in HandBackReason}
    return labels.reason_given(HandBackReason(given) if known else HandBackReason.OTHER)


def _stars(line: TimelineLine) -> str:
    return "⭐" * int(line.detail.get("stars") or 0)

"""The list of a gathering to print, and the ledger of all of them."""

from collections.abc import Sequence

from handlers.clock_text import local
from handlers.gatherings.screens import BANDS, FACES, KINDS
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.sheet import Table, tab
from handlers.text import place_name
from models.gatherings.rules import State
from models.gatherings.views import LedgerLine, RosterView
from models.seats.rules import SeatState

STANDS = {
    SeatState.HELD: mark("has a seat"),
    SeatState.ASKED: mark("is asked"),
    SeatState.WAITING: mark("in the line"),
    SeatState.CAME: mark("was there"),
    SeatState.ABSENT: mark("was not there"),
}
STATES = {
    State.ANNOUNCED: mark("announced"),
    State.OVER: mark("held"),
    State.OFF: mark("called off"),
}


def list_tables(view: RosterView) -> list[Table]:
    """Make the list to print, with an empty column to tick."""
    heads = (
        _("No."),
        _("Name"),
        _("People"),
        _("Children among them"),
        _("Their age"),
        _("Who brings them"),
        _("Seat"),
        "☐",
    )
    rows = [
        (
            number,
            guest.who.name or _("a neighbour"),
            guest.seat.party.size,
            guest.seat.party.children or "",
            _(BANDS[guest.seat.party.ages]) if guest.seat.party.ages in BANDS else "",
            guest.seat.party.brought_by,
            _(STANDS[guest.seat.state]) if guest.seat.state in STANDS else "",
            "☑" if guest.seat.came else "",
        )
        for number, guest in enumerate(view.guests, 1)
    ]
    one = view.gathering
    return [Table(tab(f"{local(one.starts_at):%m-%d %H.%M} {one.title}"), heads, rows)]


def ledger_tables(lines: Sequence[LedgerLine]) -> list[Table]:
    """Make the ledger, with a sheet that says what each column counts."""
    counted = {
        _("Date"): _("When it began, by the clock of the place."),
        _("Name"): _("As it was announced; of a course with its topic."),
        _("Kind"): _("As whoever announced it chose."),
        _("Place"): _("The community it was for."),
        _("State"): _("Held, called off, or not over yet."),
        _("Seats"): _("How many there were; empty: as many as came."),
        _("Signed up"): _("People with a seat at the end, those who came among them."),
        _("There"): _("People who were checked in, by poster, button or tick."),
        _("Without a seat"): _("Of these: counted at the door without a seat."),
        _("Marks"): _("How many said how it was."),
        **{
            face: _("How many gave it; empty where fewer than five said.")
            for face in FACES.values()
        },
    }
    rows = [
        (
            f"{local(one.line.starts_at):%Y-%m-%d %H:%M}",
            ": ".join(filter(None, (one.line.title, one.line.topic))),
            _(KINDS[one.kind]),
            place_name(one.place),
            _(STATES[one.state]),
            "" if one.line.counts.seats is None else one.line.counts.seats,
            one.line.counts.taken,
            one.line.counts.came,
            one.line.counts.walked_in,
            one.marks.count,
            *(one.marks.by_mark.get(mark_, 0) if one.marks.by_mark else "" for mark_ in FACES),
        )
        for one in lines
    ]
    return [
        Table(_("Gatherings"), tuple(counted), rows),
        Table(_("What is counted"), (_("Column"), _("Meaning")), list(counted.items())),
    ]

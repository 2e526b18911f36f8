"""How call-ups look to whoever draws them up and leads: the list, the board, the lists of parts."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.callups.callbacks import (
    BoardAct,
    CallBoardDay,
    ConfirmPart,
    DrawUp,
    OnCallBoard,
    OnCallupPart,
    PrintPart,
    TickOnSite,
    ToCallups,
)
from handlers.callups.screens import filled, part_name
from handlers.clock_text import at_clock, at_date, local
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.lists import list_screen, turn_row
from handlers.rollcalls.labels import framed, said_of
from handlers.screen import Screen, button, clip, inline
from handlers.sheet import Table, tab
from handlers.text import joined, paragraphs, place_name
from models.callups.rules import ARRIVE_FROM, Move, PartState, State
from models.callups.views import BoardPart, BoardView, CallupLine, OnSite, PartRoster
from models.records.rules import PageOf, page_bounds
from models.seats.rules import SeatState

A_PAGE = 12
"""People on a page, a button each."""
STANDING = {
    State.DRAFTED: mark("⏳ waits for a second person"),
    State.CALLED: mark("🔔 called"),
    State.CLOSED: mark("✔️ over"),
    State.DROPPED: mark("✕ dropped"),
}


def callups_screen(page: PageOf[CallupLine], now: datetime, above: str = "") -> Screen:
    """List call-ups to whoever may call."""
    below = [
        [button(_("🟥 Draw up a call-up"), DrawUp(drill=False))],
        [button(_("🟦 DRILL: practise a call-up"), DrawUp(drill=True))],
        [button(_("🏠 Home"), Go(to="home"))],
    ]
    text = _("In a flood: so many people at these sites on these days, asked until they are met.")
    return list_screen(
        page,
        _("🚩 Call-ups"),
        above=paragraphs(above, text),
        line=lambda one: joined(
            joined("🟦" if one.drill else "🟥", clip(one.words, 60), gap=" "),
            joined(
                at_date(one.starts_at, now),
                _(STANDING[one.state]),
                f"{one.coming}/{one.wanted}",
                gap=" · ",
            ),
        ),
        label=lambda one: one.words,
        opens=lambda one: OnCallBoard(act=BoardAct.OPEN, id=one.id),
        to=lambda number: ToCallups(page=number),
        none=paragraphs(above, text, _("There is none yet.")),
        below=below,
    )


def board_screen(view: BoardView, now: datetime, above: str = "") -> Screen:
    """Show how a call-up stands: sums by day, and what can be done."""
    second = _("Second person: {name}").format(name=view.second.name) if view.second else ""
    asked = _("Asked {asked} · answered {answered}")
    facts = joined(
        _(STANDING[view.state]),
        f"📍 {place_name(view.place)}",
        f"🕑 {at_date(view.starts_at, now)}-{local(view.ends_at):%H:%M}",
        _("Drawn up by {name}").format(name=view.by.name or "?"),
        second,
        asked.format(asked=view.asked, answered=view.answered) if view.asked else "",
        _("Nobody more is asked.") if view.enough else "",
    )
    sums = joined(*(_day_sum(view, index) for index in range(len(view.days))))
    text = paragraphs(above, view.words, facts, sums)
    return framed(Screen(text, _("Call-up board"), inline(*_rows(view))), drill=view.drill)


def board_day_screen(view: BoardView, index: int, _now: datetime) -> Screen:
    """Show the parts of one day: wanted, said yes, arrived, left, by team and site."""
    days = view.days
    index = min(index, len(days) - 1)
    parts = [part for part in view.parts if part.day == days[index]]
    lines = [
        joined(
            part_name(part),
            joined(_sign(part), filled(part), _there(part.there, part.left), gap=" · "),
        )
        for part in parts
    ]
    text = paragraphs(_day_sum(view, index), *lines)
    rows = [
        [button(clip(f"👥 {part_name(part)}", 60), OnCallupPart(id=part.filled.part_id))]
        for part in parts
        if view.state in {State.CALLED, State.CLOSED}
    ]
    back = [button(_("‹ Board"), OnCallBoard(act=BoardAct.OPEN, id=view.id))]
    return framed(Screen(text, words_of_day(days[index]), inline(*rows, back)), drill=view.drill)


def part_screen(roster: PartRoster, now: datetime, page: int = 0) -> Screen:
    """Show who comes to a part, with a tap for whoever is there."""
    part, people = roster.part, roster.people
    page, pages = page_bounds(len(people), page, A_PAGE)
    shown = PageOf(people[page * A_PAGE :][:A_PAGE], page, pages, len(people))
    open_ = now >= roster.starts_at - ARRIVE_FROM
    rows = [
        [
            button(
                _on_site(one, now),
                TickOnSite(id=roster.id, person=one.who.id, there=one.arrived_at is None),
            )
        ]
        for one in shown.lines
    ]
    waiting = [one for one in people if one.left_at and not one.confirmed]
    confirm = _("✅ Confirm all who were there ({count})").format(count=len(waiting))
    hint = _("Tap whoever is there; tap once more to take it back.")
    early = _("From an hour before the start you can note who is there.")
    text = paragraphs(
        f"{words_of_day(part.day)} {local(roster.starts_at):%H:%M}-{local(roster.ends_at):%H:%M}",
        joined(_sign(part), filled(part), _there(part.there, part.left), gap=" · "),
        (hint if open_ else early) if people else _("Nobody has said yes so far."),
    )
    return framed(
        Screen(
            text,
            part_name(part),
            inline(
                *rows,
                turn_row(shown, lambda number: OnCallupPart(id=roster.id, page=number)),
                [button(confirm, ConfirmPart(id=roster.id))] if waiting else [],
                [button(_("🖨 List to print"), PrintPart(id=roster.id))] if people else [],
                [button(_("🔄 Look again"), OnCallupPart(id=roster.id, page=page))],
            ),
        ),
        drill=roster.drill,
    )


def list_tables(roster: PartRoster) -> list[Table]:
    """Make the list of a part to print, with columns to fill in at the site."""
    heads = (_("No."), _("Name"), "", _("arrived"), _("left"))
    rows = [
        (
            number,
            one.who.name or _("a neighbour"),
            _("(stands by)") if one.state is SeatState.WAITING else "",
            f"{local(one.arrived_at):%H:%M}" if one.arrived_at else "☐",
            f"{local(one.left_at):%H:%M}" if one.left_at else "☐",
        )
        for number, one in enumerate(roster.people, 1)
    ]
    name = f"{local(roster.starts_at):%m-%d %H.%M} {part_name(roster.part)}"
    return [Table(tab(said_of(name, drill=roster.drill)), heads, rows)]


def page_with(roster: PartRoster, person_id: int) -> int:
    """Return on which page of a part's list somebody stands; 0 where they are not on it."""
    people = [one.who.id for one in roster.people]
    return people.index(person_id) // A_PAGE if person_id in people else 0


def _rows(view: BoardView) -> list[list[InlineKeyboardButton]]:
    moves = view.moves

    def act(which: BoardAct) -> OnCallBoard:
        return OnCallBoard(act=which, id=view.id)

    days = [
        [button(words_of_day(day), CallBoardDay(id=view.id, day=index))]
        for index, day in enumerate(view.days)
    ]
    approve = [button(_("✅ Call them"), act(BoardAct.APPROVE))] if Move.APPROVE in moves else []
    drop = [button(_("✕ Drop it"), act(BoardAct.DROP))] if Move.DROP in moves else []
    ring = button(_("🔔 Another round"), act(BoardAct.RING))
    enough = button(_("✋ Enough"), act(BoardAct.ENOUGH))
    asks = [ring] if view.enough else [ring, enough]
    off = [button(_("✕ Call off the call-up"), act(BoardAct.OFF))] if Move.CALL_OFF in moves else []
    back = [
        button(_("🔄 Look again"), act(BoardAct.OPEN)),
        button(_("‹ Call-ups"), ToCallups()),
    ]
    return [[*approve, *drop], *days, asks if Move.RING in moves else [], off, back]


def _day_sum(view: BoardView, index: int) -> str:
    day = view.days[index]
    wanted, coming, there, left = view.sums(day)
    missing = wanted - coming
    state = _("✅ met") if missing <= 0 else _("⚠️ {count} missing").format(count=missing)
    if all(part.state is PartState.OVER for part in view.parts if part.day == day):
        state = _("✔️ over")
    counts = _("wanted {wanted} · said yes {coming}").format(wanted=wanted, coming=coming)
    return joined(words_of_day(day), state, counts, _there(there, left), gap=" · ")


def _there(there: int, left: int) -> str:
    if not there:
        return ""
    return _("arrived {there} · left {left}").format(there=there, left=left)


def _sign(part: BoardPart) -> str:
    if part.state is PartState.OVER:
        return "✔️"
    return "⚠️" if part.filled.free else "✅"


def _on_site(one: OnSite, now: datetime) -> str:
    name = one.who.name or _("a neighbour")
    if one.arrived_at is None:
        waits = _("(stands by)") if one.state is SeatState.WAITING else ""
        return clip(joined("◻️", name, waits, gap=" "), 60)
    arrived = at_clock(one.arrived_at, now).rpartition(" ")[2]
    left = f"-{local(one.left_at):%H:%M}" if one.left_at else ""
    sign = "✅" if one.confirmed else "☑️"
    return clip(f"{sign} {name} {arrived}{left}", 60)

"""What whoever looks after a gathering sees: its page, who is on the list, what is printed."""

from collections.abc import Sequence
from datetime import datetime

from handlers.clock_text import at_date
from handlers.gatherings.callbacks import GatheringAct, OnSeat, RosterPage, SeatAct
from handlers.gatherings.screens import (
    FACES,
    called,
    counted,
    facts,
    guest_name,
    slip_button,
    tap,
)
from handlers.i18n import gettext as _
from handlers.poster import Poster
from handlers.records.lists import turn_row
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, quoted
from models.gatherings.rules import Move, State
from models.gatherings.views import GatheringView, Guest, RosterView
from models.records.rules import PageOf, page_bounds
from models.seats.rules import SeatState

WORDS_SHOWN = 10
A_PAGE = 15
"""Guests with two buttons each; Telegram takes 100 buttons under a message."""
WAITING_SHOWN = 20
AT_DOOR = frozenset({SeatState.HELD, SeatState.ASKED, SeatState.CAME, SeatState.ABSENT})
"""Who can be ticked; those who were absent afterwards, as from a list on paper."""


def host_screen(roster: RosterView, now: datetime) -> Screen:
    """Show what whoever looks after a gathering can do."""
    view, may = roster.gathering, roster.gathering.moves
    inside = _("🌧 Move it inside: {where}").format(where=view.rain)
    rows = [
        [tap(_("👥 The list"), GatheringAct.ROSTER, view)],
        [
            tap(_("🖨 List to print"), GatheringAct.PRINT, view),
            tap(_("🔳 Poster to print"), GatheringAct.POSTER, view),
        ],
        [tap(_("✍️ Sign somebody up"), GatheringAct.SIGN_FOR, view)] if Move.SIGN_FOR in may else [],
        [tap(inside, GatheringAct.INSIDE, view)] if view.rain and Move.CHANGE in may else [],
        [
            tap(_("🕑 Another time or place"), GatheringAct.CHANGE, view),
            tap(_("👥 Seats"), GatheringAct.SEATS, view),
        ]
        if Move.CHANGE in may
        else [],
        [tap(_("✕ Call the gathering off"), GatheringAct.OFF, view)]
        if Move.CALL_OFF in may
        else [],
        [tap(_("✕ Call off this and all later ones"), GatheringAct.OFF_ALL, view)]
        if Move.CALL_OFF in may and view.later
        else [],
        [tap(_("‹ Back"), GatheringAct.OPEN, view)],
    ]
    given = roster.marks.by_mark
    faces = joined(*(f"{FACES[one]} {given.get(one, 0)}" for one in FACES), gap=" · ")
    text = paragraphs(
        facts(view, now),
        faces if given else "",
        joined(*(quoted(one) for one in roster.words[:WORDS_SHOWN])),
    )
    return Screen(text, f"🛠 {called(view.title, view.topic)}", inline(*rows))


def roster_screen(view: RosterView, _now: datetime, page: int = 0) -> Screen:
    """Show a page of who is on the list, with a tap for whoever is there."""
    one, seated = view.gathering, _seated(view)
    slips = one.state is State.ANNOUNCED
    page, pages = page_bounds(len(seated), page, A_PAGE)
    shown = PageOf(tuple(seated[page * A_PAGE :][:A_PAGE]), page, pages, len(seated))
    rows = [
        [
            button(
                f"{'☑️' if guest.seat.came else '◻️'} {clip(guest_name(guest), 30)}",
                OnSeat(
                    act=SeatAct.UNTICK if guest.seat.came else SeatAct.TICK,
                    id=one.id,
                    person=guest.who.id,
                ),
            ),
            *([slip_button(guest, one)] if slips and not guest.seat.came else []),
        ]
        for guest in shown.lines
    ]
    waiting = [guest for guest in view.guests if guest.seat.state is SeatState.WAITING]
    names = [guest_name(guest) for guest in waiting[:WAITING_SHOWN]]
    more = ["…"] if len(waiting) > WAITING_SHOWN else []
    text = paragraphs(
        counted(one.counts),
        _("Tap whoever is there.") if rows else _("Nobody has signed up yet."),
        _("In the line: {names}").format(names=_(", ").join([*names, *more])) if waiting else "",
    )
    turn = turn_row(shown, lambda number: RosterPage(id=one.id, page=number))
    back = [tap(_("‹ Back"), GatheringAct.HOST, one)]
    return Screen(text, f"👥 {called(one.title, one.topic)}", inline(*rows, turn, back))


def page_with(view: RosterView, person_id: int) -> int:
    """Return on which page of the list somebody stands; 0 where they are not on it."""
    people = [guest.who.id for guest in _seated(view)]
    return people.index(person_id) // A_PAGE if person_id in people else 0


def _seated(view: RosterView) -> Sequence[Guest]:
    return [guest for guest in view.guests if guest.seat.state in AT_DOOR]


def door_poster(view: GatheringView, now: datetime, url: str) -> Poster:
    """Word the poster for the door."""
    hint = _("Scan it with your phone: then you are checked in, with a seat or without.")
    return Poster(
        called(view.title, view.topic),
        [f"🕑 {at_date(view.starts_at, now)}", view.where],
        hint,
        url,
    )


def slip(view: GatheringView, guest: Guest, now: datetime) -> Poster:
    """Word the slip for somebody without a phone."""
    place, until = guest.seat.place_in_line, guest.seat.ask_until
    stands = _("Your seat is kept.")
    if place is not None:
        stands = _("You are number {place} in the line; we tell you.").format(place=place)
    elif until is not None:
        stands = _("A seat is free for you: please say by {time} whether you come.")
        stands = stands.format(time=at_date(until, now))
    lines = [guest_name(guest), at_date(view.starts_at, now), view.where, stands]
    return Poster(called(view.title, view.topic), lines, _("Cannot come? Please tell the office."))

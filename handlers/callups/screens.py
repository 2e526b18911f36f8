"""How call-ups look to whoever is asked, and what each outcome says."""

from collections.abc import Sequence
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.callups.callbacks import (
    CallDayAct,
    CallupAct,
    OnCallDay,
    OnCallup,
    OnCallupPart,
    StepIn,
)
from handlers.clock_text import at_clock, local, on_date
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.records.said import says
from handlers.rollcalls.labels import framed
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name, quoted
from models.callups.rules import (
    ARRIVE_FROM,
    BadOrder,
    CallupOutcome,
    Move,
    State,
)
from models.callups.views import BoardPart, CallDay, CallupView
from models.records.rules import Refusal
from models.seats.rules import SeatState, ran_out

says(
    (CallupOutcome.DRAFTED, mark("Drawn up. It waits for a second person; nobody is asked yet.")),
    (CallupOutcome.CALLED, mark("Called. The first round goes out now.")),
    (CallupOutcome.DROPPED, mark("Dropped. Nobody was asked.")),
    (CallupOutcome.COMING, mark("Thank you! You are expected.")),
    (
        CallupOutcome.STANDING_BY,
        mark("Thank you! It is full: you stand by, and are asked if needed."),
    ),
    (CallupOutcome.STANDING_IN, mark("Wonderful, you are expected!")),
    (CallupOutcome.NOT_COMING, mark("Noted. Thank you for saying so in time.")),
    (CallupOutcome.NOT_THIS_TIME, mark("Noted. You are not asked again for this one.")),
    (CallupOutcome.ARRIVED, mark("Welcome! Look after yourself and each other.")),
    (CallupOutcome.LEFT, mark("Thank you! Get home safely.")),
    (CallupOutcome.RUNG, mark("Another round goes out now.")),
    (CallupOutcome.ENOUGH_SAID, mark("Nobody more is asked. Who has said yes is expected.")),
    (CallupOutcome.TICKED, mark("Noted.")),
    (CallupOutcome.UNTICKED, mark("Taken back.")),
    (CallupOutcome.CONFIRMED, mark("Confirmed. Thank you!")),
    (CallupOutcome.CALLED_OFF, mark("Called off; everybody concerned is told.")),
    good=True,
)
says(
    (
        CallupOutcome.NO_SECOND,
        mark("Nobody here could be the second person. Please name a secretary first."),
    ),
    (CallupOutcome.ASK_AGE, mark("Only grown-ups come to a call-up.")),
    (
        CallupOutcome.TOO_MANY_DAYS,
        mark("That would be more than four days running. Please rest: others take over."),
    ),
    (CallupOutcome.ELSEWHERE, mark("On that day you come to another call-up already.")),
    (
        CallupOutcome.ENOUGH,
        mark("There are enough now. Thank you! We ask you when you are needed."),
    ),
    (
        CallupOutcome.NO_PLACE_NOW,
        mark("You are on no list whose site is open now. It opens an hour before the start."),
    ),
    (CallupOutcome.NOT_THERE, mark("You are not noted as there.")),
    (
        CallupOutcome.NOBODY_ASKED,
        mark("Called, but there was nobody to ask. We look again in a quarter of an hour."),
    ),
    (CallupOutcome.JUST_RUNG, mark("A round has just gone out. Give people a few minutes.")),
    (CallupOutcome.NOBODY_LEFT, mark("Everybody who could be asked has answered.")),
    (CallupOutcome.MET, mark("All parts have who they need.")),
    (CallupOutcome.NOTHING_TO_CONFIRM, mark("There is nothing to confirm: nobody has left yet.")),
    (
        CallupOutcome.OWN_HOURS,
        mark("Only your own hours are left; somebody else confirms those."),
    ),
    (BadOrder.NO_WORDS, mark("What is to be done? A few words are needed.")),
    (BadOrder.SITES, mark("Name one site to six, each on a line of its own.")),
    (BadOrder.START, mark("It must begin in the future, within a month.")),
    (BadOrder.DAYS, mark("At most four days running, please.")),
    (BadOrder.HOURS, mark("At most eight hours a day, please.")),
    (BadOrder.TEAMS, mark("Please choose one team to twelve, or anybody who helps.")),
    (BadOrder.NUMBER, mark("There must be at least one for each team at each site.")),
    good=False,
)
says(
    (Refusal.ALREADY, mark("That is noted already; you need do nothing more.")),
    good=True,
    of="callups",
)
says(
    (Refusal.TOO_EARLY, mark("The site opens an hour before the start.")),
    (Refusal.TOO_LATE, mark("It is too late for that: it has begun, or went to the next.")),
    good=False,
    of="callups",
)


PARTS_SHOWN = 40
"""Parts of a lead on one screen, those to come first; Telegram takes 100 buttons."""


def call_screen(view: CallupView, now: datetime, above: str = "") -> Screen:
    """Show whoever is asked what is wanted, and their own days."""
    head = ""
    if view.why_off:
        head = joined(_("✕ This was called off."), quoted(view.why_off))
    elif view.state is State.CLOSED:
        head = _("It is over. Thank you to everybody who came!")
    elif view.enough and not any(day.state for day in view.days):
        head = _("There are enough people now. Thank you!")
    facts = joined(
        f"📍 {_(', ').join(view.sites)} · {place_name(view.place)}",
        f"🕑 {hours_words(view.days)}" if view.days else "",
        _("Only for people of 18 and older. At most eight hours a day, four days running."),
    )
    mine = joined(*(_day_line(day, now) for day in view.days if day.state))
    ask = _("On which days can you come?") if _asks(view, now) else ""
    if ask and view.declined:
        ask = _("Noted: you do not come this time. If that changes, tap a day.")
    given = _("You were there for {minutes} minutes.").format(minutes=view.minutes)
    text = paragraphs(above, head, view.words, facts, mine, given if view.minutes else "", ask)
    return framed(Screen(text, _("Call-up"), inline(*_call_rows(view, now))), drill=view.drill)


def none_screen() -> Screen:
    """Say that nobody is called up just now."""
    text = _("Nobody is called up just now. When you are needed, we write to you here.")
    return Screen(text, _("Call-up"), inline([button(_("🏠 Home"), Go(to="home"))]))


def age_screen(view: CallupView, index: int) -> Screen:
    """Ask, once, whether somebody is grown up."""
    text = _("Are you 18 or older? Only grown-ups come to a call-up: the work is heavy.")
    yes = OnCallDay(act=CallDayAct.GROWN_UP, id=view.id, day=index)
    rows = [
        [button(_("Yes, I am 18 or older"), yes)],
        [button(_("No"), OnCallup(act=CallupAct.NO, id=view.id))],
        [_tap(_("‹ Back"), CallupAct.OPEN, view)],
    ]
    return framed(Screen(text, _("Call-up"), inline(*rows)), drill=view.drill)


def led_screen(view: CallupView, parts: Sequence[tuple[int, BoardPart]]) -> Screen:
    """Show a lead the parts of their teams."""
    rows = [
        [
            button(
                clip(f"{part.day:%m-%d} {part_name(part)} {filled(part)}", 60),
                OnCallupPart(id=number),
            )
        ]
        for number, part in parts[:PARTS_SHOWN]
    ]
    text = _("Your team's days. Tap one to see who comes.") if rows else _("None of your teams.")
    back = [_tap(_("‹ Back"), CallupAct.OPEN, view)]
    return framed(Screen(text, _("Call-up"), inline(*rows, back)), drill=view.drill)


def confirm_screen(
    parts: Sequence[tuple[int, BoardPart]], day: date, above: str, *, drill: bool
) -> Screen:
    """Ask who was there on a day, part by part."""
    text = _("Who was there on {day}? Tap each list, take off whoever did not come, then confirm.")
    rows = [
        [button(clip(f"👥 {part_name(part)}", 60), OnCallupPart(id=number))]
        for number, part in parts
    ]
    said = paragraphs(above, text.format(day=words_of_day(day)))
    return framed(Screen(said, _("Call-up"), inline(*rows)), drill=drill)


def hours_words(days: Sequence[CallDay]) -> str:
    """Say from when to when, the same on every day."""
    first = days[0]
    return f"{local(first.starts_at):%H:%M}-{local(first.ends_at):%H:%M}"


def part_name(part: BoardPart) -> str:
    """Name a part: its team, or anybody, and its site."""
    team = part.team or _("anybody who helps")
    return f"{team} · {part.site}"


def filled(part: BoardPart) -> str:
    """Say how full a part is: '18/25', with who stands by."""
    full, waits = part.filled, part.filled.waiting
    by = ngettext("{count} stands by", "{count} stand by", waits).format(count=waits)
    return joined(f"{full.taken}/{full.quota}", by if waits else "", gap=" · ")


def _asks(view: CallupView, now: datetime) -> bool:
    return view.state is State.CALLED and any(_open(day, now) for day in view.days)


def _open(day: CallDay, now: datetime) -> bool:
    return not day.over and now < day.starts_at


def _day_line(day: CallDay, now: datetime) -> str:
    if ran_out(day.state, day.ask_until, now):
        return ""
    when = on_date(day.starts_at, now)
    at = _("at {site}").format(site=day.site) if day.site else ""
    until = at_clock(day.ask_until, now) if day.ask_until else ""
    signs = {
        SeatState.HELD: _("☑️ {day}: you are expected {at}"),
        SeatState.WAITING: _("⏳ {day}: you stand by"),
        SeatState.ASKED: _("🔔 {day}: a place is free for you {at}, until {until}"),
        SeatState.CAME: _("🏠 {day}: you have left. Thank you!")
        if day.left
        else _("📍 {day}: you are there"),
        SeatState.ABSENT: "",
    }
    sign = signs.get(day.state, "") if day.state else ""
    return sign.format(day=when, at=at, until=until).strip()


def _call_rows(view: CallupView, now: datetime) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    if Move.COME in view.moves:
        if any(day.state is SeatState.ASKED and _open(day, now) for day in view.days):
            yes = StepIn(id=view.id, comes=True)
            no = StepIn(id=view.id, comes=False)
            rows.append([button(_("✅ I take it"), yes), button(_("I cannot"), no)])
        rows += [_at_site(view, now)]
        rows += [
            [_day_button(view, index, day, now)]
            for index, day in enumerate(view.days)
            if _open(day, now) and (day.state is not None or not view.enough)
        ]
        if _asks(view, now) and not view.declined:
            rows.append([_tap(_("I cannot come this time"), CallupAct.NO, view)])
    if Move.ROSTER in view.moves:
        rows.append([_tap(_("👥 My team's days"), CallupAct.LEAD, view)])
    rows.append([button(_("🏠 Home"), Go(to="home"))])
    return [row for row in rows if row]


def _at_site(view: CallupView, now: datetime) -> list[InlineKeyboardButton]:
    """Make the buttons of who is at a site now, or may be."""
    row = []
    for day in view.days:
        if day.state is None or not day.starts_at - ARRIVE_FROM <= now < day.ends_at:
            continue
        if day.state is not SeatState.CAME:
            row.append(_tap(_("📍 I am here"), CallupAct.HERE, view))
        elif not day.left:
            row.append(_tap(_("👋 I am leaving"), CallupAct.GONE, view))
    return row


def _day_button(view: CallupView, index: int, day: CallDay, now: datetime) -> InlineKeyboardButton:
    when = on_date(day.starts_at, now)
    if day.state is not None:
        label = _("☑️ {day} · take it back").format(day=when)
        return button(label, OnCallDay(act=CallDayAct.AWAY, id=view.id, day=index))
    label = _("⏳ {day} · stand by") if day.full else _("⬜ {day} · I come")
    return button(label.format(day=when), OnCallDay(act=CallDayAct.COME, id=view.id, day=index))


def _tap(label: str, act: CallupAct, view: CallupView) -> InlineKeyboardButton:
    return button(label, OnCallup(act=act, id=view.id))

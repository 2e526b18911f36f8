"""How the duty roster and desk hours look."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.types import InlineKeyboardButton
from babel.dates import get_day_names

from handlers.desk.screens.board import to_desk
from handlers.duty.callbacks import AskDuty, HoursAct, OnDuty, OnHours, SetDuty
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs
from models.duty.rules import DutySet
from models.duty.views import Roster
from models.hours.rules.desk import DeskHours
from models.hours.rules.desk_hours_text import (
    MOST_INTERVALS,
    HoursSet,
    Unreadable,
    spelt,
    stretches,
)
from models.hours.views import HoursInForce
from models.people.views import Card
from models.places.views import PlaceStep, PlaceWithAbove

PAGE = 16
"""Places below on one page."""

READY = {
    HoursAct.WITH_BREAK: "mon-fri 08:30-12:00 13:30-18:00",
    HoursAct.WITHOUT_BREAK: "mon-fri 08:30-18:00",
    HoursAct.EVERY_DAY: "mon-sun 08:30-17:30",
}
"""Hours to choose from, as `models.hours.rules.read` takes them."""

DUTY: dict[StrEnum, str] = {
    DutySet.SET: mark("Saved."),
    DutySet.CLEARED: mark("Nobody is on duty that day; whoever was idle longest takes it."),
    DutySet.NOT_STAFF: mark("That person does not work at this place."),
    DutySet.BAD_DAY: mark("There is no such day."),
    DutySet.NO_SUCH_PLACE: mark("That place is no longer there."),
    DutySet.NOT_ALLOWED: mark("Only the secretary or an admin of the place can change this."),
}

HOURS: dict[StrEnum, str] = {
    HoursSet.SET: mark("Saved. What is promised from now on goes by these hours."),
    HoursSet.CLEARED: mark("This place keeps the hours from above again."),
    HoursSet.NO_SUCH_PLACE: mark("That place is no longer there."),
    HoursSet.NOT_ALLOWED: mark("Only the secretary or an admin of the place can change this."),
}

UNREADABLE = {
    Unreadable.NO_DAYS: mark("First the days, then the times."),
    Unreadable.NO_TIMES: mark("The times are missing behind the days."),
    Unreadable.BAD_TIME: mark(
        "I cannot read one of the times. Each ends later than it begins; a night is written in two "
        "parts: until 24:00, and from 00:00 on the next day."
    ),
    Unreadable.OVERLAP: mark("The times of a day have to follow one another."),
    Unreadable.TWICE: mark("One day is named twice."),
    Unreadable.TOO_MANY: mark("At most {count} stretches of time a day, please."),
}


def said(outcome: DutySet | HoursSet) -> str:
    """Say what came of setting the roster or the hours."""
    return _((DUTY if isinstance(outcome, DutySet) else HOURS)[outcome])


def how_to_write() -> str:
    """Say how desk hours are written."""
    return _("Write them like this: Mon–Fri 8:30-12:00 13:30-18:00; Sat 9:00-12:00")


def unreadable(problem: Unreadable) -> str:
    """Say why desk hours could not be read, and what is expected."""
    why = _(UNREADABLE[problem]).format(count=MOST_INTERVALS)
    return paragraphs(why, how_to_write())


def tops_screen(step: PlaceStep, page: int) -> Screen:
    """Choose one of one's places."""
    rows = _places(step, page)
    return Screen(_("Which place?"), _title(), inline(*rows, [to_desk()]))


def place_screen(
    step: PlaceStep, at: PlaceWithAbove, roster: Roster, hours: str, page: int = 0, told: str = ""
) -> Screen:
    """Show who is on duty at a place by the day, and when its desk is open."""
    days = [
        f"{day}: {card.name if card else _('nobody')}"
        for day, card in zip(_day_names(), roster.days, strict=True)
    ]
    none = ""
    if not any(roster.days):
        none = _("Nobody is on duty here: it goes by the place above, or to the longest idle.")
    change = _("Tap a day to change it.") if roster.may_set else ""
    text = paragraphs(told, "📍 " + _called(at), none or "\n".join(days), hours, change)
    setting = [_day(roster, day, name) for day, name in enumerate(_day_names())]
    rows = [setting[:4], setting[4:]] if roster.may_set else []
    opens = [button(_("🕘 Desk hours"), OnHours(act=HoursAct.SHOW, id=roster.place_id))]
    back = button(_("‹ Back"), OnDuty(id=at.place.parent_id))
    return Screen(text, _title(), inline(*rows, opens, *_places(step, page), [back, to_desk()]))


def ask_duty_screen(at: PlaceWithAbove, day: int, people: Sequence[Card]) -> Screen:
    """Ask who is on duty on a day."""
    place_id = at.place.id
    rows = [
        [button(card.name, SetDuty(id=place_id, day=day, person_id=card.id))] for card in people
    ]
    nobody = [button(_("Nobody"), SetDuty(id=place_id, day=day))]
    text = _("Who is on duty on {day}? New requests of that day go to them.").format(
        day=_day_names(wide=True)[day]
    )
    back = [button(_("‹ Back"), OnDuty(id=place_id))]
    return Screen(paragraphs("📍 " + _called(at), text), _title(), inline(*rows, nobody, back))


def hours_screen(
    at: PlaceWithAbove, hours: str, *, own: bool, may_set: bool, told: str = ""
) -> Screen:
    """Show when a desk is open, and choose other hours."""
    place_id = at.place.id
    rows = []
    if may_set:
        rows = [[button(_ready(act), OnHours(act=act, id=place_id))] for act in READY]
        rows.append([button(_("✍️ Other hours"), OnHours(act=HoursAct.TYPE, id=place_id))])
    if may_set and own:
        label = _("↩️ The same as above")
        rows.append([button(label, OnHours(act=HoursAct.CLEAR, id=place_id))])
    back = [button(_("‹ Back"), OnDuty(id=place_id))]
    why = _("Promises count these hours on working days; an emergency counts round the clock.")
    text = paragraphs(told, "📍 " + _called(at), hours, why)
    return Screen(text, _("🕘 Desk hours"), inline(*rows, back))


def hours_line(kept: HoursInForce | None, usual: DeskHours, place_id: int) -> str:
    """Say when the desk of a place is open, and whether that is its own or from above."""
    spoken = hours_words(kept.hours if kept else usual)
    if kept is not None and kept.place_id == place_id:
        return joined("🕘 " + _("Desk hours of this place:"), spoken)
    return joined("🕘 " + _("Desk hours, as set above:"), spoken)


def hours_words(hours: DeskHours) -> str:
    """Say desk hours in the reader's language, a line for days that have the same."""
    names = _day_names()
    lines = []
    for first, last, intervals in stretches(hours):
        days = names[first]
        if last > first:
            days = _("{first} to {last}").format(first=names[first], last=names[last])
        lines.append(" ".join([days, *(spelt(each) for each in intervals)]))
    return "\n".join(lines)


def _ready(act: HoursAct) -> str:
    labels = {
        HoursAct.WITH_BREAK: _("Mon–Fri 8:30-12:00 13:30-18:00"),
        HoursAct.WITHOUT_BREAK: _("Mon–Fri 8:30-18:00"),
        HoursAct.EVERY_DAY: _("Every day 8:30-17:30"),
    }
    return labels[act]


def _title() -> str:
    return _("🗓 Duty and desk hours")


def _called(at: PlaceWithAbove) -> str:
    return at.called(current_language())


def _day_names(*, wide: bool = False) -> list[str]:
    names = get_day_names("wide" if wide else "abbreviated", locale=current_language())
    return [names[day] for day in range(7)]


def _day(roster: Roster, day: int, name: str) -> InlineKeyboardButton:
    return button(name, AskDuty(id=roster.place_id, day=day))


def _places(step: PlaceStep, page: int) -> list[list[InlineKeyboardButton]]:
    shown = step.options[page * PAGE : (page + 1) * PAGE]
    keys = [button(place.called(current_language()), OnDuty(id=place.id)) for place in shown]
    at = step.at.place.id if step.at else None
    turning = [
        button(label, OnDuty(id=at, page=to))
        for label, to in ((_("‹ Previous"), page - 1), (_("More ›"), page + 1))
        if 0 <= to * PAGE < len(step.options)
    ]
    return [*(keys[start : start + 2] for start in range(0, len(keys), 2)), turning]

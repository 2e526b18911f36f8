"""How hazards look to the desk, and what each outcome says."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.categories import BODIES, category, category_label
from handlers.categories import body as body_name
from handlers.clock_text import at_date, on_date
from handlers.desk.callbacks import OpenCase
from handlers.hazards.callbacks import (
    AccidentDay,
    FindHazard,
    HazardAct,
    NarrowFile,
    NarrowHazards,
    OnHazard,
    ToHazards,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_label
from handlers.orders.callbacks import OpenOrder
from handlers.records.lists import list_screen
from handlers.records.said import says
from handlers.screen import Screen, button, inline
from handlers.sheet import Cell, Table, tab
from handlers.text import joined, paragraphs, place_name, quoted
from models.categories import Body
from models.hazards.rules import (
    EVERYWHERE,
    AccidentOutcome,
    FindOutcome,
    HazardLevel,
    HazardMove,
    HazardOutcome,
    HazardsAt,
    HazardsShown,
    HazardState,
    early_code,
)
from models.hazards.views import Calm, HazardLine, HazardView, LookView
from models.names.views import Where
from models.records.rules import PageOf, Refusal

says(
    (FindOutcome.FOUND, mark("Written down. Thank you for looking!")),
    (FindOutcome.ALREADY, mark("That is written down already.")),
    (HazardOutcome.SORTED, mark("Noted.")),
    (
        HazardOutcome.HANDED_ON,
        mark("Handed on. It stays on the list until you enter their answer."),
    ),
    (
        HazardOutcome.ORDERED,
        mark("The answer is entered. It is to be put right now, and signed off after that."),
    ),
    (HazardOutcome.ANSWERED, mark("The answer is entered.")),
    (HazardOutcome.WELL, mark("Good. We ask once more later on.")),
    (HazardOutcome.CLOSED, mark("Good. It stays well, so it is closed.")),
    (
        HazardOutcome.AGAIN,
        mark("Noted. It is to be put right once more, and the street office is told."),
    ),
    (AccidentOutcome.ENTERED, mark("Entered. Nobody’s name is kept.")),
    (AccidentOutcome.TAKEN_BACK, mark("Taken back. It counts no more.")),
    (AccidentOutcome.ALREADY, mark("That day is entered already.")),
    good=True,
)
says(
    (FindOutcome.NO_SPOT, mark("Where exactly is it? A few words are needed.")),
    (FindOutcome.BAD_DATE, mark("Please name a day from today on, within 90 days.")),
    (FindOutcome.NO_AUTHORITY, mark("To which authority was it handed on?")),
    (FindOutcome.BAD_CHOICE, mark("That does not serve. Please begin once more.")),
    (FindOutcome.NOT_ALLOWED, mark("That is not of your places. The attempt has been noted.")),
    (AccidentOutcome.BAD_DATE, mark("Please name a day of the past year, or today.")),
    (AccidentOutcome.NOT_THERE, mark("No accident is entered for that day.")),
    (HazardOutcome.NO_AUTHORITY, mark("To which authority was it handed on?")),
    (AccidentOutcome.BAD_CHOICE, mark("There is no such place any more.")),
    (
        AccidentOutcome.NOT_ALLOWED,
        mark("A secretary of the place enters that. The attempt has been noted."),
    ),
    good=False,
)
says(
    (Refusal.ALREADY, mark("Somebody has said so already.")),
    (Refusal.OWN, mark("You put it right, so somebody else looks whether it is.")),
    good=False,
    of="hazards",
)

LEVELS = {
    HazardLevel.ON_SPOT: mark("✅ Put right on the spot"),
    HazardLevel.BY_DATE: mark("📅 To be put right by a day"),
    HazardLevel.BEYOND: mark("🏛 Beyond us: handed on"),
}
STATES = {
    HazardState.FOUND: mark("found"),
    HazardState.FIXED: mark("put right on the spot"),
    HazardState.ORDERED: mark("is to be put right"),
    HazardState.REPORTED: mark("said to be put right; not signed off yet"),
    HazardState.PUT_RIGHT: mark("put right and signed off; it is looked at again"),
    HazardState.RECHECKED: mark("looked at again, still well"),
    HazardState.CLOSED: mark("closed: it stays well"),
    HazardState.HANDED_ON: mark("handed on; no answer yet"),
    HazardState.ANSWERED: mark("answered by the authority"),
}
SHOWN = {
    HazardsShown.OPEN: mark("⚠️ Open ({count})"),
    HazardsShown.HANDED_ON: mark("🏛 Handed on ({count})"),
    HazardsShown.CLOSED: mark("✅ Over ({count})"),
}
NONE = {
    HazardsShown.OPEN: mark("Nothing dangerous is open here. All is well."),
    HazardsShown.HANDED_ON: mark("Nothing waits for an authority."),
    HazardsShown.CLOSED: mark("Nothing is over yet."),
}


def hazards_screen(
    page: PageOf[HazardLine],
    shown: HazardsShown,
    counts: Mapping[HazardsShown, int],
    calm: Sequence[Calm],
    now: datetime,
    *,
    enters: bool,
    at: HazardsAt = EVERYWHERE,
    where: Where | None = None,
) -> Screen:
    """List hazards by age, with the ways to write one down; `where` it is narrowed to."""
    kept = ToHazards(shown=shown, place=at.place_id or 0, body=at.body or "")
    narrowed = at != EVERYWHERE
    others = [
        button(_(words).format(count=counts[one]), kept.model_copy(update={"shown": one}))
        for one, words in SHOWN.items()
        if one is not shown
    ]
    below = [
        [button(_("➕ Write down a hazard"), FindHazard())],
        *([one] for one in others),
        [button(_("🔎 By place or body"), NarrowHazards(shown=shown))],
        [button(_("✕ Show all places"), ToHazards(shown=shown))] if narrowed else [],
        [button(_("🩹 Enter an accident"), AccidentDay())] if enters else [],
        [button(_("📎 As a file"), NarrowFile(place=kept.place, body=kept.body))],
        [button(_("‹ Desk"), Go(to="desk"))],
    ]
    quiet = joined(*(_calm(one) for one in calm))
    only = joined(
        f"🔎 📍 {place_name(where)}" if where else "",
        f"🔎 {body_name(at.body)}" if at.body else "",
        gap=" · ",
    )
    return list_screen(
        page,
        _("⚠️ Hazards"),
        line=lambda one: _listed(one, now),
        label=lambda one: f"{_sign(one)}{category(early_code(one.kind))} · {place_name(one.where)}",
        opens=lambda one: OnHazard(act=HazardAct.OPEN, id=one.id),
        to=lambda number: kept.model_copy(update={"page": number}),
        none=paragraphs(quiet, only, _(NONE[shown])),
        above=paragraphs(quiet, only),
        below=below,
    )


def narrow_screen(
    shown: HazardsShown, places: Sequence[tuple[Where, int]], bodies: Mapping[Body, int]
) -> Screen:
    """Choose a place or a body to which the list is narrowed, each with how many it has."""
    by_place = [
        [button(f"📍 {place_name(one)} ({count})", ToHazards(shown=shown, place=one.place_id))]
        for one, count in places
    ]
    by_body = [
        [button(f"🏢 {body_name(one)} ({count})", ToHazards(shown=shown, body=one))]
        for one, count in bodies.items()
    ]
    text = _("Of which place, or whose to put right?")
    back = [button(_("‹ Hazards"), ToHazards(shown=shown))]
    return Screen(text, _("⚠️ Hazards"), inline(*by_place, *by_body, back))


def _calm(one: Calm) -> str:
    where = place_name(one.where)
    if one.days is None:
        return _("🌤 {place}: no accident is entered.").format(place=where)
    words = ngettext(
        "🌤 {place}: {count} day without an accident.",
        "🌤 {place}: {count} days without an accident.",
        one.days,
    )
    return words.format(place=where, count=one.days)


def _sign(one: HazardLine) -> str:
    return "⏰ " if one.overdue else ""


def _title(one: HazardLine) -> str:
    number = _("No. {number}").format(number=one.number) if one.number is not None else ""
    return joined(category_label(early_code(one.kind)), number, gap=" · ")


def _where(one: HazardLine) -> str:
    told = _("a resident tells of it") if one.reported else one.spot
    return joined(f"📍 {place_name(one.where)}", told, gap=" · ")


def _listed(one: HazardLine, now: datetime) -> str:
    body = body_name(Body(one.body)) if one.body in {*BODIES} else ""
    return joined(
        f"▫️ {_title(one)}",
        _where(one),
        joined(_(STATES[one.state]), _due(one, now), body, gap=" · "),
        _("since {day}").format(day=on_date(one.found_at, now)),
    )


def _due(one: HazardLine, now: datetime) -> str:
    if one.due_at is None:
        return ""
    words = _("⏰ was due {time}") if one.overdue else _("by {time}")
    return words.format(time=at_date(one.due_at, now))


def hazard_screen(view: HazardView, now: datetime, told: str = "") -> Screen:
    """Show a hazard whole, with what its reader may do."""
    more = [
        [button(media_label(view.photos), OnHazard(act=HazardAct.PHOTOS, id=view.line.id))]
        if view.photos
        else [],
        [button(_("📋 Open the order"), OpenOrder(id=view.order_id, below=True))]
        if view.order_id is not None
        else [],
        [button(_("📄 Open the request"), OpenCase(id=view.request_id, below=True))]
        if view.request_id is not None
        else [],
        [button(_("‹ Hazards"), ToHazards())],
    ]
    return Screen(_text(view, now, told), _title(view.line), inline(*_acts(view), *more))


def hazard_card(view: HazardView, now: datetime, told: str) -> Screen:
    """Tell of a hazard in a card that changes with it."""
    below = [button(_("⚠️ Open the hazard"), OnHazard(act=HazardAct.BELOW, id=view.line.id))]
    return Screen(_text(view, now, told), _title(view.line), inline(*_acts(view), below))


def _text(view: HazardView, now: datetime, told: str) -> str:
    line = view.line
    by = _found_by(view, now)
    person = _("{name} puts it right").format(name=view.person.name) if view.person else ""
    own = _("You put it right, so somebody else looks again.") if view.partial else ""
    return paragraphs(
        told,
        joined(_where(line), f"▫️ {_(STATES[line.state])}", _due(line, now), person, by),
        _handed_on(view, now),
        joined(*(_look(one, now) for one in view.looks)),
        own if view.asked else "",
    )


def _found_by(view: HazardView, now: datetime) -> str:
    day = on_date(view.line.found_at, now)
    if view.line.reported:
        return _("Found by {name}, {day}").format(name=_("a resident"), day=day)
    if view.finder is None or not view.finder.name:
        return _("since {day}").format(day=day)
    return _("Found by {name}, {day}").format(name=view.finder.name, day=day)


def _handed_on(view: HazardView, now: datetime) -> str:
    if view.authority is None or view.handed_on_at is None:
        return ""
    number = view.authority_number
    return joined(
        _("🏛 Handed on to {authority}, {day}").format(
            authority=view.authority, day=on_date(view.handed_on_at, now)
        ),
        _("Their number: {number}").format(number=number) if number else "",
        quoted(view.answer or ""),
    )


def _look(one: LookView, now: datetime) -> str:
    if one.well is None:
        return _("👀 Look again: {day}").format(day=on_date(one.due_at, now))
    if one.well:
        return _("✅ Well after {days} days").format(days=one.days)
    return _("⚠️ As before after {days} days").format(days=one.days)


def _acts(view: HazardView) -> list[list[InlineKeyboardButton]]:
    keys = (
        (HazardMove.WELL, _("👍 It is well"), HazardAct.WELL),
        (HazardMove.AGAIN, _("⚠️ It is like before"), HazardAct.AGAIN),
        (HazardMove.ANSWER, _("✏️ Enter their answer"), HazardAct.ANSWER),
        (HazardMove.HAND_ON, _("🏛 Beyond us: hand it on"), HazardAct.HAND_ON),
        (HazardMove.SORT, _("🏷 What kind it is"), HazardAct.SORT),
    )
    return [
        [button(words, OnHazard(act=act, id=view.line.id))]
        for move, words, act in keys
        if move in view.may
    ]


def for_the_desk_screen() -> Screen:
    """Tell a resident how they report a hazard."""
    text = _(
        "This list is for the desk. If you see something dangerous, tell us: tap “Ask for help”, "
        "then the kind “Something dangerous”."
    )
    return Screen(text, _("⚠️ Hazards"))


def hazard_table(lines: Sequence[HazardLine], now: datetime) -> Table:
    """Lay hazards out for a file; nobody's name is in it."""
    heads = (
        _("No."),
        _("Kind"),
        _("Place"),
        _("Where exactly"),
        _("How it stands"),
        _("Since"),
        _("Due"),
        _("Body"),
    )
    return Table(tab(_("Hazards")), heads, tuple(_row(one, now) for one in lines))


def _row(one: HazardLine, now: datetime) -> tuple[Cell, ...]:
    return (
        one.number or "",
        category(early_code(one.kind)),
        place_name(one.where),
        one.spot,
        _(STATES[one.state]),
        on_date(one.found_at, now),
        at_date(one.due_at, now) if one.due_at else "",
        body_name(Body(one.body)) if one.body in {*BODIES} else "",
    )

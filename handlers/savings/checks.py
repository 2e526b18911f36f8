"""What the secretary looks at, and takes back: how it looks, and as a sheet."""

from datetime import datetime

from handlers.clock_text import local, on_date
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.lists import LABEL_LENGTH, turn_row
from handlers.savings.callbacks import TakeBack, ToChecks, ToSavings, ToSheet
from handlers.savings.screens import CAUSES, CONFIRMED
from handlers.screen import Screen, button, clip, inline
from handlers.sheet import Cell, Table, tab
from handlers.text import joined, joined_names, paragraphs
from handlers.volunteers.screens import spent
from models.savings.flags import Flag
from models.savings.rules import CauseKind, MovePart
from models.savings.views import CheckedLine, FlagView, SavingsChecks, SavingsSheet

FLAGS_SHOWN = 10
FLAGS = {
    Flag.PAIR: mark("👥 {names}: between the same two: {count}"),
    Flag.OVERLAP: mark("🕑 {names}: at the same time: {count}"),
    Flag.LONG_DAY: mark("⏳ {names}: {time} in one day"),
}


def checks_screen(view: SavingsChecks, now: datetime, above: str = "") -> Screen:
    """Show what stands out in a month, and what was credited, to take back what was a mistake."""
    note = _("To look at, not to judge: there is often a good reason. Every look is on record.")
    flags = [_flag(one) for one in view.flags[:FLAGS_SHOWN]] or [_("Nothing stands out.")]
    rest = len(view.flags) - FLAGS_SHOWN
    more = _("And {count} more, on the sheet.").format(count=rest) if rest > 0 else ""
    asks = (
        _("Tap a line that is wrong to put it right or take it back.") if view.lines.lines else ""
    )
    rows = [
        [button(clip(_label(one, now), LABEL_LENGTH), TakeBack(id=one.id))]
        for one in view.lines.lines
    ]
    turn = turn_row(view.lines, lambda page: ToChecks(page=page))
    sheet = [button(_("📄 As a sheet"), ToSheet())] if rows else []
    back = [button(_("‹ My service"), ToSavings())]
    text = paragraphs(above, note, joined(*flags, more), asks)
    return Screen(text, _("🔎 A look at the time"), inline(*rows, turn, sheet, back))


def sheet_tables(made: SavingsSheet) -> list[Table]:
    """Make the sheets of what was credited or taken back, of what was passed on, and of what
    stands out.

    What was taken back counts below nought, so that the minutes of the first sum to what stands.
    """
    lines = made.lines
    earned = [one for one in lines if one.kind is not CauseKind.GIFT]
    given_on = [one for one in lines if one.kind is CauseKind.GIFT]
    when = (_("No."), _("When"))
    heads = (*when, _("Who gave it"), _("Minutes"), _("What for"), _("On whose word"), _("Note"))
    passed = (*when, _("Who passed it on"), _("Minutes"), _("Note"))
    return [
        Table(tab(_("Time given")), heads, [_earned(one) for one in earned]),
        Table(tab(_("Passed on")), passed, [(*_moved(one), _note(one)) for one in given_on]),
        Table(tab(_("What stands out")), (_("To look at"),), [(_flag(one),) for one in made.flags]),
    ]


def _earned(one: CheckedLine) -> tuple[Cell, ...]:
    word = joined(
        one.by.name if one.by else _("a neighbour"),
        _(CONFIRMED[one.confirmer]) if one.confirmer else "",
        gap=" · ",
    )
    return (*_moved(one), _(CAUSES[one.kind]), word, _note(one))


def _moved(one: CheckedLine) -> tuple[Cell, ...]:
    sign = -1 if one.kind is CauseKind.REVERSAL else 1
    return (one.id, f"{local(one.at):%Y-%m-%d}", _who(one), sign * one.minutes)


def _note(one: CheckedLine) -> str:
    pooled = one.part is MovePart.POOL
    kept = _("to a relative") if one.kind is CauseKind.GIFT and not pooled else ""
    pool = _("the pool") if pooled else ""
    return joined(kept, pool, _("taken back") if one.reversed else "", gap=" · ")


def _flag(one: FlagView) -> str:
    said = _(FLAGS[one.flag])
    return said.format(names=joined_names(one.names), count=one.count, time=spent(one.count))


def _label(one: CheckedLine, now: datetime) -> str:
    return f"↩️ {on_date(one.at, now)} · {_who(one)} · {spent(one.minutes)}"


def _who(one: CheckedLine) -> str:
    return one.giver.name if one.giver else _("a neighbour")

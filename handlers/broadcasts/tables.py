"""A report as tables for a spreadsheet, in the reader's language."""

from collections.abc import Sequence
from datetime import datetime

from handlers.broadcasts import report_words
from handlers.broadcasts.sheet import Cell, Table
from handlers.clock_text import local
from handlers.i18n import gettext as _
from handlers.text import place_name
from models.broadcasts.views import BuildingTally, RecipientLine, Report
from models.names.views import Where


def tables_of(
    report: Report, buildings: Sequence[BuildingTally], lines: Sequence[RecipientLine]
) -> list[Table]:
    """Give the counts, the buildings, and every recipient with what became of their copy."""
    return [_counts(report), _buildings(buildings), _people(lines)]


def _counts(report: Report) -> Table:
    tally = report.tally
    rows: list[tuple[Cell, ...]] = [(_("recipients"), tally.heads)]
    rows += [
        (report_words.delivery(which), tally.by.get(which, 0)) for which in report_words.DELIVERIES
    ]
    rows += [(_("confirmed 'received'"), tally.confirmed), (_("signed up"), tally.signed_up)]
    rows += [(report_words.why(why), count) for why, count in report.whys.items()]
    return Table(_("Counts"), (_("what"), _("how many")), rows)


def _buildings(buildings: Sequence[BuildingTally]) -> Table:
    called = [report_words.delivery(which) for which in report_words.DELIVERIES]
    rows: list[tuple[Cell, ...]] = [
        (
            _where(one.where),
            one.heads,
            *(one.by.get(which, 0) for which in report_words.DELIVERIES),
            one.confirmed,
            one.signed_up,
        )
        for one in buildings
    ]
    heads = (_("building"), _("recipients"), *called, _("confirmed 'received'"), _("signed up"))
    return Table(_("Buildings"), heads, rows)


def _people(lines: Sequence[RecipientLine]) -> Table:
    heads = (
        _("building"),
        _("name"),
        _("what became of it"),
        _("why"),
        _("confirmed 'received'"),
        _("signed up"),
    )
    rows = [
        (
            _where(line.where),
            line.name,
            report_words.delivery(line.delivery),
            report_words.why(line.why),
            _at(line.confirmed_at),
            _at(line.signed_up_at),
        )
        for line in lines
    ]
    return Table(_("Recipients"), heads, rows)


def _where(where: Where | None) -> str:
    return place_name(where) if where else _("without a home here")


def _at(at: datetime | None) -> str:
    return "" if at is None else f"{local(at):%Y-%m-%d %H:%M}"

"""The desk's spreadsheets as tables, in the reader's language."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from handlers.broadcasts.sheet import Cell, Table
from handlers.categories import category
from handlers.clock_text import local
from handlers.help.screens import labels
from handlers.i18n import gettext as _
from handlers.text import place_name
from models.help.views import CallRow, HoursRow, RequestSheetRow


def requests(found: Sequence[RequestSheetRow]) -> Table:
    """Return the requests, one a row."""
    heads = (
        _("number"), _("kind"), _("where"), _("for whom"), _("how urgent"), _("state"),
        _("owner"), _("filed"), _("answered"), _("promised by"), _("done at"), _("ended at"),
        _("solved?"), _("stars"), _("words"),
    )  # fmt: skip
    rows = [_request(one) for one in found]
    return Table(_("Requests"), heads, rows)


def _request(one: RequestSheetRow) -> tuple[Cell, ...]:
    solved = {True: _("yes"), False: _("no"), None: ""}[one.solved]
    return (
        one.number,
        category(one.category),
        place_name(one.where),
        one.beneficiary.name,
        labels.urgency(one.urgency),
        labels.state(one.state, unsaid=one.unconfirmed),
        one.owner.name if one.owner else "",
        _at(one.created_at),
        _at(one.answered_at),
        _at(one.promised_by),
        _at(one.done_at),
        _at(one.closed_at),
        solved,
        "" if one.rating is None else one.rating,
        one.words,
    )


def hours(found: Sequence[HoursRow]) -> list[Table]:
    """Return what each volunteer gave in all, and each task by itself."""
    given: dict[int, list[HoursRow]] = defaultdict(list)
    for one in found:
        given[one.who.id].append(one)
    sums: list[tuple[Cell, ...]] = [
        (own[0].who.name, len(own), sum(one.minutes for one in own)) for own in given.values()
    ]
    tasks: list[tuple[Cell, ...]] = [
        (
            one.who.name,
            _at(one.done_at),
            one.minutes,
            one.number,
            category(one.category),
            place_name(one.where),
        )
        for one in found
    ]
    name, minutes = _("name"), _("minutes")
    return [
        Table(_("Volunteers"), (name, _("tasks"), minutes), sums),
        Table(
            _("Tasks"),
            (name, _("done at"), minutes, _("number"), _("kind"), _("where")),
            tasks,
        ),
    ]


def calls(found: Sequence[CallRow]) -> Table:
    """Return who is to be rung, the longest silent first."""
    heads = (
        _("number"), _("kind"), _("name"), _("phone"), _("where"), _("silent since"),
        _("calls without an answer"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            one.number,
            category(one.category),
            one.who.name,
            one.phone,
            place_name(one.where),
            _at(one.since),
            one.calls,
        )
        for one in found
    ]
    return Table(_("Calls"), heads, rows)


def _at(at: datetime | None) -> str:
    return "" if at is None else f"{local(at):%Y-%m-%d %H:%M}"

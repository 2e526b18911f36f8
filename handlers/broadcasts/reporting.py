"""Progress and reports: what came of a broadcast, for whoever answers for it."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import OnDoor, OnReport
from handlers.broadcasts.cards import card_of
from handlers.broadcasts.screens.report import (
    BUILDINGS,
    REMIND,
    SHEET,
    buildings_screen,
    door_screen,
    list_screen,
    report_screen,
)
from handlers.clock_text import local
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.sheet import Cell, Table
from handlers.show import answer_tables, follow, replace, toast
from handlers.text import place_name
from models.broadcasts.actions.answering import look_at_door, remind_unconfirmed
from models.broadcasts.queries.report import everybody, recipients, report
from models.broadcasts.queries.tally import by_building
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.reports import Listing
from models.broadcasts.views import (
    BroadcastReport,
    BuildingTally,
    KnockAt,
    RecipientLine,
    RecipientPage,
)
from models.database import Session
from models.names.views import Where
from models.people.views import Person

router = Router(name="broadcasts.reporting")


def tables_of(
    report: BroadcastReport, buildings: Sequence[BuildingTally], lines: Sequence[RecipientLine]
) -> list[Table]:
    """Return the counts, the buildings, and every recipient with what became of their copy."""
    return [_counts(report), _buildings(buildings), _people(lines)]


def _counts(report: BroadcastReport) -> Table:
    tally = report.tally
    rows: list[tuple[Cell, ...]] = [(_("recipients"), tally.heads)]
    rows += [(labels.delivery(which), tally.by.get(which, 0)) for which in labels.DELIVERIES]
    rows += [(_("confirmed 'received'"), tally.confirmed), (_("signed up"), tally.signed_up)]
    rows += [(labels.why(why), count) for why, count in report.whys.items()]
    return Table(_("Counts"), (_("what"), _("how many")), rows)


def _buildings(buildings: Sequence[BuildingTally]) -> Table:
    called = [labels.delivery(which) for which in labels.DELIVERIES]
    rows: list[tuple[Cell, ...]] = [
        (
            _where(one.where),
            one.heads,
            *(one.by.get(which, 0) for which in labels.DELIVERIES),
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
            labels.delivery(line.delivery),
            labels.why(line.why),
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


REFUSED = {
    BroadcastOutcome.MISSING: mark("This broadcast is no longer there."),
    BroadcastOutcome.NOT_ALLOWED: mark(
        "This report is not yours to see. The attempt has been noted."
    ),
    BroadcastOutcome.NOBODY: mark("Everybody who was sent it has confirmed it, or has left."),
    BroadcastOutcome.TOO_LATE: mark("They are not on this list any more."),
    BroadcastOutcome.WRONG_CONTENT: mark("That cannot be sent like this."),
}


@router.callback_query(OnReport.filter(F.part == ""))
async def open_report(
    callback: CallbackQuery,
    callback_data: OnReport,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show the counts, as they are now."""
    found = await _seen(callback, session, person, callback_data.id, now)
    if found is not None:
        await replace(callback, report_screen(found))


@router.callback_query(OnReport.filter(F.part == BUILDINGS))
async def open_buildings(
    callback: CallbackQuery,
    callback_data: OnReport,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show the counts of each building."""
    found = await _seen(callback, session, person, callback_data.id, now)
    if found is not None:
        buildings = await by_building(session, callback_data.id)
        await replace(callback, buildings_screen(found, buildings, callback_data.page))


@router.callback_query(OnReport.filter(F.part.in_({str(one) for one in Listing})))
async def open_list(
    callback: CallbackQuery,
    callback_data: OnReport,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a page of one list."""
    listing = Listing(callback_data.part)
    page = await recipients(session, person, callback_data.id, listing, callback_data.page, now=now)
    if isinstance(page, RecipientPage):
        await replace(callback, list_screen(page))
    else:
        await _refuse(callback, page)


@router.callback_query(OnReport.filter(F.part == SHEET))
async def send_sheet(
    callback: CallbackQuery,
    callback_data: OnReport,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send the report as a spreadsheet."""
    found = await _seen(callback, session, person, callback_data.id, now)
    if found is None:
        return
    lines = await everybody(session, person, callback_data.id, now=now)
    buildings = await by_building(session, callback_data.id)
    tables = tables_of(found, buildings, [] if isinstance(lines, BroadcastOutcome) else lines)
    words = _("Who got it, by building. It names people: keep it to yourself.")
    await answer_tables(callback, tables, words, f"broadcast-{callback_data.id}.xlsx")


@router.callback_query(OnReport.filter(F.part == REMIND))
async def remind_silent(
    callback: CallbackQuery,
    callback_data: OnReport,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Draft a reminder to those who have not confirmed, and open it as a card."""
    outcome, made = await remind_unconfirmed(
        session, person, callback_data.id, token=f"remind:{callback.id}", now=now
    )
    told = _("This goes to those alone who have not confirmed. Nothing has been sent yet.")
    card = None if made is None else await card_of(session, person, made, now, told)
    if card is None:
        await _refuse(callback, outcome)
    else:
        await follow(callback, card, toast="")


@router.callback_query(OnReport.filter())
async def unknown_part(
    callback: CallbackQuery,
    callback_data: OnReport,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show the counts for a part that there is none of."""
    await open_report(callback, callback_data, session, person, now)


@router.callback_query(OnDoor.filter())
async def look(
    callback: CallbackQuery, callback_data: OnDoor, session: Session, person: Person, now: datetime
) -> None:
    """Show door and phone of somebody who was not reached; the look is noted."""
    door = await look_at_door(session, person, callback_data.id, callback_data.person_id, now=now)
    if isinstance(door, KnockAt):
        await follow(callback, door_screen(callback_data.id, door), toast="")
    else:
        await _refuse(callback, door)


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, broadcast_id: int, now: datetime
) -> BroadcastReport | None:
    """Return a report that is the reader's to see; else the tap is answered with why not."""
    found = await report(session, person, broadcast_id, now=now)
    if isinstance(found, BroadcastReport):
        return found
    await _refuse(callback, found)
    return None


async def _refuse(callback: CallbackQuery, outcome: BroadcastOutcome) -> None:
    why = REFUSED.get(outcome, REFUSED[BroadcastOutcome.MISSING])
    await toast(callback, _(why), alert=True)

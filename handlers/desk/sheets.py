"""The desk's spreadsheets, in the reader's language: requests, hours given, who is to be rung."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.categories import category
from handlers.clock_text import local
from handlers.desk.callbacks import AtDesk, DeskAct, TakeSheet
from handlers.desk.screens.board import CAPTIONS, no_desk_screen, sheets_screen
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.sheet import Cell, Table
from handlers.show import answer_tables, replace
from handlers.text import place_name
from models.audit.actions import deny
from models.database import Session
from models.help.actions.sheets import hours_sheet, requests_sheet
from models.help.rules.search import Sheet
from models.help.views import CallRow, HoursRow, RequestSheetRow
from models.orders.actions.visits import calls_sheet
from models.people.rules import Right
from models.people.views import Denied, Person

router = Router(name="desk.sheets")


def requests_table(found: Sequence[RequestSheetRow]) -> Table:
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
        lines.urgency(one.urgency),
        lines.state(one.state, unsaid=one.unconfirmed),
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


def hours_table(found: Sequence[HoursRow]) -> list[Table]:
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


def calls_table(found: Sequence[CallRow]) -> Table:
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


NAME = "linli-{sheet}-{day:%Y-%m-%d}.xlsx"


@router.callback_query(AtDesk.filter(F.act == DeskAct.SHEETS))
async def choose(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Offer the spreadsheets."""
    if not person.may_anywhere(Right.WORK_DESK):
        await deny(session, person.id, "desk", now=now)
        await replace(callback, no_desk_screen())
        return
    await replace(callback, sheets_screen())


@router.callback_query(TakeSheet.filter())
async def send(
    callback: CallbackQuery,
    callback_data: TakeSheet,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Send one as a file."""
    sheet = callback_data.sheet
    found = await _tables(session, person, sheet, now)
    if found is None:
        await replace(callback, no_desk_screen())
        return
    name = NAME.format(sheet=sheet, day=now)
    await answer_tables(callback, found, _(CAPTIONS[sheet]), name)


async def _tables(
    session: Session, person: Person, sheet: Sheet, now: datetime
) -> Sequence[Table] | None:
    """Return what stands in a spreadsheet; None for somebody without a desk."""
    match sheet:
        case Sheet.REQUESTS:
            requests = await requests_sheet(session, person, now=now)
            return None if isinstance(requests, Denied) else [requests_table(requests)]
        case Sheet.HOURS:
            given = await hours_sheet(session, person, now=now)
            return None if isinstance(given, Denied) else hours_table(given)
        case Sheet.CALLS:
            calls = await calls_sheet(session, person, now=now)
            return None if isinstance(calls, Denied) else [calls_table(calls)]

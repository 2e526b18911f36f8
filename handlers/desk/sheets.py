"""The desk's spreadsheets: requests, hours given, who is to be rung."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.broadcasts.sheet import Table, sheet_file
from handlers.desk import tables
from handlers.desk.callbacks import AtDesk, DeskAct, TakeSheet
from handlers.desk.screens.board import no_desk_screen
from handlers.desk.screens.sheets import CAPTIONS, sheets_screen
from handlers.i18n import gettext as _
from handlers.show import replace, toast
from models.audit.actions import deny
from models.database import Session
from models.help.actions.sheets import calls_sheet, hours_sheet, requests_sheet
from models.help.rules.search import Sheet
from models.people.rules import Right
from models.people.views import Denied, Person

router = Router(name="desk.sheets")

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
    bot: Bot,
) -> None:
    """Send one as a file."""
    sheet = callback_data.sheet
    found = await _tables(session, person, sheet, now)
    if found is None:
        await replace(callback, no_desk_screen())
        return
    await toast(callback, _("The file comes in a moment."))
    written = await asyncio.to_thread(sheet_file, found)
    file = BufferedInputFile(written, NAME.format(sheet=sheet, day=now))
    await bot.send_document(callback.from_user.id, document=file, caption=_(CAPTIONS[sheet]))


async def _tables(
    session: Session, person: Person, sheet: Sheet, now: datetime
) -> Sequence[Table] | None:
    """Return what stands in a spreadsheet; None for somebody without a desk."""
    match sheet:
        case Sheet.REQUESTS:
            requests = await requests_sheet(session, person, now=now)
            return None if isinstance(requests, Denied) else [tables.requests(requests)]
        case Sheet.HOURS:
            given = await hours_sheet(session, person, now=now)
            return None if isinstance(given, Denied) else tables.hours(given)
        case Sheet.CALLS:
            calls = await calls_sheet(session, person, now=now)
            return None if isinstance(calls, Denied) else [tables.calls(calls)]

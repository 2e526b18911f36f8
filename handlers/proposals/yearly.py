"""The yearly list of practical things 为民办实事."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.proposals.callbacks import OnYear, OnYearPlaces, ProposalsTo, ToProposals
from handlers.proposals.screens import yearly as screens
from handlers.screen import Screen
from handlers.show import answer, replace, toast
from models.database import Session
from models.people.views import Person
from models.proposals.queries.yearly import yearly, yearly_places
from models.proposals.rules.outcomes import Refusal

router = Router(name="proposals.yearly")

NOT_YOURS = mark("Whoever lives in that community, or works for it, can read its list.")


@router.message(Command("yearly"))
async def this_year(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show what the reader's community adopted this year."""
    page = await yearly(session, person, None, now=now)
    shown = screens.no_place_screen()
    await answer(message, shown if isinstance(page, Refusal) else screens.yearly_screen(page, now))


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.YEARLY))
async def tapped_this_year(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the same in place."""
    await _show(callback, session, person, now, None)


@router.callback_query(OnYear.filter())
async def a_year(
    callback: CallbackQuery, callback_data: OnYear, session: Session, person: Person, now: datetime
) -> None:
    """Show a page of another year, or of another community."""
    year, place_id, page = callback_data.year, callback_data.place_id, callback_data.page
    await _show(callback, session, person, now, year, place_id, page)


@router.callback_query(OnYearPlaces.filter())
async def other_places(
    callback: CallbackQuery, callback_data: OnYearPlaces, session: Session, person: Person
) -> None:
    """Choose another community."""
    found = await yearly_places(session, person, callback_data.year, callback_data.page)
    await replace(callback, screens.places_screen(found))


async def _show(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    now: datetime,
    year: int | None,
    place_id: int | None = None,
    page: int = 0,
) -> None:
    found = await yearly(session, person, year, place_id, page, now=now)
    if found is Refusal.NOT_ALLOWED:
        await toast(callback, _(NOT_YOURS), alert=True)
        return
    shown: Screen = screens.no_place_screen()
    if not isinstance(found, Refusal):
        shown = screens.yearly_screen(found, now)
    await replace(callback, shown)

"""/settings and what its buttons do."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, or_f
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.callbacks import Go
from handlers.filters import Says
from handlers.form import FormContext, start_form
from handlers.i18n import gettext as _
from handlers.people.commands import clear_menu
from handlers.settings import copy, questions, screens
from handlers.settings.callbacks import Set, Setting
from handlers.show import answer, follow, replace, toast
from models.held import copy_of
from models.help.queries.request import numbers_of
from models.leaving.actions import leave
from models.people.actions.personal import looks_at_me
from models.people.rules import Leaving
from models.people.views import Person
from models.proposals.queries.lists import proposal_numbers
from models.sheets.queries import filings_about

router = Router(name="settings")

QUESTIONS = {
    Setting.NAME: questions.NAME,
    Setting.PLACE: questions.PLACE,
    Setting.PHONE: questions.PHONE,
    Setting.DOOR: questions.DOOR,
    Setting.UNTIL: questions.UNTIL,
    Setting.HOURS: questions.HOURS,
}


@router.message(or_f(Command("settings"), Says("Settings")))
async def open_settings(message: Message, **data: Any) -> None:
    """Show what is set."""
    await answer(message, await questions.overview(FormContext.of(data)))


@router.callback_query(or_f(Go.filter(F.to == "settings"), Set.filter(F.what == Setting.SHOW)))
async def show_settings(callback: CallbackQuery, **data: Any) -> None:
    """Show what is set, in place."""
    await replace(callback, await questions.overview(FormContext.of(data)))


@router.callback_query(Set.filter(F.what == Setting.LANGUAGE))
async def ask_language(callback: CallbackQuery) -> None:
    """Ask for a language, in place."""
    await replace(callback, screens.choose_language())


@router.callback_query(Set.filter(F.what.in_(QUESTIONS)))
async def ask_one_thing(callback: CallbackQuery, callback_data: Set, **data: Any) -> None:
    """Ask for a name, building, phone or door."""
    await start_form(QUESTIONS[callback_data.what], callback, FormContext.of(data))


@router.callback_query(Set.filter(F.what == Setting.LOOKS))
async def show_looks(callback: CallbackQuery, **data: Any) -> None:
    """Show who looked at this person's data."""
    ctx = FormContext.of(data)
    seen = await looks_at_me(ctx.session, data["person"])
    ids = {
        subject: {look.subject_id or 0 for look in seen if look.subject == subject}
        for subject in screens.SUBJECTS
    }
    numbers = {
        "help": await numbers_of(ctx.session, ids["help"]),
        "proposals": await proposal_numbers(ctx.session, ids["proposals"]),
    }
    await replace(callback, screens.looks(seen, ctx.now, numbers))


@router.callback_query(Set.filter(F.what == Setting.COPY))
async def send_copy(callback: CallbackQuery, **data: Any) -> None:
    """Send somebody all that is held about them, as a file."""
    ctx = FormContext.of(data)
    held = await copy_of(ctx.session, data["person"], now=ctx.now)
    filings = await filings_about(ctx.session, data["person"].id)
    await toast(callback, _("The file comes in a moment."))
    file = BufferedInputFile(copy.page(held, ctx.now, filings).encode(), copy.NAME)
    words = _("All that is kept about you here. Your phone and door stand in it: keep it safe.")
    await ctx.bot.send_document(callback.from_user.id, document=file, caption=words)


@router.callback_query(Set.filter(F.what == Setting.LEAVE))
async def ask_to_leave(callback: CallbackQuery) -> None:
    """Say what leaving means, and ask once more."""
    await replace(callback, screens.ask_to_leave())


@router.callback_query(Set.filter(F.what == Setting.LEAVE_FOR_GOOD))
async def leave_for_good(callback: CallbackQuery, **data: Any) -> None:
    """Forget somebody, with their conversation and their menu."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    outcome = await leave(ctx.session, person, now=ctx.now)
    if outcome is not Leaving.LEFT:
        await replace(callback, screens.cannot_leave(outcome))
        return
    await ctx.state.clear()
    await clear_menu(ctx.bot, callback.from_user.id)
    await follow(callback, screens.left(), toast="")

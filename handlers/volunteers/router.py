"""Lending a hand: one's own page, who needs a hand, hours, break, change, leaving."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.clock_text import local
from handlers.filters import Says
from handlers.form import FormContext, start_form
from handlers.pages import Page, remember_page
from handlers.people.commands import renew_menu
from handlers.show import answer, replace, toast
from handlers.volunteers import notices, screens
from handlers.volunteers.callbacks import OfferAct, OnOffer
from handlers.volunteers.forms import OFFER
from handlers.volunteers.page import own_page
from handlers.volunteers.words import groups_of
from models.database import Session
from models.help.queries.fitting import profile
from models.help.queries.volunteer import my_hours, open_tasks
from models.people.views import Person
from models.volunteers.actions import leave, pause, resume
from models.volunteers.rules import DEFAULT_LOAD_CAP, ChangeOutcome

router = Router(name="volunteers")

Change = Callable[..., Awaitable[ChangeOutcome]]

MOVES: dict[OfferAct, Change] = {
    OfferAct.PAUSE: pause,
    OfferAct.RESUME: resume,
    OfferAct.LEAVE: leave,
}


@router.message(Command("volunteer"))
@router.message(Says("Lend a hand"))
async def lend(
    message: Message, session: Session, person: Person, language: str, now: datetime
) -> None:
    """Show one's own page, or the invitation."""
    await answer(message, await own_page(session, person.id, language, now))


@router.callback_query(Go.filter(F.to == "lend"))
async def tapped_lend(
    callback: CallbackQuery, session: Session, person: Person, language: str, now: datetime
) -> None:
    """Show one's own page in place."""
    await replace(callback, await own_page(session, person.id, language, now))


@router.callback_query(Go.filter(F.to == "open_tasks"))
async def who_needs_a_hand(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List open tasks, the nearest first."""
    cards = await open_tasks(session, person, now=now, limit=6)
    await replace(callback, screens.open_tasks_screen(cards, now))


@router.callback_query(OnOffer.filter(F.act == OfferAct.SIGN_UP))
async def begin(callback: CallbackQuery, **data: Any) -> None:
    """Ask what somebody offers; the cap is taken for granted and changed from the summary."""
    await start_form(OFFER, callback, FormContext.of(data), prefill={"cap": DEFAULT_LOAD_CAP})


@router.callback_query(OnOffer.filter(F.act == OfferAct.CHANGE))
async def change(callback: CallbackQuery, **data: Any) -> None:
    """Show the offer as it stands, to be changed answer by answer."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    known = await profile(ctx.session, person.id, now=ctx.now)
    if known is None:
        await toast(callback, screens.said(ChangeOutcome.NOT_VOLUNTEER), alert=True)
        return
    offered = known.offered
    prefill = {
        "skills": [skill.value for skill in sorted(offered.skills)] or None,
        "place": min(offered.places, default=None),
        "hours": groups_of(offered.hours) or None,
        "cap": offered.load_cap,
    }
    await start_form(OFFER, callback, ctx, prefill=prefill)


@router.callback_query(OnOffer.filter(F.act == OfferAct.HOURS))
async def hours(callback: CallbackQuery, session: Session, person: Person, now: datetime) -> None:
    """Show what one has given."""
    given = await my_hours(session, person, now=now, zone=str(local(now).tzinfo))
    await replace(callback, screens.hours_screen(given))


@router.callback_query(OnOffer.filter(F.act == OfferAct.ASK_LEAVE))
async def ask_leave(callback: CallbackQuery) -> None:
    """Ask before leaving."""
    await replace(callback, screens.ask_leave_screen())


@router.callback_query(OnOffer.filter(F.act.in_(set(MOVES))))
async def move(
    callback: CallbackQuery,
    callback_data: OnOffer,
    session: Session,
    person: Person,
    language: str,
    now: datetime,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Take a break, end it, or leave, with which the command menu changes."""
    outcome = await MOVES[callback_data.act](session, person, now=now)
    if callback_data.act is OfferAct.PAUSE:
        await remember_page(state, Page.BREAK, now)
    await renew_menu(session, bot, person.id)
    await toast(callback, screens.said(outcome))
    await replace(callback, await own_page(session, person.id, language, now))


__all__ = ["notices", "router"]

"""/early, its list, and what the buttons of an item do."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.early import forms, notices, screens
from handlers.early.callbacks import EarlyAct, OnEarly, ToEarly
from handlers.form import FormContext, start_form
from handlers.screen import Screen
from handlers.show import answer, follow, replace, toast
from models.audit.actions import deny
from models.database import Session
from models.early.actions import take
from models.early.queries import SUBJECT, early_list, early_view
from models.early.rules import EarlyOutcome
from models.help.rules.outcomes import Refusal
from models.people.rules import Right
from models.people.views import Person

__all__ = ["notices", "router"]

router = Router(name="early")


@router.message(Command("early"))
async def early(message: Message, session: Session, person: Person, now: datetime) -> None:
    """Show the list."""
    await answer(message, await _list(session, person, now))


@router.callback_query(ToEarly.filter())
async def show_list(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show the list in place."""
    await replace(callback, await _list(session, person, now))


@router.callback_query(OnEarly.filter(F.act == EarlyAct.OPEN))
async def show_item(
    callback: CallbackQuery, callback_data: OnEarly, session: Session, person: Person, now: datetime
) -> None:
    """Show one item in place."""
    seen = await early_view(session, person, callback_data.id, now=now)
    if isinstance(seen, Refusal):
        await toast(callback, screens.refused(seen), alert=True)
    else:
        await replace(callback, screens.item_screen(seen, now))


@router.callback_query(OnEarly.filter(F.act == EarlyAct.TAKE))
async def see_to_it(
    callback: CallbackQuery, callback_data: OnEarly, session: Session, person: Person, now: datetime
) -> None:
    """See to an item."""
    outcome = await take(session, person, callback_data.id, now=now)
    await toast(callback, screens.said(outcome), alert=outcome is not EarlyOutcome.TAKEN)
    seen = await early_view(session, person, callback_data.id, now=now)
    if not isinstance(seen, Refusal):
        await replace(callback, screens.item_screen(seen, now))


@router.callback_query(OnEarly.filter(F.act == EarlyAct.SETTLE))
async def ask_what_was_done(callback: CallbackQuery, callback_data: OnEarly, **data: Any) -> None:
    """Ask what was done, of somebody who may say it."""
    ctx = FormContext.of(data)
    seen = await early_view(ctx.session, data["person"], callback_data.id, now=ctx.now)
    if isinstance(seen, Refusal):
        await toast(callback, screens.refused(seen), alert=True)
        await follow(callback, await _list(ctx.session, data["person"], ctx.now))
    else:
        await start_form(forms.SETTLE, callback, ctx, prefill={"item": callback_data.id})


async def _list(session: Session, person: Person, now: datetime) -> Screen:
    if not person.may_anywhere(Right.SUPERVISE):
        await deny(session, person.id, SUBJECT, now=now)
        return screens.not_for_you_screen()
    return screens.list_screen(await early_list(session, person), now)

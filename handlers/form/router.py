"""Messages and taps that belong to a form."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.form import screens
from handlers.form.aside import take_back
from handlers.form.callbacks import StartAgain, TakeUp, Tap
from handlers.form.declare import FormContext, forms
from handlers.form.engine import PASSING, opened_talk, resume_form, start_form, take_message
from handlers.form.run import forget, is_filling
from handlers.form.stage import menu_again, retire
from handlers.form.taps import take_tap
from handlers.form.typed import take_typed
from handlers.heard import NOTHING, Heard
from handlers.show import answer, toast

router = Router(name="form")

OURS = (f"{Tap.__prefix__}:", f"{StartAgain.__prefix__}:")
COMMAND = re.compile(r"/[A-Za-z]")


def meant_as_answer(message: Message, raw_state: str | None, heard: Heard) -> bool:
    """Return whether a message belongs to the open form: one's own commands and menu keys do not.

    A key's words count with what people put behind them ("My requests."), as a command does.
    """
    text = message.text or ""
    passes = COMMAND.match(text) or text.strip() in PASSING
    return is_filling(raw_state) and not (heard.own and passes)


async def _meant_as_answer(
    message: Message, raw_state: str | None = None, heard: Heard = NOTHING
) -> bool:
    return meant_as_answer(message, raw_state, heard)


async def _looks_like_ours(callback: CallbackQuery) -> bool:
    return (callback.data or "").startswith(OURS)


@router.message(Command("cancel"))
async def cancel(message: Message, **data: Any) -> None:
    """Give up the open form, if there is one."""
    ctx = FormContext.of(data)
    if not is_filling(await ctx.state.get_state()):
        await answer(message, screens.nothing_to_cancel_screen())
        return
    talk = await opened_talk(message, ctx)
    if talk is None:
        return
    await retire(talk)
    await forget(ctx.state)
    talk.open = False
    await answer(message, screens.cancelled_screen())
    await menu_again(talk)


@router.message(_meant_as_answer)
async def take(message: Message, **data: Any) -> None:
    """Read a message as a button's words, or as an answer."""
    ctx = FormContext.of(data)
    if not (ctx.heard.own and await take_typed(message, ctx)):
        await take_message(message, ctx)


@router.callback_query(Tap.filter())
async def tapped(callback: CallbackQuery, callback_data: Tap, **data: Any) -> None:
    """Do what a button under a question says."""
    await take_tap(callback, callback_data, FormContext.of(data))


@router.callback_query(StartAgain.filter())
async def start_again(callback: CallbackQuery, callback_data: StartAgain, **data: Any) -> None:
    """Begin a form anew after an upgrade; one that is about something begins where that is."""
    ctx = FormContext.of(data)
    form = await forms.get(ctx.session, callback_data.name)
    if form is None:
        await toast(callback, screens.toast_over(), alert=True)
    elif not form.begins_anew:
        await toast(callback, screens.toast_begin_there(), alert=True)
    else:
        await start_form(form.name, callback, ctx)


@router.callback_query(TakeUp.filter())
async def take_up(callback: CallbackQuery, **data: Any) -> None:
    """Go on with what was set aside; where another form is open, with that one first."""
    ctx = FormContext.of(data)
    await take_back(ctx.state, ctx.now)
    if is_filling(await ctx.state.get_state()):
        await resume_form(callback, ctx)
    else:
        await toast(callback, screens.toast_over(), alert=True)


@router.callback_query(_looks_like_ours)
async def tapped_rubbish(callback: CallbackQuery) -> None:
    """Answer a button that no form of ours ever made."""
    await toast(callback, screens.toast_over(), alert=True)

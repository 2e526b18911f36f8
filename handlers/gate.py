"""The gate: whoever has not registered gets the welcome, whatever they send or tap.

It stands before every room that needs a registered person, and lets nobody else through. Somebody
who has agreed and is choosing where they live is heard here too.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import invert_f
from aiogram.types import CallbackQuery, Message

from handlers.filters import registered
from handlers.form import FormContext, resume_form
from handlers.form.callbacks import Tap
from handlers.form.engine import take_message
from handlers.form.router import meant_as_answer
from handlers.form.taps import take_tap
from handlers.heard import Heard
from handlers.help.screens.alarm import alarm_for_stranger
from handlers.people import screens
from handlers.people.joining import JOINING, greet, welcome
from handlers.people.tongue import speak_chosen
from handlers.show import answer, follow
from handlers.stray.cries import read_cry

router = Router(name="gate")
router.message.outer_middleware(speak_chosen)
router.callback_query.outer_middleware(speak_chosen)

stranger = invert_f(registered)


async def joining(_event: Message | CallbackQuery, raw_state: str | None = None) -> bool:
    """Tell somebody who is choosing where they live."""
    return raw_state == JOINING


@router.message(stranger, joining)
async def hear(message: Message, raw_state: str, heard: Heard, **data: Any) -> None:
    """Read where somebody lives; for anything else, ask again."""
    ctx = FormContext.of({**data, "heard": heard})
    await _numbers_first(message)
    if meant_as_answer(message, raw_state, heard):
        await take_message(message, ctx)
    elif not await resume_form(message, ctx):
        await greet(message, ctx)


@router.callback_query(stranger, joining, Tap.filter())
async def hear_tap(callback: CallbackQuery, callback_data: Tap, **data: Any) -> None:
    """Take a tap on a button of that question."""
    await take_tap(callback, callback_data, FormContext.of(data))


@router.callback_query(stranger, joining)
async def ask_again(callback: CallbackQuery, **data: Any) -> None:
    """Ask again after a tap on any other button."""
    ctx = FormContext.of(data)
    if not await resume_form(callback, ctx):
        await follow(callback, await welcome(ctx), toast=screens.first_agree())


@router.message(stranger)
async def meet(message: Message, **data: Any) -> None:
    """Welcome somebody new."""
    await _numbers_first(message)
    await greet(message, FormContext.of(data))


async def _numbers_first(message: Message) -> None:
    """Name the numbers to ring where a stranger cries for help: that needs no agreement."""
    if read_cry(message.text or message.caption or "") is not None:
        await answer(message, alarm_for_stranger())


@router.callback_query(stranger)
async def meet_tap(callback: CallbackQuery, **data: Any) -> None:
    """Answer the tap of somebody new, and welcome them below."""
    screen = await welcome(FormContext.of(data))
    await follow(callback, screen, toast=screens.first_agree())

"""The last router: whatever nobody else understood gets an answer all the same.

Edits, polls, posts of channels and everything else that nobody waits for an answer to is let be.
"""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.form import FormContext
from handlers.form.expecting import sound_left_out
from handlers.heard import Heard
from handlers.people import screens
from handlers.people.joining import home_screen
from handlers.rollcalls.screens.answers import answers_screen
from handlers.screen import Screen
from handlers.show import answer, follow
from handlers.stray.albums import follows
from handlers.stray.deciding import Stray, decide
from models.people.views import Person
from models.rollcalls.queries.silent import unanswered

router = Router(name="fallback")


@router.message()
async def misunderstood(
    message: Message, person: Person, state: FSMContext, heard: Heard, **data: Any
) -> None:
    """Take what a message is about, as far as anything tells; or say what to do instead.

    Who has been asked whether they are safe, and writes of something else, is asked last of all.
    """
    ctx = FormContext.of({**data, "person": person, "state": state, "heard": heard})
    if await follows(message, person, ctx):
        return
    asked = await unanswered(ctx.session, person, ctx.now)
    if message.audio is not None:
        await answer(message, Screen(sound_left_out()))
    if not await decide(Stray(message, person, ctx, heard)):
        await answer(message, _instead(message, person))
    if asked and await unanswered(ctx.session, person, ctx.now):
        await answer(message, answers_screen(asked))


@router.callback_query()
async def retired(callback: CallbackQuery, **data: Any) -> None:
    """Answer a button that is forged, malformed or no longer known, and show home below."""
    home: Screen = await home_screen(FormContext.of(data), data["person"])
    await follow(callback, home, toast=screens.retired())


def _instead(message: Message, person: Person) -> Screen:
    if (message.text or "").startswith("/"):
        return screens.unknown_command(person)
    return screens.not_understood(person) if message.text else screens.not_usable(person)

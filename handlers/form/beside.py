"""What is listened for in every form, beside the answers to it."""

from collections.abc import Awaitable, Callable

from aiogram.types import Message

from handlers.form.declare import FormContext
from handlers.form.readers import Text
from handlers.form.stage import Talk
from handlers.screen import Screen
from handlers.show import answer

TELLING_FROM = 200
"""Characters from which on a question is for telling, not for a name or a number."""
Beside = Callable[[Message, FormContext, str], Awaitable[Screen | None]]
BESIDE: list[Beside] = []
"""Asked of one's own words in every form, by its name; their screens end nothing."""


def hear_beside(hear: Beside) -> None:
    """Let something listen in every form; what it says stands above what is asked next."""
    BESIDE.append(hear)


async def heard_beside(talk: Talk, message: Message) -> bool:
    """Return whether words mean something else, and are not to be taken for the answer.

    Where much can be told they are taken, for they may be part of it.
    """
    beside = [await hear(message, talk.ctx, talk.form.name) for hear in BESIDE]
    shown = [screen for screen in beside if screen is not None]
    for screen in shown:
        await answer(message, screen)
    question = talk.form.by_key.get(talk.run.key or "")
    if not shown or question is None:
        return False
    tells = (isinstance(each, Text) and each.at_most >= TELLING_FROM for each in question.accepts)
    return not any(tells)

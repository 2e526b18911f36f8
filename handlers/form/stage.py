"""Putting a run's one live message into the chat, changing it, and taking its buttons away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery, Message, ReplyKeyboardMarkup

from handlers.form import screens
from handlers.form.declare import Form, FormContext
from handlers.form.run import Run
from handlers.screen import Screen
from models.people.views import Person


@dataclass
class Talk:
    """One event of one run: what came, and where the person stands."""

    ctx: FormContext
    form: Form
    run: Run
    event: Message | CallbackQuery
    open: bool = True
    """False once the run has ended: there is nothing left to keep."""
    aside: str = ""
    """Said above what is shown next."""
    toast: str | None = None
    """What the tap is to be answered with."""

    @property
    def chat_id(self) -> int:
        """The chat in which the form is filled in."""
        message = self.event.message if isinstance(self.event, CallbackQuery) else self.event
        return message.chat.id if message else self.event_user_id

    @property
    def event_user_id(self) -> int:
        """The account that wrote or tapped."""
        assert self.event.from_user is not None  # noqa: S101 - forms are filled in by people
        return self.event.from_user.id


async def say(talk: Talk, screen: Screen) -> int:
    """Send a screen below everything else; give the number of its message."""
    sent = await talk.ctx.bot.send_message(chat_id=talk.chat_id, **screen.as_kwargs())
    return sent.message_id


async def put_below(talk: Talk, screen: Screen, said: str) -> None:
    """Make a new message the live one; the one before it loses its buttons.

    `said` is what stays of it when its buttons are taken away.
    """
    await retire(talk)
    run = talk.run
    run.asked = await say(talk, screen)
    run.heading, run.said, run.acts = screen.title or "", said, screens.offered(screen)


async def put_in_place(talk: Talk, screen: Screen, said: str | None = None) -> None:
    """Change the live message; `said` as above, None where it stays as it was."""
    run = talk.run
    if run.asked is None:
        await put_below(talk, screen, screen.text if said is None else said)
        return
    run.acts = screens.offered(screen)
    if said is not None:
        run.heading, run.said = screen.title or "", said
    await _edit(talk, screen)


async def retire(talk: Talk) -> None:
    """Take the buttons of the live message away, if there is one."""
    if talk.run.asked is not None:
        await _edit(talk, screens.closed_screen(talk.run))
        talk.run.asked = None


async def settle(talk: Talk, words: str) -> None:
    """Let the live message stand with its answer and without buttons."""
    if talk.run.asked is not None:
        await _edit(talk, screens.answered_screen(talk.run, words))
        talk.run.asked = None


async def _edit(talk: Talk, screen: Screen) -> None:
    where: dict[str, Any] = {"chat_id": talk.chat_id, "message_id": talk.run.asked}
    await talk.ctx.bot.edit_message_text(**where, **screen.as_kwargs())


MENU: list[Callable[[Person], ReplyKeyboardMarkup]] = []
"""Makes the reply keyboard of the first screen."""


def menu_is(keyboard: Callable[[Person], ReplyKeyboardMarkup]) -> None:
    """Name the reply keyboard that is put back after a question that had its own."""
    MENU[:] = [keyboard]


async def menu_again(talk: Talk) -> None:
    """Put the menu back once the question has passed that had a key of its own."""
    run = talk.run
    if run.keyed is None or (talk.open and run.keyed == run.key):
        return
    run.keyed = None
    if MENU and talk.ctx.person is not None:
        await say(talk, screens.menu_screen(MENU[0](talk.ctx.person)))

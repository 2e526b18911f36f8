"""Filters that several subjects use.

All of them are asynchronous: aiogram hands a plain function or a bare `F` to a thread, which costs
more than everything else that a filter does, for every handler that is asked.
"""

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.i18n import phrases
from models.people.views import Person

PRIVATE = "private"


class Says(Filter):
    """A message that is the label of a reply-keyboard button, in any of our languages.

    `earlier` are labels that it had: a keyboard stands on somebody's phone until it is replaced.
    """

    def __init__(self, label: str, *earlier: str) -> None:
        self.words = phrases(label) | set(earlier)

    async def __call__(self, message: Message) -> bool:
        """Return whether this is what the button sends."""
        return message.text in self.words


class Bare(Filter):
    """A tap that carries a button's name and nothing of what belongs to it."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, callback: CallbackQuery) -> bool:
        """Return whether the name is all there is."""
        return callback.data == self.name


async def has_location(message: Message) -> bool:
    """Return whether somebody sent where they are."""
    return message.location is not None


async def registered(_event: TelegramObject, person: Person | None = None) -> bool:
    """Return whether somebody registered wrote or tapped."""
    return person is not None and person.registered


async def in_private(event: Message | CallbackQuery) -> bool:
    """Return whether it happened in a private chat; a tap without its message counts as private."""
    message = event.message if isinstance(event, CallbackQuery) else event
    return message is None or message.chat.type == PRIVATE

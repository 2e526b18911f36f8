"""The language a newcomer chose on the consent screen, before anything is kept of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import TelegramObject

from handlers.i18n import LANGUAGES, speaking
from handlers.people.joining import newcomer


async def speak_chosen(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:
    """Outer middleware of messages and taps: whoever is not registered hears what they chose."""
    person = data.get("person")
    if (person and person.registered) or "state" not in data:
        return await handler(event, data)
    chosen = (await newcomer(data["state"])).language
    if chosen not in LANGUAGES:
        return await handler(event, data)
    data["language"] = chosen
    with speaking(chosen):
        return await handler(event, data)

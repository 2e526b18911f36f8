"""What Telegram shows of the bot before anybody has written: its description and menu button.

The name and whatever else its operator has written with @BotFather stays as it is: only what is
empty is filled in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiogram.methods import (
    GetChatMenuButton,
    GetMyDescription,
    GetMyShortDescription,
    SetChatMenuButton,
    SetMyDescription,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import MenuButtonCommands

from handlers.i18n import CHINESE, ENGLISH, mark, speaking
from handlers.i18n import gettext as _

DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT = 512, 120
"""Telegram's, in characters."""

DESCRIPTION = mark(
    "Neighbours help each other here. Tap Start below, then:\n"
    "🙏 Ask for help: say it in your own words, or hold the microphone and speak.\n"
    "🤝 Lend a hand, when it suits you.\n"
    "💡 Propose what should be better.\n"
    "📢 Read the notices of your community.\n"
    "In danger ring 120, 119 or 110 first."
)
SHORT_DESCRIPTION = mark("Your neighbourhood in one chat: ask for help, lend a hand, propose.")

PHONES = (("zh", CHINESE), ("en", ENGLISH), ("", ENGLISH))
"""By the language of the phone; any other reads English, as with the commands. That one comes last:
a language without words of its own is told to have those."""


@dataclass(frozen=True)
class Filling:
    """Something to be filled in: what asks for it, which of its fields, and what fills it."""

    ask: TelegramMethod[Any]
    field: str
    empty: str
    fill: TelegramMethod[Any]


def fillings() -> Iterator[Filling]:
    """Return what is to be filled in once at start, where it is empty."""
    for code, language in PHONES:
        with speaking(language):
            words, short = _(DESCRIPTION), _(SHORT_DESCRIPTION)
        own = {"language_code": code} if code else {}
        yield Filling(
            GetMyDescription(**own),
            "description",
            "",
            SetMyDescription(description=words, **own),
        )
        yield Filling(
            GetMyShortDescription(**own),
            "short_description",
            "",
            SetMyShortDescription(short_description=short, **own),
        )
    menu = SetChatMenuButton(menu_button=MenuButtonCommands())
    yield Filling(GetChatMenuButton(), "type", "default", menu)

"""What a screen is: plain text, a title, buttons. No markup, so nobody's name can break it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

TEXT_LIMIT = 4096
"""Telegram's limit on a message, in characters after entities are parsed."""

CAPTION_LIMIT = 1024
"""Telegram's limit on the words below a photo or file, in characters."""

ELLIPSIS = "…"


@dataclass(frozen=True)
class Screen:
    """One message to show: a bold title (if any) above plain text, and its keyboard.

    With a picture the words are its caption. A kind of notice has one always or never: Telegram
    turns no text into a photo in place.
    """

    text: str
    title: str | None = None
    keyboard: Keyboard | None = None
    picture: Callable[[], bytes] | None = None
    """Draws a PNG; called in a thread, after all that holds the database has ended. Pushes alone
    have one."""

    def full_text(self) -> str:
        """Give title and text as one, cut to what Telegram takes."""
        whole = f"{self.title}\n\n{self.text}".strip() if self.title else self.text
        return clip(whole, CAPTION_LIMIT if self.picture else TEXT_LIMIT)

    def as_kwargs(self) -> dict[str, Any]:
        """Give the arguments of aiogram's `answer` and `edit_text`."""
        return {
            "text": self.full_text(),
            "entities": [_bold(self.title)] if self.title else None,
            "reply_markup": self.keyboard,
            "parse_mode": None,
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
        }


@dataclass(frozen=True)
class Pointless:
    """What a notice's renderer gives when saying it has become pointless."""

    reason: str


def clip(text: str, limit: int) -> str:
    """Cut a text to `limit` UTF-16 units, as Telegram counts, marking the cut."""
    if _units(text) <= limit:
        return text
    kept = text[:limit]
    while _units(kept) > limit - 1:
        kept = kept[: -max(1, (_units(kept) - limit + 1) // 2)]
    return kept + ELLIPSIS


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Make one button under a message."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def headed(screen: Screen, said: str) -> Screen:
    """Put a sentence above the words of a screen."""
    return replace(screen, text=f"{said}\n\n{screen.text}" if said else screen.text)


def inline(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Make a keyboard under a message; empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


def _bold(title: str) -> MessageEntity:
    return MessageEntity(type="bold", offset=0, length=_units(title))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

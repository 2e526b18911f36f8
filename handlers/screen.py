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
class SentMedia:
    """What of Telegram's own keeping goes along, and by which call."""

    method: str
    fields: dict[str, Any]
    """Parameters of the call beside chat, words and keyboard."""
    captioned: bool = True
    """Whether the screen's words stand below it; without, they and the keyboard are left out."""


@dataclass(frozen=True)
class Screen:
    """One message to show: a bold title (if any) above plain text, and its keyboard.

    With a picture or media the words are its caption. A subject's notice has one always or never:
    Telegram turns no text into a photo in place.
    """

    text: str
    title: str | None = None
    keyboard: Keyboard | None = None
    picture: Callable[[], bytes] | None = None
    """Draws a PNG; called in a thread, after all that holds the database has ended. Pushes alone
    have one."""
    media: SentMedia | None = None
    """Pushes alone have it."""
    formatting: tuple[MessageEntity, ...] = ()
    """Of words that somebody wrote with formatting of their own; offsets are those in `text`."""

    def full_text(self) -> str:
        """Return title and text as one, cut to what Telegram takes."""
        whole = f"{self.title}\n\n{self.text}".strip() if self.title else self.text
        captioned = self.picture is not None or self.media is not None
        return clip(whole, CAPTION_LIMIT if captioned else TEXT_LIMIT)

    def as_kwargs(self) -> dict[str, Any]:
        """Return the arguments of aiogram's `answer` and `edit_text`."""
        text, entities = self.worded()
        return {
            "text": text,
            "entities": entities or None,
            "reply_markup": self.keyboard,
            "parse_mode": None,
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
        }

    def worded(self) -> tuple[str, list[MessageEntity]]:
        """Return the full text, and the title's and text's formatting as far as it is not cut."""
        whole = self.full_text()
        if not self.title and not self.formatting:
            return whole, []
        head, length = units(f"{self.title}\n\n") if self.title else 0, units(whole)
        moved = (one.model_copy(update={"offset": one.offset + head}) for one in self.formatting)
        kept = [one for one in moved if one.offset + one.length <= length]
        return whole, [_bold(self.title), *kept] if self.title else kept


@dataclass(frozen=True)
class Pointless:
    """What a notice's renderer gives when saying it has become pointless."""

    reason: str


@dataclass(frozen=True)
class OnHold:
    """What a notice's renderer gives while what it belongs to is paused: it is asked again soon."""


def clip(text: str, limit: int) -> str:
    """Cut a text to `limit` UTF-16 units, as Telegram counts, marking the cut."""
    if units(text) <= limit:
        return text
    kept = text[:limit]
    while units(kept) > limit - 1:
        kept = kept[: -max(1, (units(kept) - limit + 1) // 2)]
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


def with_row(screen: Screen, row: Sequence[InlineKeyboardButton]) -> Screen:
    """Return a screen with one more row of buttons under its own; itself where the row is empty."""
    if not row:
        return screen
    under = screen.keyboard
    above = under.inline_keyboard if isinstance(under, InlineKeyboardMarkup) else []
    return replace(screen, keyboard=inline(*above, row))


def _bold(title: str) -> MessageEntity:
    return MessageEntity(type="bold", offset=0, length=units(title))


def units(text: str) -> int:
    """Count as Telegram does: in UTF-16 units, of which a sign like 🙂 has two."""
    return len(text.encode("utf-16-le")) // 2

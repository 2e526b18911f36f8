"""Showing a screen, or sending a file, in answer to a message or a tap."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from handlers.i18n import gettext as _
from handlers.screen import Screen, clip
from handlers.sheet import Table, sheet_file
from models.database import Session
from models.outbox.refreshing import renew

TOAST_LIMIT = 200
"""Telegram's limit on the text that answers a tap."""


async def answer(message: Message, screen: Screen) -> Message:
    """Answer with a new message; what comes back can be edited before it has been sent."""
    return await message.answer(**screen.as_kwargs())


async def replace(callback: CallbackQuery, screen: Screen, toast: str | None = None) -> None:
    """Change the tapped message into a screen; one too old to reach gets a new message instead.

    A screen with a reply keyboard cannot be edited in: it is sent anew.
    """
    await callback.answer(clip(toast, TOAST_LIMIT) if toast else None)
    editable = screen.keyboard is None or isinstance(screen.keyboard, InlineKeyboardMarkup)
    if isinstance(callback.message, Message) and editable:
        shown = screen.as_kwargs()
        if not _shows(callback.message, shown):
            await callback.message.edit_text(**shown)
        return
    await follow(callback, screen)


async def renewed(callback: CallbackQuery, session: Session, now: datetime) -> bool:
    """Have a live card that was tapped show what has come of it; False for any other message.

    After an act: a live card is rendered as it came, and changed once; any other message is to be
    replaced.
    """
    at = callback.message
    return at is not None and await renew(
        session, chat_id=at.chat.id, message_id=at.message_id, now=now
    )


def _shows(message: Message, shown: dict[str, Any]) -> bool:
    """Return whether a message reads so already: Telegram refuses an edit that changes nothing."""
    same = message.text == shown["text"] and message.reply_markup == shown["reply_markup"]
    return same and len(message.entities or ()) == len(shown["entities"] or ())


async def follow(callback: CallbackQuery, screen: Screen, toast: str | None = None) -> None:
    """Answer a tap with a new message below, leaving the tapped one as it is."""
    if toast is not None:
        await callback.answer(clip(toast, TOAST_LIMIT))
    await _bot_of(callback).send_message(chat_id=callback.from_user.id, **screen.as_kwargs())


async def toast(callback: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """Answer a tap with a short word on top of the screen, or a box to be closed."""
    await callback.answer(clip(text, TOAST_LIMIT), show_alert=alert)


async def answer_tables(
    callback: CallbackQuery, tables: Sequence[Table], words: str, name: str = ""
) -> None:
    """Answer a tap with tables as a file, named after the first where no name is given."""
    await toast(callback, _("The file comes in a moment."))
    await send_tables(_bot_of(callback), callback.from_user.id, tables, words, name)


async def send_tables(
    bot: Bot, chat_id: int, tables: Sequence[Table], words: str, name: str = ""
) -> None:
    """Send tables as one spreadsheet; it is written while other turns go on."""
    written = await asyncio.to_thread(sheet_file, tables)
    file = BufferedInputFile(written, name or f"{tables[0].tab}.xlsx")
    await bot.send_document(chat_id, document=file, caption=words)


def _bot_of(callback: CallbackQuery) -> Bot:
    assert callback.bot is not None  # noqa: S101 - the turn always gives the bot
    return callback.bot

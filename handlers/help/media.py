"""Sending on what people sent: by Telegram's file id, never by content."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.types import CallbackQuery

from handlers.help.screens.lines import nothing_sent
from handlers.show import toast
from models.help.rules.words import MediaKind
from models.help.views import Media


async def send_media(callback: CallbackQuery, bot: Bot, media: Sequence[Media]) -> None:
    """Answer a tap with everything that came along, in order, a message each."""
    await toast(callback, "" if media else nothing_sent())
    for item in media:
        await _send(bot, callback.from_user.id, item)


async def _send(bot: Bot, chat_id: int, item: Media) -> None:
    if item.latitude is not None and item.longitude is not None:
        await bot.send_location(chat_id, latitude=item.latitude, longitude=item.longitude)
        return
    if item.file_id is None:
        return
    match item.kind:
        case MediaKind.PHOTO:
            await bot.send_photo(chat_id, photo=item.file_id)
        case MediaKind.VOICE:
            await bot.send_voice(chat_id, voice=item.file_id)
        case MediaKind.VIDEO:
            await bot.send_video(chat_id, video=item.file_id)
        case MediaKind.VIDEO_NOTE:
            await bot.send_video_note(chat_id, video_note=item.file_id)
        case _:
            await bot.send_document(chat_id, document=item.file_id)

"""What people send: read from a form, named on screens, sent on by file id, never by content."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.types import CallbackQuery

from handlers.form import File, Photo, Spot, Story, Voice
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.show import toast
from models.media import Media, MediaKind

MEDIA = {
    MediaKind.PHOTO: ("📷", mark("photo")),
    MediaKind.VOICE: ("🎤", mark("voice message")),
    MediaKind.VIDEO: ("🎬", mark("video")),
    MediaKind.VIDEO_NOTE: ("🎬", mark("video")),
    MediaKind.DOCUMENT: ("📎", mark("file")),
    MediaKind.LOCATION: ("📍", mark("location")),
}


def media_line(media: Sequence[Media]) -> str:
    """Say what was sent along: '🎤 1 · 📷 2'."""
    counts: dict[str, int] = {}
    for item in media:
        sign, _name = MEDIA[item.kind]
        counts[sign] = counts.get(sign, 0) + 1
    return " · ".join(f"{sign} {count}" for sign, count in counts.items())


def media_label(media: Sequence[Media]) -> str:
    """Name the button that sends what came along."""
    kinds = {item.kind for item in media}
    if kinds == {MediaKind.VOICE}:
        return _("🎤 Listen")
    if kinds == {MediaKind.PHOTO}:
        return _("📷 Look at the photos")
    if kinds == {MediaKind.LOCATION}:
        return _("📍 Show the map")
    return _("📎 Show what was sent")


def nothing_sent() -> str:
    """Say that nothing came along."""
    return _("Nothing was sent along.")


def media_of(sent: object) -> tuple[Media, ...]:
    """Picture what was sent as the models keep it; words give nothing."""
    match sent:
        case Story(sent=pieces):
            return tuple(item for piece in pieces for item in media_of(piece))
        case Voice(file_id=file_id):
            return (Media(MediaKind.VOICE, file_id),)
        case Photo(file_id=file_id):
            return (Media(MediaKind.PHOTO, file_id),)
        case File(kind=kind, file_id=file_id):
            return (Media(MediaKind(kind), file_id),)
        case Spot(latitude=latitude, longitude=longitude):
            return (Media(MediaKind.LOCATION, None, latitude, longitude),)
    return ()


async def send_media(callback: CallbackQuery, bot: Bot, media: Sequence[Media]) -> None:
    """Answer a tap with everything that came along, in order, a message each."""
    await toast(callback, "" if media else nothing_sent())
    await send_along(bot, callback.from_user.id, media)


async def send_along(bot: Bot, chat_id: int, media: Sequence[Media]) -> None:
    """Send everything that came along to a chat, in order, a message each."""
    for item in media:
        await _send(bot, chat_id, item)


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

"""Wording answers: what stands behind '✓' and in the summary."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from handlers.form import screens
from handlers.form.values import (
    Acquaintance,
    File,
    Letter,
    Moment,
    Phone,
    Photo,
    Spot,
    Story,
    Voice,
)
from handlers.i18n import current_language
from handlers.i18n import gettext as _
from handlers.screen import clip

LETTER_SHOWN = 100
"""Of a whole message so much stands behind '✓'."""

PHONE_TAIL, PHONE_SHOWN_FROM = 4, 8
"""The last digits by which people know a number of theirs, and from what length they hide it."""


def words_of(value: Any, zone: ZoneInfo) -> str:
    """Word any answer in the language being spoken; instants in `zone`."""
    match value:
        case None:
            return screens.skipped()
        case [Photo() | File() | Voice(), *_others]:
            return _words_of_all(value)
        case Letter():
            return _words_of_letter(value)
        case Story(words=words, sent=sent):
            return _(", ").join(filter(None, (words, _words_of_all(sent))))
        case list() | tuple():
            return _(", ").join(words_of(item, zone) for item in value)
    return _words_of_sent(value) or _words_of_time(value, zone)


def _words_of_all(sent: Sequence[Any]) -> str:
    kinds = {
        Photo: screens.photos_words,
        File: screens.files_words,
        Voice: screens.voices_words,
    }
    counts = [(say, sum(isinstance(one, kind) for one in sent)) for kind, say in kinds.items()]
    said = [say(count) for say, count in counts if count]
    spots = [_("📍 location")] * sum(isinstance(one, Spot) for one in sent)
    return _(", ").join([*said, *spots])


def _words_of_sent(value: Any) -> str:
    match value:
        case Photo(caption=caption):
            return f"📷 {caption}" if caption else _("📷 photo")
        case File(caption=caption, name=name):
            return f"📎 {caption or name}" if caption or name else _("📎 file")
        case Voice(seconds=seconds):
            return _("🎤 voice message, {seconds} s").format(seconds=seconds)
        case Spot():
            return _("📍 location")
        case Phone(number=words) | Acquaintance(name=words):
            return words
    return ""


def _words_of_letter(letter: Letter) -> str:
    if letter.latitude is not None:
        return _("📍 location")
    words = clip(letter.words, LETTER_SHOWN)
    return f"📎 {words}".strip() if letter.pieces else words


def hidden(value: Any) -> str:
    """Word a personal answer without telling it: of a telephone number the last digits stay."""
    if isinstance(value, Phone) and len(value.number) >= PHONE_SHOWN_FROM:
        return f"🔒 …{value.number[-PHONE_TAIL:]}"
    if isinstance(value, Acquaintance) and len(value.number) >= PHONE_SHOWN_FROM:
        return f"📇 🔒 …{value.number[-PHONE_TAIL:]}"
    return "🔒"


def _words_of_time(value: Any, zone: ZoneInfo) -> str:
    match value:
        case Moment(at=at, has_time=has_time):
            local = at.astimezone(zone)
            day = words_of_day(local)
            return f"{day} {local:%H:%M}" if has_time else day
        case date():
            return words_of_day(value)
        case time():
            return f"{value:%H:%M}"
    return str(value)


def words_of_day(day: date | datetime) -> str:
    """Word a day with its weekday."""
    return format_skeleton("MMMEd", day, locale=current_language())

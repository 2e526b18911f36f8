"""The fields of Telegram's objects that are read, and how each is taken from raw JSON.

A field is in a table here because a handler or a screen uses it; what else a model
insists on is supplied.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.updates.rules import MOST_ID

LATEST = 20_000_000_000
"""Seconds; pydantic reads larger numbers as milliseconds."""

Json = dict[str, Any]
Read = Callable[[Any], Any]
"""Return a value as it may come in; None where it cannot be used, and it is left out."""


@dataclass(frozen=True)
class Shape:
    """An object of which some fields are read; unusable (None) where a needed one is."""

    needed: Mapping[str, Read]
    wanted: Mapping[str, Read] = field(default_factory=dict)
    supplied: Mapping[str, Any] = field(default_factory=dict)
    """What a model insists on and we never read, or what a missing part is taken for."""

    def __call__(self, value: Any) -> Json | None:
        """Return the fields that can be used, with what is supplied for the rest."""
        if not isinstance(value, dict):
            return None
        found = dict(self.supplied)
        for name, read in self.needed.items():
            part = read(value.get(name))
            if part is None:
                return None
            found[name] = part
        for name, read in self.wanted.items():
            if name in value and (part := read(value[name])) is not None:
                found[name] = part
        return found


def text(value: Any) -> str | None:
    """Return words."""
    return value if isinstance(value, str) else None


def flag(value: Any) -> bool | None:
    """Return a yes or no."""
    return value if isinstance(value, bool) else None


def integer(value: Any) -> int | None:
    """Return a whole number as large as identifiers can be."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and abs(value) < MOST_ID else None


def instant(value: Any) -> int | None:
    """Return a time in Unix seconds."""
    whole = integer(value)
    return whole if whole is not None and 0 <= whole < LATEST else None


def degrees(most: int) -> Read:
    """Return a reader of an angle between -most and most."""

    def read(value: Any) -> float | None:
        usable = type(value) in {int, float} and abs(value) <= most
        return float(value) if usable else None

    return read


def many(read: Read, at_most: int) -> Read:
    """Return a reader of lists: what cannot be used is left out, and so is an empty list."""

    def read_all(value: Any) -> list[Any] | None:
        if not isinstance(value, list):
            return None
        return [part for each in value[:at_most] if (part := read(each)) is not None] or None

    return read_all


USER = Shape(
    needed={"id": integer},
    wanted={
        "is_bot": flag,
        "first_name": text,
        "last_name": text,
        "username": text,
        "language_code": text,
    },
    supplied={"is_bot": False, "first_name": ""},
)
_CHAT = Shape(
    needed={"id": integer},
    wanted={"type": text, "title": text, "username": text, "first_name": text},
)
ENTITY = Shape(
    needed={"type": text, "offset": integer, "length": integer},
    wanted={"url": text, "user": USER, "language": text, "custom_emoji_id": text},
)
_SENT = {"file_id": text, "file_unique_id": text}
_ABOUT = {"file_name": text, "mime_type": text}
_SIZED = {"width": 0, "height": 0}
PHOTO = Shape(_SENT, {"width": integer, "height": integer}, _SIZED)
VOICE = Shape(_SENT, {"duration": integer}, {"duration": 0})
DOCUMENT = Shape(_SENT, _ABOUT)
VIDEO = Shape(_SENT, {**_ABOUT, "duration": integer}, {**_SIZED, "duration": 0})
VIDEO_NOTE = Shape(_SENT, {"duration": integer}, {"length": 0, "duration": 0})
ANIMATION = Shape(_SENT, _ABOUT, {**_SIZED, "duration": 0})
AUDIO = Shape(_SENT, {**_ABOUT, "duration": integer}, {"duration": 0})
STICKER = Shape(
    _SENT,
    {"emoji": text},
    {**_SIZED, "type": "regular", "is_animated": False, "is_video": False},
)
LOCATION = Shape({"latitude": degrees(90), "longitude": degrees(180)}, {"live_period": integer})
CONTACT = Shape(
    {"phone_number": text}, {"first_name": text, "user_id": integer}, {"first_name": ""}
)
BUTTON = Shape(
    {"text": text},
    {
        "callback_data": text,
        "url": text,
        "style": text,
        "copy_text": Shape({"text": text}),
        "switch_inline_query": text,
        "switch_inline_query_current_chat": text,
    },
)
KEYBOARD = Shape({"inline_keyboard": many(many(BUTTON, 8), 100)})


def chat(value: Any) -> Json | None:
    """Return a chat; one whose kind is not said is known by its number."""
    found = _CHAT(value)
    if found is not None:
        found.setdefault("type", "private" if found["id"] > 0 else "group")
    return found


CONTENT: Mapping[str, Read] = {
    "text": text,
    "caption": text,
    "entities": many(ENTITY, 500),
    "caption_entities": many(ENTITY, 500),
    "photo": many(PHOTO, 20),
    "voice": VOICE,
    "document": DOCUMENT,
    "video": VIDEO,
    "video_note": VIDEO_NOTE,
    "animation": ANIMATION,
    "audio": AUDIO,
    "sticker": STICKER,
    "location": LOCATION,
    "contact": CONTACT,
}
"""Everything that a message can be about and that we can use; any other content is answered with
what can be used."""

"""What answers are made of, and how they are kept as JSON until the form is sent.

An answer is one of: the value of a choice (str, int, bool), a list of such values (several
choices), str (written text), int (a number), `datetime.date`, `datetime.time`, or one of the
dataclasses below. None stands for a question that was skipped.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

TAG = "~"
"""The key that marks a kept value that is more than plain JSON."""


class DamagedError(ValueError):
    """What was kept cannot be read: cut, of a wrong type, or of another time's shape."""


@dataclass(frozen=True)
class Photo:
    """A photo as Telegram keeps it; `caption` is what was written under it, or ''."""

    file_id: str
    unique_id: str
    caption: str = ""


@dataclass(frozen=True)
class Voice:
    """A voice message as Telegram keeps it, and its length in seconds."""

    file_id: str
    unique_id: str
    seconds: int


class FileKind(StrEnum):
    """What Telegram calls a file: it is sent on as what it came as."""

    DOCUMENT = "document"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"


@dataclass(frozen=True)
class File:
    """A document or video as Telegram keeps it; what was written under it and its name, or ''."""

    kind: FileKind
    file_id: str
    unique_id: str
    caption: str = ""
    name: str = ""


@dataclass(frozen=True)
class Spot:
    """A point on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Story:
    """What was told in several messages: their words, and all that was sent, in order."""

    words: str = ""
    sent: "tuple[Photo | File | Voice | Spot, ...]" = ()


@dataclass(frozen=True)
class Letter:
    """One whole message, an album being one: its words with their formatting, what came along."""

    words: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    """Telegram's MessageEntity of each, offsets in UTF-16 units of `words`."""
    pieces: tuple[tuple[str, str], ...] = ()
    """('photo', 'video', 'document' or 'voice'; Telegram's file id) of each, in order."""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Phone:
    """A telephone number: digits with an optional leading +; `own` if Telegram vouches for it."""

    number: str
    own: bool = False


@dataclass(frozen=True)
class Acquaintance:
    """Somebody whom a person knows: as they call them, the number ('' while unsaid), the account
    of Telegram's where the contact names one."""

    name: str
    number: str = ""
    account: int | None = None


@dataclass(frozen=True)
class Sealed:
    """A personal answer that nobody has opened, as URL-safe base64."""

    text: str


@dataclass(frozen=True)
class Moment:
    """An instant (aware, UTC). Without `has_time` only its local day was named."""

    at: datetime
    has_time: bool = True


def _file(kind: str, **kept: str) -> File:
    return File(FileKind(kind), **kept)


def _moment(at: str, has_time: bool) -> Moment:
    return Moment(datetime.fromisoformat(at), has_time)


def _letter(entities: list[dict[str, Any]], pieces: list[list[str]], **kept: Any) -> Letter:
    sent = tuple((str(kind), str(file_id)) for kind, file_id in pieces)
    return Letter(entities=tuple(dict(each) for each in entities), pieces=sent, **kept)


def _story(words: str, sent: list[Any]) -> Story:
    return Story(str(words), tuple(decode(one) for one in sent))


_READ: dict[str, Callable[..., Any]] = {
    "photo": Photo,
    "file": _file,
    "voice": Voice,
    "spot": Spot,
    "letter": _letter,
    "story": _story,
    "phone": Phone,
    "acquaintance": Acquaintance,
    "sealed": Sealed,
    "moment": _moment,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
_TAGS: dict[type, str] = {
    Photo: "photo",
    File: "file",
    Voice: "voice",
    Spot: "spot",
    Letter: "letter",
    Story: "story",
    Phone: "phone",
    Acquaintance: "acquaintance",
    Sealed: "sealed",
}


Sent = Photo | File | Voice
"""What is sent along, by Telegram's file id."""


def encode(value: Any) -> Any:
    """Return a value as JSON-able data; TypeError for what no answer may be."""
    match value:
        case None | str() | int() | float():
            return value
        case list() | tuple():
            return [encode(item) for item in value]
        case Moment():
            return {TAG: "moment", "at": value.at.isoformat(), "has_time": value.has_time}
        case datetime():
            raise TypeError("an instant is kept as a Moment")
        case date():
            return {TAG: "date", "is": value.isoformat()}
        case time():
            return {TAG: "time", "is": value.isoformat()}
        case _ if type(value) in _TAGS:
            return _tagged(value)
    raise TypeError(f"{type(value).__name__} cannot be an answer")


def _tagged(value: Any) -> dict[str, Any]:
    fields = asdict(value)
    if isinstance(value, Story):
        fields["sent"] = encode(value.sent)
    return {TAG: _TAGS[type(value)], **fields}


def decode(kept: Any) -> Any:
    """Read a value back; `DamagedError` for anything that `encode` would not have written."""
    if isinstance(kept, list):
        return [decode(item) for item in kept]
    if not isinstance(kept, dict):
        return kept
    fields = dict(kept)
    read = _READ.get(str(fields.pop(TAG, "")))
    if read is None:
        raise DamagedError("a kept value without a known tag")
    try:
        return read(fields["is"]) if "is" in fields else read(**fields)
    except (TypeError, ValueError, KeyError) as error:
        raise DamagedError(str(error)) from error

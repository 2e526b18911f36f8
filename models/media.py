"""What people send along: its kind, and where Telegram keeps it."""

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """What people send along."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    DOCUMENT = "document"
    LOCATION = "location"


@dataclass(frozen=True)
class Media:
    """Something sent along; a location has coordinates (degrees), all else a file id."""

    kind: MediaKind
    file_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None

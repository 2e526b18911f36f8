"""Files people and bots sent: their bytes, their ids, and the Bot API objects that show them."""

import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath

from sandbox.params import Upload
from sandbox.samples import image_size
from sandbox.wire import ApiError, Json, bad_request

MEGABYTE = 1024 * 1024
PHOTO_LIMIT = 10 * MEGABYTE  # Bot API, sendPhoto: at most 10 MB
DOWNLOAD_LIMIT = 20 * MEGABYTE  # Bot API, getFile: files of up to 20 MB
PHOTO_EDGES = (90, 320, 800, 1280)  # longest sides Telegram scales photos to, in pixels
FOLDERS = {
    "photo": "photos", "document": "documents", "voice": "voice", "video": "videos",
    "audio": "music", "animation": "animations", "sticker": "stickers",
}  # fmt: skip
MIME_TYPES = {
    "voice": "audio/ogg", "video": "video/mp4", "audio": "audio/mpeg",
    "animation": "video/mp4", "sticker": "image/webp",
}  # fmt: skip
MAGIC = (
    (b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"),
    (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"\x1aE\xdf\xa3", "video/webm"),
    (b"RIFF", "image/webp"),
)  # fmt: skip


@dataclass(slots=True, eq=False)
class StoredFile:
    """`shown` is the message's field of that kind: a list of PhotoSize, or one object."""

    kind: str
    content: bytes
    path: str
    shown: list[Json] | Json

    @property
    def media_type(self) -> str:
        """For a browser: the picture's or sound's own type, anything else as mere bytes."""
        for magic, media_type in MAGIC:
            if self.content.startswith(magic):
                return media_type
        return "application/octet-stream"

    def message_content(self) -> Json:
        """The fields a message with this file has. An animation is a document as well."""
        content: Json = {self.kind: self.shown}
        if self.kind == "animation":
            content["document"] = self.shown
        return content


class FileStore:
    """Ids are per bot, as at Telegram: a file_id works only for the bot that got it, while
    file_unique_id is the same for all. All sizes of a photo hold the original's bytes."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[int, str], StoredFile] = {}
        self._by_path: dict[tuple[int, str], StoredFile] = {}
        self._sizes: dict[str, tuple[str, int]] = {}
        self._count = 0
        # A bot's database outlives this store: an id from an earlier one must not name a new file.
        self._series = secrets.token_hex(4)

    def add(self, bot_id: int, kind: str, upload: Upload, attributes: Json) -> StoredFile:
        """Keep a file as a photo, document, voice, ...; 400 for what Telegram would refuse."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        self._count += 1
        suffix = PurePosixPath(upload.filename).suffix or {"photo": ".jpg"}.get(kind, "")
        path = f"{FOLDERS[kind]}/file_{self._count}{suffix}"
        if kind == "photo":
            shown: list[Json] | Json = self._photo_sizes(bot_id, upload.content)
        else:
            shown = {**self._ids(bot_id, kind, len(upload.content)), **_about(kind, upload)}
            shown |= attributes
        stored = StoredFile(kind, upload.content, path, shown)
        for item in shown if isinstance(shown, list) else [shown]:
            self._by_id[bot_id, item["file_id"]] = stored
        self._by_path[bot_id, path] = stored
        return stored

    def find(self, bot_id: int, file_id: str) -> StoredFile | None:
        """The file of that id, if this bot got it."""
        return self._by_id.get((bot_id, file_id))

    def describe(self, bot_id: int, file_id: str) -> Json:
        """The answer of getFile; 400 for an unknown id and for more than 20 MB."""
        stored = self.find(bot_id, file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        unique_id, _ = self._sizes[file_id]
        return {
            "file_id": file_id,
            "file_unique_id": unique_id,
            "file_size": len(stored.content),
            "file_path": stored.path,
        }

    def by_path(self, bot_id: int, path: str) -> StoredFile:
        """The file of the path getFile told this bot; 404 for any other."""
        stored = self._by_path.get((bot_id, path))
        if stored is None:
            raise ApiError(404, "Not Found")
        return stored

    def _ids(self, bot_id: int, kind: str, size: int, variant: str = "") -> Json:
        unique_id = f"AQAD{self._series}{self._count:06d}{kind[:2]}{variant}"
        file_id = f"AgACAgUAAxkB{bot_id:x}-{unique_id}"
        self._sizes[file_id] = (unique_id, size)
        return {"file_id": file_id, "file_unique_id": unique_id, "file_size": size}

    def _photo_sizes(self, bot_id: int, content: bytes) -> list[Json]:
        if len(content) > PHOTO_LIMIT:
            raise bad_request(
                f"file of size {len(content)} bytes is too big for a photo; "
                f"the maximum size is {PHOTO_LIMIT} bytes"
            )
        size = image_size(content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if not min(size) or width + height > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        longest = max(size)
        edges = [edge for edge in PHOTO_EDGES if edge < longest] + [min(longest, PHOTO_EDGES[-1])]
        return [
            self._ids(bot_id, "photo", len(content) * edge**2 // max(edges) ** 2, variant)
            | {"width": max(1, width * edge // longest), "height": max(1, height * edge // longest)}
            for variant, edge in zip("smxyw", dict.fromkeys(edges), strict=False)
        ]


def _about(kind: str, upload: Upload) -> Json:
    about: Json = {"mime_type": upload.mime_type or MIME_TYPES.get(kind, "")}
    if kind in ("document", "audio", "video", "animation"):
        about["file_name"] = upload.filename
    if kind == "document" and not about["mime_type"]:
        about["mime_type"] = "application/octet-stream"
    if kind in ("video", "animation"):
        about |= {"width": 640, "height": 360, "duration": 1}
    elif kind in ("voice", "audio"):
        about["duration"] = 1
    elif kind == "sticker":
        about |= {
            "type": "regular", "width": 512, "height": 512, "is_animated": False,
            "is_video": False,
        }  # fmt: skip
        del about["mime_type"]
    return about

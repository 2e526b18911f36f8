"""Messages with files: photo, document, voice, video, audio, animation, sticker, albums."""

import secrets

from sandbox import messages
from sandbox.files import StoredFile
from sandbox.formatted import message_caption
from sandbox.methods.registry import Query, method
from sandbox.methods.sending import deliver, reply_target
from sandbox.params import Params
from sandbox.wire import Json, bad_request

KINDS = ("photo", "document", "voice", "video", "audio", "animation", "sticker")
ATTRIBUTES = ("duration", "width", "height", "performer", "title", "emoji")
ALBUM_SIZES = range(2, 11)  # Bot API, sendMediaGroup: "must include 2-10 items"


def _register(kind: str) -> None:
    @method(f"send{kind.capitalize()}")
    def send(query: Query) -> Json:
        content = media_content(query, kind, kind, query.params.values)
        return deliver(query, content)


for _kind in KINDS:
    _register(_kind)


def media_content(query: Query, kind: str, source: str, values: Json) -> Json:
    """The file named by `values[source]` (a file_id, or an upload) and its caption."""
    content = _stored(query, kind, str(values.get(source) or ""), values).message_content()
    if kind != "sticker":
        content |= message_caption(values)
    for flag in ("has_spoiler", "show_caption_above_media"):
        if Params(values).flag(flag):
            content["has_media_spoiler" if flag == "has_spoiler" else flag] = True
    return content


@method("sendMediaGroup")
def send_media_group(query: Query) -> list[Json]:
    """2-10 photos and videos, or documents, or audios, as one album."""
    media = query.params.values.get("media")
    if not isinstance(media, list) or not media:
        raise bad_request("there are no messages to send")
    if len(media) > ALBUM_SIZES[-1]:
        raise bad_request("too many messages to send as an album")
    if len(media) < ALBUM_SIZES[0]:
        raise bad_request("media group must include 2-10 items")
    kinds = {str(item.get("type")) for item in media}
    if not (kinds <= {"photo", "video"} or kinds in ({"document"}, {"audio"})):
        raise bad_request("can't use the media of the specified type in the album")
    contents = [media_content(query, str(item["type"]), "media", item) for item in media]
    chat = query.open_chat()
    reply_to = reply_target(query, chat)
    group_id = str(secrets.randbits(60))
    sent: list[Json] = []
    for content in contents:
        content["media_group_id"] = group_id
        message = messages.compose(query.world, chat, query.bot.user, content, reply_to)
        messages.store(query.world, chat, message)
        sent.append(message)
    return sent


@method("getFile")
def get_file(query: Query) -> Json:
    """Where to download a file of up to 20 MB."""
    return query.world.files.describe(query.bot.id, query.params.text("file_id"))


def _stored(query: Query, kind: str, source: str, values: Json) -> StoredFile:
    files = query.world.files
    if source.startswith("attach://"):
        upload = query.params.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        return files.add(query.bot.id, kind, upload, _attributes(kind, values))
    if not source:
        raise bad_request(f"there is no {kind} in the request")
    if source.lower().startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the sandbox fetches nothing
    stored = files.find(query.bot.id, source)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request("type of file mismatch")
    return stored


def _attributes(kind: str, values: Json) -> Json:
    """What the sender says of the file, as far as messages of this kind show it."""
    if kind in ("photo", "document"):
        return {}
    given: Json = {}
    for name in ATTRIBUTES:
        value = values.get(name)
        if value not in (None, ""):
            numeric = name in ("duration", "width", "height")
            given[name] = int(str(value)) if numeric else str(value)
    return given

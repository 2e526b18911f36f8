"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import json
import re
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from sandbox.bots import Bot
from sandbox.connections import Connections
from sandbox.dispatch import AnswerDroppedError, find_method, perform
from sandbox.methods import (
    callbacks,
    chat,
    commands,
    editing,
    games,
    media,
    profile,
    text,
    updating,
)
from sandbox.params import Params, Upload
from sandbox.wire import ApiError, bad_request, encode
from sandbox.world import World

FAMILIES = (callbacks, chat, commands, editing, games, media, profile, text, updating)
"""Imported so that their methods are registered."""
CALL = re.compile(r"/bot([^/]+)/([A-Za-z0-9_]+)/?")
FILE = re.compile(r"/file/bot([^/]+)/(.+)")
TOKEN = re.compile(r"[1-9]\d*:[A-Za-z0-9_-]{1,80}")
FORM = b"application/x-www-form-urlencoded"
UPLOAD_LIMIT = 50 * 1024 * 1024  # Bot API, "Sending files": 50 MB
MAX_FIELDS = 1_000


async def answer_call(
    world: World, connections: Connections, scope: Scope, receive: Receive, send: Send
) -> None:
    """One Bot API request, from ASGI to ASGI."""
    try:
        token, wanted = _path_parts(CALL, scope)
        bot = _bot(world, token)
        name, function = find_method(wanted)
        params = await read_params(scope, receive)
        status, body = await perform(world, bot, name, function, params)
    except ApiError as error:
        status, body = error.code, encode(error.body())
    except AnswerDroppedError:
        await connections.cut(scope, receive)
        return
    await respond(send, status, body)


async def answer_download(world: World, scope: Scope, send: Send) -> None:
    """A file that getFile told the path of."""
    try:
        token, path = _path_parts(FILE, scope)
        bot = _bot(world, token)
        stored = world.files.by_path(bot.id, path)
    except ApiError as error:
        await respond(send, error.code, encode(error.body()))
        return
    await respond(send, 200, stored.content, b"application/octet-stream")


def _path_parts(pattern: re.Pattern[str], scope: Scope) -> tuple[str, str]:
    match = pattern.fullmatch(scope["path"])
    if match is None:
        raise ApiError(404, "Not Found")
    return match.group(1), match.group(2)


def _bot(world: World, token: str) -> Bot:
    """401 for a token nobody has, 404 for what cannot be one, as api.telegram.org answers."""
    bot = world.bots.get(token)
    if bot is not None:
        return bot
    raise ApiError(401, "Unauthorized") if TOKEN.fullmatch(token) else ApiError(404, "Not Found")


async def respond(
    send: Send, status: int, body: bytes, content_type: bytes = b"application/json"
) -> None:
    """A whole answer."""
    headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read_params(scope: Scope, receive: Receive) -> Params:
    """Parameters from the query string and from a JSON, urlencoded or multipart body."""
    query: bytes = scope["query_string"]
    values: dict[str, object] = (
        dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    )
    kind = next((value for key, value in scope["headers"] if key == b"content-type"), b"")
    if kind.startswith(b"multipart/"):
        return await _read_multipart(values, Request(scope, receive))
    body = await _read_body(receive)
    if kind.startswith(b"application/json") and body:
        values.update(_json_object(body))
    elif kind.startswith(FORM):
        values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Params(values)


async def _read_body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
    return body


def _json_object(body: bytes) -> dict[str, object]:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("expected a JSON object")
    return value


async def _read_multipart(values: dict[str, object], request: Request) -> Params:
    files: dict[str, Upload] = {}
    try:
        async with request.form(
            max_files=MAX_FIELDS, max_fields=MAX_FIELDS, max_part_size=UPLOAD_LIMIT
        ) as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    values[name] = value
                else:
                    files[name] = await _upload(name, value)
    except MultiPartException as error:
        raise bad_request(f"can't parse the multipart body: {error.message}") from None
    for name in files:
        values.setdefault(name, f"attach://{name}")
    return Params(values, files)


async def _upload(name: str, part: UploadFile) -> Upload:
    content = await part.read()
    if len(content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    return Upload(part.filename or name, content, part.content_type or "")

"""The Bot API over HTTP: `/bot<token>/<method>`."""

import inspect
import json
import re
import time
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from sandbox import methods as _families
from sandbox.calls import Call
from sandbox.methods.registry import METHODS, Query
from sandbox.params import Params, Upload
from sandbox.wire import ApiError, Encoded, bad_request, encode
from sandbox.world import World

assert _families  # importing the families fills METHODS
PATH = re.compile(r"/bot([^/]+)/([A-Za-z0-9_]+)/?")
FORM = b"application/x-www-form-urlencoded"


async def answer_call(world: World, scope: Scope, receive: Receive, send: Send) -> None:
    """One Bot API request, from ASGI to ASGI."""
    try:
        match = PATH.fullmatch(scope["path"])
        bot = world.bots.get(match.group(1)) if match else None
        if match is None:
            raise ApiError(404, "Not Found")
        if bot is None:
            raise ApiError(401, "Unauthorized")
        found = METHODS.get(match.group(2).lower())
        if found is None:
            raise ApiError(404, "Not Found: method not found")
        name, function = found
        query = Query(world, bot, await read_params(scope, receive))
    except ApiError as error:
        await respond(send, error.code, encode(error.body()))
        return
    call = Call(
        world.calls.next_number(), bot.id, name, query.params.values, None, True,
        world.clock.now(), time.monotonic(),
    )
    world.calls.append(call)
    try:
        outcome = function(query)
        result = await outcome if inspect.isawaitable(outcome) else outcome
        if isinstance(result, Encoded):
            call.result = result.summary
            body = b'{"ok":true,"result":' + result.payload + b"}"
        else:
            call.result = result
            body = encode({"ok": True, "result": result})
        await respond(send, 200, body)
    except ApiError as error:
        call.ok, call.result = False, error.body()
        await respond(send, error.code, encode(error.body()))


async def respond(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read_params(scope: Scope, receive: Receive) -> Params:
    """Parameters from the query string and from a JSON, urlencoded or multipart body."""
    values: dict[str, object] = dict(parse_qsl(scope["query_string"].decode(), True))
    kind = next((value for key, value in scope["headers"] if key == b"content-type"), b"")
    if kind.startswith(b"multipart/"):
        return await _read_multipart(values, Request(scope, receive))
    body = await _read_body(receive)
    if kind.startswith(b"application/json") and body:
        values.update(_json_object(body))
    elif kind.startswith(FORM):
        values.update(parse_qsl(body.decode("utf-8", "replace"), True))
    return Params(_decode_nested(values))


def _decode_nested(values: dict[str, object]) -> dict[str, object]:
    for name, value in values.items():
        if name == "reply_markup" and isinstance(value, str) and value:
            values[name] = json.loads(value)
    return values


async def _read_body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
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
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                values[name] = value
            else:
                content = await value.read()
                files[name] = Upload(value.filename or name, content, value.content_type or "")
    for name in files:
        values.setdefault(name, f"attach://{name}")
    return Params(_decode_nested(values), files)

"""HTTP/1.1 with keep-alive over raw asyncio: no more than what the clients here send."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
JSON_TYPE = re.compile(rb"\r\ncontent-type:\s*application/json", re.IGNORECASE)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """A request read whole."""

    path: str
    body: bytes
    is_json: bool


Answer = Callable[[bytes], None]
"""Sends the body of an answer, at once or later."""

Take = Callable[[Request, Answer], None]

Forget = Callable[[Answer], None]
"""Told that an answer can no longer be sent."""


class Connection(asyncio.Protocol):
    """One client's connection: reads requests, hands each on with the way to answer it."""

    def __init__(self, take: Take, forget: Forget) -> None:
        self._take = take
        self._forget = forget
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._forget(self._answer)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._next()) is not None:
            self._take(request, self._answer)

    def _next(self) -> Request | None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._buffer[:end]
        found = LENGTH.search(head)
        whole = end + 4 + (int(found[1]) if found else 0)
        if len(self._buffer) < whole:
            return None
        body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
        path = head.split(b" ", 2)[1].decode()
        return Request(path, body, JSON_TYPE.search(head) is not None)

    def _answer(self, body: bytes) -> None:
        if self._transport is not None:
            self._transport.write(HEAD % len(body) + body)

"""Something that answers in Telegram's place, byte for byte as a test wants it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

Answers = Callable[[str, int], bytes]
"""From a method and how often it has been called before: the raw answer; b"" breaks off."""


def http(status: int, body: str | bytes, content_type: str = "application/json") -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(raw)}"
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + raw


def said(status: int, **answer: Any) -> bytes:
    return http(status, json.dumps({"ok": False, "error_code": status, **answer}))


def result(found: Any) -> bytes:
    return http(200, json.dumps({"ok": True, "result": found}))


HTML = "<html><body>Bad Gateway</body></html>"

BAD_ANSWERS = {
    "500": said(500, description="Internal Server Error"),
    "502 in HTML": http(502, HTML, "text/html"),
    "429": said(429, description="Too Many Requests", parameters={"retry_after": 0}),
    "429 in HTML": http(429, HTML, "text/html"),
    "409": said(409, description="Conflict: terminated by other"),
    "403 in HTML": http(403, HTML, "text/html"),
    "404 in HTML": http(404, HTML, "text/html"),
    "truncated": http(200, '{"ok": true, "resu'),
    "cut off": http(200, '{"ok": true, "result": true}')[:-5],
    "200 in HTML": http(200, HTML, "text/html"),
    "200 of bytes": http(200, b"\xff\xfe\x00"),
    "200 of nothing": http(200, ""),
    "200 that is a list": http(200, "[]"),
    "200 and null": http(200, "null"),
    "200 too deep": http(200, "[" * 100_000),
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "reset": b"",
}
"""What comes instead of an answer of the Bot API, or in which it says: not now."""


class Gateway:
    """The calls that came, by method."""

    def __init__(self, answers: Answers) -> None:
        self.calls: list[str] = []
        self._answers = answers

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = [line for line in head.splitlines() if line.lower().startswith("content-le")]
            if length:
                await reader.readexactly(int(length[0].partition(":")[2]))
            method = head.split()[1].rpartition("/")[2]
            before = self.calls.count(method)
            self.calls.append(method)
            writer.write(self._answers(method, before))
            await writer.drain()
        writer.close()


@asynccontextmanager
async def gateway(answers: Answers) -> AsyncIterator[tuple[str, Gateway]]:
    """Serve; the address and the calls."""
    found = Gateway(answers)
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", found
    finally:
        server.close()

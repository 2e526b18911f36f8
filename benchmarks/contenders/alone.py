"""python-telegram-bot alone sends as fast as it can, so many at once; prints the seconds."""

import argparse
import asyncio
import time
from collections.abc import Iterator
from typing import Any

import aiohttp
import telegram
import uvloop
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from benchmarks.contenders import FIRST_READER, PUSH_TEXT, TOKEN
from bot.request import AiohttpRequest


class SessionRequest(BaseRequest):
    """The library's request interface on aiohttp as its manual has it: a session, JSON."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return 30.0

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._at_once),
                timeout=aiohttp.ClientTimeout(total=self.read_timeout, sock_connect=10.0),
                headers={"Content-Type": "application/json"},
            )

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Send one request; return status and body."""
        assert self._session is not None
        body = request_data.json_payload if request_data is not None else b"{}"
        async with self._session.request(method, url, data=body) as response:
            return response.status, await response.read()


def request(kind: str, at_once: int) -> BaseRequest:
    """Return the library's own request on httpx, one on aiohttp's session, or ours."""
    if kind == "httpx":
        return HTTPXRequest(connection_pool_size=at_once)
    return SessionRequest(at_once) if kind == "session" else AiohttpRequest()


async def run(options: argparse.Namespace) -> None:
    """Send all messages and tell how long it took."""
    sending = request(options.request, options.at_once)
    bot = telegram.Bot(
        TOKEN, f"{options.api}/bot", request=sending, get_updates_request=AiohttpRequest()
    )
    async with bot:
        readers = iter(range(FIRST_READER, FIRST_READER + options.messages))
        started = time.perf_counter()
        await asyncio.gather(*(_send(bot, readers) for _ in range(options.at_once)))
        print(time.perf_counter() - started)


async def _send(bot: telegram.Bot, readers: Iterator[int]) -> None:
    for reader in readers:
        await bot.send_message(reader, PUSH_TEXT)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--request", choices=("httpx", "session", "ours"), required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--at-once", type=int, required=True)
    uvloop.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()

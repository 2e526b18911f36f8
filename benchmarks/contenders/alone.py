"""python-telegram-bot alone sends as fast as it can, so many at once; prints the seconds."""

import argparse
import asyncio
import time
from collections.abc import Iterator

import telegram
import uvloop
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.contenders import FIRST_READER, PUSH_TEXT, TOKEN
from bot.request import AiohttpRequest


def request(kind: str, at_once: int) -> BaseRequest:
    """Give the library's own request on httpx, or ours on aiohttp."""
    if kind == "httpx":
        return HTTPXRequest(connection_pool_size=at_once)
    return AiohttpRequest()


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
    parser.add_argument("--request", choices=("httpx", "aiohttp"), required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--at-once", type=int, required=True)
    uvloop.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()

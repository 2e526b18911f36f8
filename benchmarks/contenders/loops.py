"""The two broadcasts everybody writes, on aiogram; prints how many it thinks were sent.

`--way sequential` is the broadcaster of aiogram's own examples: one after another, a twentieth of
a second between two, a flood wait slept through and tried again. `--way gather` gives the same
`send` for everybody to `asyncio.gather`. Neither keeps anything: started again, it begins again.
"""

import argparse
import asyncio

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter

from benchmarks.contenders import FIRST_READER, PUSH_TEXT
from benchmarks.contenders.bare import open_bot

PAUSE_SECONDS = 0.05


async def send(bot: Bot, reader: int) -> bool:
    """Send to one reader; tell whether it went well."""
    try:
        await bot.send_message(reader, PUSH_TEXT)
    except TelegramRetryAfter as flood:
        await asyncio.sleep(flood.retry_after)
        return await send(bot, reader)
    except TelegramAPIError:
        return False
    return True


async def sequential(bot: Bot, readers: range) -> int:
    sent = 0
    for reader in readers:
        sent += await send(bot, reader)
        await asyncio.sleep(PAUSE_SECONDS)
    return sent


async def gather(bot: Bot, readers: range) -> int:
    return sum(await asyncio.gather(*(send(bot, reader) for reader in readers)))


WAYS = {"sequential": sequential, "gather": gather}


async def run(options: argparse.Namespace) -> None:
    """Send to all readers once."""
    bot = open_bot(options.api)
    print(await WAYS[options.way](bot, range(FIRST_READER, FIRST_READER + options.people)))
    await bot.session.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--way", choices=tuple(WAYS), required=True)
    parser.add_argument("--people", type=int, required=True)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()

"""aiogram as it comes: an echo bot with default polling, nothing stored.

With `--pushes` it broadcasts as well, the usual way: a loop that sleeps 1/30 s between messages.
"""

import argparse
import asyncio
from functools import partial

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.contenders import FIRST_READER, PUSH_TEXT, TOKEN

PER_SECOND = 30

_tasks: set[asyncio.Task[None]] = set()


def open_bot(api: str) -> Bot:
    """Make aiogram's bot on a Bot API server."""
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def broadcast(pushes: int, bot: Bot) -> None:
    """Send to one reader after another."""
    for number in range(pushes):
        await bot.send_message(FIRST_READER + number, PUSH_TEXT)
        await asyncio.sleep(1 / PER_SECOND)


async def start_broadcast(pushes: int, bot: Bot) -> None:
    """Let the broadcast run beside polling."""
    _tasks.add(asyncio.create_task(broadcast(pushes, bot)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--pushes", type=int, default=0)
    options = parser.parse_args()
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    if options.pushes:
        dispatcher.startup.register(partial(start_broadcast, options.pushes))
    dispatcher.run_polling(open_bot(options.api))


if __name__ == "__main__":
    main()

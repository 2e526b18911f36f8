"""Linli by polling with every promise kept: its turn, outbox, sender and ticker.

`--rooms echo` answers by a small router that keeps one state, to be comparable; `--rooms all` has
the bot's own rooms. Without `--paced` nothing holds messages back. With `--webhook` it is one of
many workers, on that port; those with `--founded` find the tables made.
"""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import argparse
import asyncio

import uvloop
from aiogram import Dispatcher, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from benchmarks.contenders import town
from benchmarks.server.crowd import FIRST_PERSON
from bot.app import House, open_house, working
from bot.logs import set_up
from bot.pacer import Limits
from bot.serve import stop_on_signals, stopped_by
from bot.settings import LogFormat
from bot.storage import TurnStorage
from bot.webhook import webhook
from handlers.rooms import dispatcher
from models.database import transaction

POLL_SECONDS = 10


async def echo(message: Message, state: FSMContext) -> None:
    data = await state.get_data()
    await state.update_data(count=data.get("count", 0) + 1)
    await message.answer(message.text or "")


def echoing(storage: TurnStorage) -> Dispatcher:
    """Make a dispatcher with the echo alone."""
    router = Router()
    router.message.register(echo)
    made = Dispatcher(storage=storage)
    made.include_router(router)
    return made


async def run(options: argparse.Namespace) -> None:
    """Serve until told to stop."""
    stopping = stop_on_signals()
    if not options.founded:
        await town.found(options.database)
    settings = town.settings(options.api, options.database, **_by_webhook(options))
    limits = Limits() if options.paced else Limits(per_second=None)
    rooms = echoing if options.rooms == "echo" else dispatcher
    async with open_house(settings, town.by_day, limits, rooms) as house:
        async with transaction(house.sessions) as session:
            await town.settle(session, FIRST_PERSON, options.people)
            await town.queue_pushes(session, options.pushes)
        async with working(house):
            await (webhook if options.webhook else _poll)(house, stopping)


def _by_webhook(options: argparse.Namespace) -> dict[str, object]:
    if not options.webhook:
        return {}
    port = options.webhook
    told = {"webhook_url": f"http://127.0.0.1:{port}", "webhook_secret": "bench"}
    return {**told, "webhook_port": port, "encryption_key": options.key}


async def _poll(house: House, stopping: asyncio.Event) -> None:
    poller = house.poller(POLL_SECONDS)
    async with stopped_by(stopping, poller):
        await poller.run()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--rooms", choices=("echo", "all"), default="echo")
    parser.add_argument("--people", type=int, default=0, help="registered before it starts")
    parser.add_argument("--pushes", type=int, default=0, help="queued before it starts")
    parser.add_argument("--webhook", type=int, help="the port of this worker")
    parser.add_argument("--key", help="the key that all workers have")
    parser.add_argument("--founded", action="store_true", help="another has made the tables")
    parser.add_argument("--paced", action="store_true", help="keep Telegram's limits")
    options = parser.parse_args()
    set_up(LogFormat.TEXT, "WARNING")
    uvloop.run(run(options))


if __name__ == "__main__":
    main()

"""Running by polling or by webhook, until told to stop."""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteWebhook

from bot.app import House, alone, open_house, working
from bot.greeting import acquainted
from bot.insisting import FIRST_WAIT, LONGEST_WAIT, insist, unless
from bot.opening import opened
from bot.plain import without_colours
from bot.receive import Poller, RefusedError
from bot.settings import Settings, SettingsError
from models.migrate import migrate
from models.opening import comes_back

log = structlog.get_logger(__name__)


async def run(settings: Settings, stopping: asyncio.Event) -> None:
    """Run against Telegram (or whatever `telegram_api_url` names) until told to stop."""
    async with opened(settings):
        pass  # a wrong setting is named as one, before a lock is looked for beside it
    async with alone(settings, stopping):  # nobody finds the file migrated under their hands
        if not await once_there(settings, stopping):
            return
        async with (
            open_house(settings, holds_floods=True) as house,
            operated(house, stopping),
            acquainted(house),
            working(house),
        ):
            if settings.webhook_url:
                from bot.webhook import webhook  # noqa: PLC0415 - who polls needs no web server

                await webhook(house, stopping)
            else:
                await polling(house, stopping)


@asynccontextmanager
async def operated(house: House, stopping: asyncio.Event) -> AsyncIterator[None]:
    """Open the operator's port inside, where one is set; it answers until all else has ended."""
    port = house.settings.operate_port
    if port is None:
        yield
        return
    from bot.operate import operating  # noqa: PLC0415 - without the port no web server is needed

    async with operating(house, port, stopping):
        yield


async def once_there(settings: Settings, stopping: asyncio.Event) -> bool:
    """Migrate the database as soon as it is there; False where we were stopped before.

    After a power cut the bot may be up before its database. SettingsError for one set wrong.
    """
    wait = FIRST_WAIT
    while not stopping.is_set():
        try:
            await bring_up_to_date(settings)
        except SettingsError as error:
            if not comes_back(settings.database_url.get_secret_value(), error.__cause__):
                raise
            log.warning("the database is awaited", told=str(error), again_in=wait)
        else:
            return True
        await unless(stopping, asyncio.sleep(wait))
        wait = min(2 * wait, LONGEST_WAIT)
    return False


async def bring_up_to_date(settings: Settings) -> None:
    """Migrate the database; SettingsError where it cannot be opened."""
    async with opened(settings) as engine:
        with without_colours():  # mako looks for them, which Alembic loads
            await migrate(engine)


async def polling(house: House, stopping: asyncio.Event) -> None:
    """Receive by polling."""
    with suppress(TelegramBadRequest):  # then the polling says what is wrong
        await unless(stopping, insist(house.bot, DeleteWebhook(drop_pending_updates=False)))
    poller = house.poller()
    async with stopped_by(stopping, poller):
        try:
            await poller.run()
        except RefusedError as error:
            raise SettingsError(str(error)) from error


@asynccontextmanager
async def stopped_by(stopping: asyncio.Event, poller: Poller) -> AsyncIterator[None]:
    """Pass the wish to stop on to the poller."""

    async def pass_on() -> None:
        await stopping.wait()
        poller.stop()

    task = asyncio.create_task(pass_on())
    try:
        yield
    finally:
        task.cancel()


def stop_on_signals() -> asyncio.Event:
    """Return an event that the usual signals set."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    return stopping

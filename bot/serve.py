"""Running by polling or by webhook, until told to stop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from urllib.parse import urlsplit

import structlog
import uvicorn
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import DeleteWebhook, SetWebhook
from starlette.applications import Starlette

from bot.app import House, open_house, working
from bot.greeting import acquainted
from bot.receive import ALLOWED_UPDATES, Poller, RefusedError
from bot.settings import Settings, SettingsError
from bot.webhook import PATH, webhook_app
from models.database import open_engine
from models.migrate import migrate

log = structlog.get_logger(__name__)

TELL_AGAIN_SECONDS = 10.0


async def run(settings: Settings, stopping: asyncio.Event) -> None:
    """Run against Telegram (or whatever `telegram_api_url` names) until told to stop."""
    await bring_up_to_date(settings)
    async with open_house(settings) as house, acquainted(house), working(house):
        receive = webhook if settings.webhook_url else polling
        await receive(house, stopping)


async def bring_up_to_date(settings: Settings) -> None:
    """Migrate the database."""
    engine = open_engine(settings.database_url.get_secret_value())
    try:
        await migrate(engine)
    finally:
        await engine.dispose()


async def polling(house: House, stopping: asyncio.Event) -> None:
    """Receive by polling."""
    try:
        await house.bot(DeleteWebhook(drop_pending_updates=False))
    except TelegramNetworkError:
        log.warning("Telegram unreachable; polling tries on")
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


async def webhook(house: House, stopping: asyncio.Event) -> None:
    """Receive by webhook on our own port; Telegram is told the address and the secret."""
    settings = house.settings
    assert settings.webhook_url and settings.webhook_secret  # noqa: S101, PT018 - settings said so
    secret = settings.webhook_secret.get_secret_value()
    path = urlsplit(settings.webhook_url).path.rstrip("/")
    url = settings.webhook_url if path else settings.webhook_url + PATH
    app = webhook_app(house.turn, secret, path or PATH)
    async with serving(app, settings.webhook_host, settings.webhook_port):
        call = SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        await until_told(house, call, stopping)
        await stopping.wait()


async def until_told(house: House, call: SetWebhook, stopping: asyncio.Event) -> None:
    """Tell Telegram our address, as often as it takes while it cannot be reached."""
    while not stopping.is_set():
        try:
            await house.bot(call)
        except TelegramBadRequest as error:
            raise SettingsError(f"WEBHOOK_URL: Telegram refuses it: {error.message}") from error
        except (TelegramNetworkError, TelegramServerError):
            log.warning("Telegram unreachable; the webhook is set as soon as it answers")
            with suppress(TimeoutError):
                async with asyncio.timeout(TELL_AGAIN_SECONDS):
                    await stopping.wait()
        else:
            return


class Server(uvicorn.Server):
    """uvicorn without signal handlers: the process has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[None]:
    """Serve an application inside; calls in hand are finished at the end."""
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=5)
    server = Server(config)
    with listening(host, port) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield
        finally:
            server.should_exit = True
            await task


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Open a port; calls wait there until the server takes them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, so that asyncio lets small answers go at once
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"WEBHOOK_PORT: takes a free port of {host}, {port} cannot be opened"
            ) from error
        listener.listen(1024)
        yield listener


def stop_on_signals() -> asyncio.Event:
    """Give an event that the usual signals set."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    return stopping

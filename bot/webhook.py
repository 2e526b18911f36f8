"""Receiving by webhook: Telegram calls us; 200 is said only after the turn has committed."""

import asyncio
import hmac
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import structlog
import uvicorn
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import SetWebhook
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import House
from bot.receive import ALLOWED_UPDATES, read_json
from bot.settings import SettingsError
from bot.turn import PostponedError, Turn
from models.updates.rules import chat_of

log = structlog.get_logger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MOST_BYTES = 1_000_000
"""An update is a few kilobytes; nothing of Telegram's comes near a megabyte."""
TELL_AGAIN_SECONDS = 10.0


class ChatOrder:
    """Lets the calls of one chat pass one at a time, in the order they came."""

    def __init__(self) -> None:
        self._last: dict[int | None, asyncio.Future[None]] = {}

    async def through(self, chat: int | None, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Do the work once all earlier work of the chat has ended."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        before, self._last[chat] = self._last.get(chat), mine
        try:
            if before is not None:
                await asyncio.wait({before})
            return await work()
        finally:
            mine.set_result(None)
            if self._last.get(chat) is mine:
                del self._last[chat]


def webhook_app(turn: Turn, secret: str, path: str = PATH) -> Starlette:
    """Make the web application that Telegram calls; a call without the secret is refused."""
    order = ChatOrder()

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            log.warning("webhook called without the secret")
            return Response(status_code=403)
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return Response(status_code=413)
        try:
            raw = read_json((await request.body()).decode(errors="replace"))
        except (ValueError, RecursionError):
            log.warning("webhook called with something that is no update")
            return Response(status_code=400)
        except ClientDisconnect:
            return Response(status_code=400)
        return await _take(raw if isinstance(raw, dict) else {"raw": raw})

    async def _take(raw: dict[str, Any]) -> Response:
        try:
            await order.through(chat_of(raw), lambda: turn.handle(raw))
        except PostponedError:
            return Response(status_code=503, headers={"Retry-After": "5"})
        return Response(status_code=200)

    return Starlette(routes=[Route(path, receive, methods=["POST"])])


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

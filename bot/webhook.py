"""Receiving by webhook: Telegram calls us; 200 is said only after the turn has committed."""

import asyncio
import hmac
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetWebhookInfo, SetWebhook
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import House
from bot.hearing import Hearing
from bot.insisting import Unanswered, attempt, insist, unless
from bot.listening import Refusals, serving
from bot.receive import ALLOWED_UPDATES, read_json
from bot.settings import SettingsError
from bot.turn import PostponedError, Turn
from models.updates.rules import chat_of

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MOST_BYTES = 1_000_000
"""An update is a few kilobytes; nothing of Telegram's comes near a megabyte."""
ASKED_EVERY = 60.0
"""Seconds from one question whether something waits for us to the next."""


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


def webhook_app(
    turn: Turn,
    secret: str,
    path: str = PATH,
    refusals: Refusals | None = None,
    hearing: Hearing | None = None,
) -> Starlette:
    """Make the web application that Telegram calls; a call without the secret is refused."""
    calls = Calls(turn, secret, refusals or Refusals(), hearing)
    return Starlette(
        routes=[Route(path, calls.receive, methods=["POST"])],
        exception_handlers={HTTPException: calls.elsewhere},
    )


class Calls:
    """Takes Telegram's calls, and refuses those of others.

    With a refusal the connection ends: what the caller goes on sending is not read.
    """

    def __init__(
        self, turn: Turn, secret: str, refusals: Refusals, hearing: Hearing | None
    ) -> None:
        self._turn = turn
        self._hearing = hearing
        self._secret = secret.encode()
        self._refusals = refusals
        self._order = ChatOrder()

    async def receive(self, request: Request) -> Response:
        """Answer 200 once the update's turn has committed."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            return self._refuse(403, "without the secret")
        try:
            body = await bounded_body(request)
            if body is None:
                return self._refuse(413, "too large")
            raw = read_json(body.decode(errors="replace"))
        except (ValueError, RecursionError):
            return self._refuse(400, "no update")
        except ClientDisconnect:
            return self._refuse(400, "broken off")
        return await self._take(raw if isinstance(raw, dict) else {"raw": raw})

    async def elsewhere(self, _request: Request, error: Exception) -> Response:
        """Refuse another path or method."""
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
        return self._refuse(error.status_code, "not the webhook's address")

    async def _take(self, raw: dict[str, Any]) -> Response:
        if self._hearing is not None:
            await self._hearing.heard()
        try:
            await self._order.through(chat_of(raw), lambda: self._turn.handle(raw))
        except PostponedError:
            if self._hearing is not None:
                self._hearing.missed()
            return Response(status_code=503, headers={"Retry-After": "5"})
        return Response(status_code=200)

    def _refuse(self, code: int, reason: str) -> Response:
        self._refusals.note(reason)
        return Response(status_code=code, headers={"Connection": "close"})


async def bounded_body(request: Request) -> bytes | None:
    """Return the body; None, and no more of it read, where it is too large, named so or not."""
    named = request.headers.get("content-length", "")
    if named.isdecimal() and int(named[:20]) > MOST_BYTES:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


async def webhook(house: House, stopping: asyncio.Event) -> None:
    """Receive by webhook on our own port; Telegram is told the address and the secret."""
    settings = house.settings
    assert settings.webhook_url and settings.webhook_secret  # noqa: S101, PT018 - settings said so
    secret = settings.webhook_secret.get_secret_value()
    path = urlsplit(settings.webhook_url).path.rstrip("/")
    url = settings.webhook_url if path else settings.webhook_url + PATH
    refusals = Refusals()
    app = webhook_app(house.turn, secret, path or PATH, refusals, house.hearing)
    async with serving(app, settings.webhook_host, settings.webhook_port, refusals):
        call = SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        try:
            await unless(stopping, insist(house.bot, call))
        except TelegramBadRequest as error:
            raise SettingsError(f"WEBHOOK_URL: Telegram refuses it: {error.message}") from error
        house.figures.webhook_set = not stopping.is_set()
        await unless(stopping, ask_what_waits(house))


async def ask_what_waits(house: House) -> None:
    """Ask Telegram again and again whether something waits: nothing does where all was delivered.

    A call that comes tells as much of its own; between calls nobody else can tell an outage from
    a quiet night.
    """
    while True:
        if await nothing_waits(house):
            await house.hearing.heard()
        else:
            house.hearing.missed()
        await asyncio.sleep(ASKED_EVERY)


async def nothing_waits(house: House) -> bool:
    """Return whether Telegram says so; not where it is away, or will not say."""
    with suppress(SettingsError, TelegramBadRequest):
        found = await attempt(house.bot, GetWebhookInfo())
        return not isinstance(found, Unanswered) and not found.pending_update_count
    return False

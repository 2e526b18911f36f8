"""Receiving by webhook: Telegram calls us; 200 is said only after the turn has committed."""

import asyncio
import hmac
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.receive import read_json
from bot.turn import PostponedError, Turn
from models.updates.rules import chat_of

log = structlog.get_logger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MOST_BYTES = 1_000_000
"""An update is a few kilobytes; nothing of Telegram's comes near a megabyte."""


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
            raw = read_json((await request.body()).decode())
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

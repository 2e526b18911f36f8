"""Calls that a start needs: made until Telegram answers, with growing waits.

Telegram has hiccups, and gateways before it answer what they like: whatever comes that is no
answer of the Bot API, no answer at all, a server's error or a wait asked for, the call is made
again. A refused token ends it, and a refused call (400), which would be refused for ever.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.request import proxy_trouble
from bot.settings import SettingsError

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds between two tries; each wait is twice the one before."""

T = TypeVar("T")


async def insist(bot: Bot, call: TelegramMethod[T], first_wait: float | None = None) -> T:
    """Return what Telegram answers, however long that takes.

    SettingsError for a token that Telegram does not know, TelegramBadRequest for a refused call.
    """
    least = wait = FIRST_WAIT if first_wait is None else first_wait
    while True:
        found = await attempt(bot, call)
        if not isinstance(found, Unanswered):
            return found
        await asyncio.sleep(wait if found.seconds is None else max(found.seconds, least))
        wait = min(2 * wait, LONGEST_WAIT)


class Unanswered:
    """What came of a call that is to be made again, after `seconds` where Telegram named them."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds


async def attempt(bot: Bot, call: TelegramMethod[T]) -> T | Unanswered:
    """Make a call once; raises as `insist` does."""
    method = call.__api_method__
    try:
        return await bot(call)
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise SettingsError("BOT_TOKEN: Telegram does not know this token") from error
    except TelegramBadRequest:
        raise
    except TelegramRetryAfter as error:
        log.warning("Telegram asks to wait", method=method, seconds=error.retry_after)
        return Unanswered(float(error.retry_after))
    except trouble() as error:
        log.warning(
            "no answer of Telegram's; asked again", method=method, error=type(error).__name__
        )
        return Unanswered()


def trouble() -> tuple[type[Exception], ...]:
    """List what a call may raise when Telegram, or the way to it, does not do its part."""
    answers = TelegramAPIError, ClientDecodeError, ValueError, RecursionError
    return *answers, OSError, *proxy_trouble()


async def unless(stopping: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Return what the work gives; None as soon as we are stopped, which ends it."""
    working = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        for task in (working, stopped):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

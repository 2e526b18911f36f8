"""Getting acquainted: Telegram is asked who we are, as often as it takes, and told our commands.

Always outside a turn: a turn that asked would hold its transaction until Telegram answers.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.app import House
from bot.settings import SettingsError
from handlers.rooms import startup_calls

log = structlog.get_logger(__name__)

AGAIN_SECONDS = 10.0


@asynccontextmanager
async def acquainted(house: House, again_seconds: float = AGAIN_SECONDS) -> AsyncIterator[None]:
    """Ask at once, and in the background inside for as long as Telegram does not answer.

    SettingsError where Telegram does not know the token; found out later, the receiving says so.
    """
    if await introduce(house):
        yield
        return
    asking = asyncio.create_task(_ask_on(house, again_seconds))
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.wait({asking})


async def introduce(house: House) -> bool:
    """Learn our user name, which proves the token, and tell our commands; False: no answer yet."""
    try:
        me = await house.bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise SettingsError("BOT_TOKEN: Telegram does not know this token") from error
    except (TelegramAPIError, ClientDecodeError) as error:
        log.warning("Telegram does not say who we are; asked again", error=type(error).__name__)
        return False
    house.turn.bot_username = me.username
    log.info("at work", bot=me.username)
    for call in startup_calls():
        await _try(house.bot, call)
    return True


async def _ask_on(house: House, again_seconds: float) -> None:
    try:
        while True:
            await asyncio.sleep(again_seconds)
            if await introduce(house):
                return
    except SettingsError as error:
        log.error("not introduced", told=str(error))  # noqa: TRY400 - the sentence says it all


async def _try(bot: Bot, call: TelegramMethod[Any]) -> None:
    """Make a call that the bot can work without."""
    try:
        await bot(call)
    except (TelegramAPIError, ClientDecodeError) as error:
        log.warning("not announced", method=call.__api_method__, error=type(error).__name__)

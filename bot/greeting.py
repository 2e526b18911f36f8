"""Getting acquainted: Telegram is asked who we are, as often as it takes, and told our commands.

Always outside a turn: a turn that asked would hold its transaction until Telegram answers.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetMe, TelegramMethod

from bot.app import House
from bot.insisting import Unanswered, attempt, insist
from bot.settings import SettingsError
from handlers.people.profile import fillings
from handlers.rooms import startup_calls

log = structlog.get_logger(__name__)


@asynccontextmanager
async def acquainted(house: House, again_seconds: float | None = None) -> AsyncIterator[None]:
    """Make each call once, and in the background inside those that Telegram did not answer.

    Then, in the background as well, we describe ourselves where nobody has.

    SettingsError where Telegram does not know the token; found out later, the receiving says so.
    """
    left = await _ask_once(house)
    asking = asyncio.create_task(_ask_on(house, left, again_seconds))
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.wait({asking})


async def introduce(house: House) -> bool:
    """Learn our user name, which proves the token, and tell our commands; False: no answer yet."""
    return not await _ask_once(house)


async def _ask_once(house: House) -> list[TelegramMethod[Any]]:
    """Make each call of an introduction; return those that were not answered.

    Where Telegram does not say who we are, it is asked nothing else yet.
    """
    calls: list[TelegramMethod[Any]] = [GetMe(), *startup_calls()]
    for number, call in enumerate(calls):
        try:
            found = await attempt(house.bot, call)
        except TelegramBadRequest as error:
            _refused(call, error)
            continue
        if isinstance(found, Unanswered):
            return calls[number:]
        _learn(house, call, found)
    return []


async def _ask_on(
    house: House, calls: list[TelegramMethod[Any]], again_seconds: float | None
) -> None:
    try:
        for call in calls:
            try:
                _learn(house, call, await insist(house.bot, call, again_seconds))
            except TelegramBadRequest as error:
                _refused(call, error)
        await _fill_in(house)
    except SettingsError as error:
        log.error("not introduced", told=str(error))  # noqa: TRY400 - the sentence says it all


async def _fill_in(house: House) -> None:
    """Describe us where nobody has; what is not answered is left to the next start."""
    for one in fillings():
        try:
            found = await attempt(house.bot, one.ask)
            if getattr(found, one.field, None) == one.empty:
                await attempt(house.bot, one.fill)
        except TelegramBadRequest as error:
            _refused(one.fill, error)


def _learn(house: House, call: TelegramMethod[Any], found: Any) -> None:
    if isinstance(call, GetMe):
        house.bot.known_as(found)
        house.turn.bot_username = found.username
        log.info("at work", bot=found.username)


def _refused(call: TelegramMethod[Any], error: TelegramBadRequest) -> None:
    """Note that the bot works without what this call would have set."""
    log.warning("not announced", method=call.__api_method__, told=error.message)

"""All routers, in the order in which they are asked."""

from typing import Any

from aiogram import Dispatcher, Router
from aiogram.fsm.storage.base import BaseStorage
from aiogram.methods import TelegramMethod


def routers() -> list[Router]:
    """List the routers: who speaks first is listed first."""
    return []


def dispatcher(storage: BaseStorage) -> Dispatcher:
    """Put the routers into a fresh dispatcher over a storage of conversation states."""
    found = Dispatcher(storage=storage)
    found.include_routers(*routers())
    return found


def startup_calls() -> list[TelegramMethod[Any]]:
    """List what Telegram is told once at start: the commands that everybody sees."""
    return []

"""A bot that ends itself by SIGKILL at a named point; production code knows nothing of points."""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.types import CallbackQuery, Message

from bot import serve
from bot.app import open_house, working
from bot.deliver import Courier
from bot.pacer import Limits
from bot.receive import Poller
from bot.settings import Settings
from bot.storage import TurnStorage
from bot.turn import Turn
from bot.webhook import ChatOrder, webhook
from models.database import Session
from models.outbox import recording
from tests.bot.street import note

POINTS: dict[str, tuple[Any, str, bool]] = {
    "received, no turn yet": (Turn, "handle", False),
    "in the turn, nothing done": (Turn, "_work", False),
    "all done, not committed": (Turn, "_work", True),
    "committed, not acknowledged": (Turn, "_take", True),
    "taken for sending, not sent": (Courier, "carry", False),
    "sent, not recorded": (Courier, "carry", True),
    "recorded, not committed": (recording, "record", True),
}
"""Name -> (where, what is wrapped, whether the end comes after it)."""

WAYS = {"polling": serve.polling, "webhook": webhook}

LAST_POINT: dict[str, dict[str, tuple[Any, str, bool]]] = {
    "polling": {"a batch taken, not acknowledged": (Poller, "_take", True)},
    "webhook": {"a call taken, not answered": (ChatOrder, "through", True)},
}


def points(mode: str) -> list[str]:
    """List the points of a mode."""
    return [*POINTS, *LAST_POINT[mode]]


def live(order: dict[str, Any]) -> None:
    """Run a bot until its point is reached, or until SIGTERM."""
    write_to(order["log"])
    if order["point"]:
        point = {**POINTS, **LAST_POINT[order["mode"]]}[order["point"]]
        set_point(point, order["times"])
    asyncio.run(run(order["mode"], Settings(_env_file=None, **order["settings"])))


async def run(mode: str, settings: Settings) -> None:
    stopping = serve.stop_on_signals()
    limits = Limits(per_second=None)
    async with (
        open_house(settings, limits=limits, make_dispatcher=application) as house,
        working(house),
    ):
        await WAYS[mode](house, stopping)


def set_point(point: tuple[Any, str, bool], times: int) -> None:
    """End this process when a point has been reached so many times."""
    owner, attribute, after = point
    original: Callable[..., Awaitable[Any]] = getattr(owner, attribute)
    left = times

    def reached() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        if not after:
            reached()
        result = await original(*args, **kwargs)
        if after:
            reached()
        return result

    setattr(owner, attribute, wrapped)


def write_to(log_file: str) -> None:
    """Let what this process says go to a file."""
    with open(log_file, "a", buffering=1) as log:  # noqa: PTH123 - handed to dup2
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())


def application(storage: TurnStorage) -> Dispatcher:
    """Make an application that writes down every update and answers it."""
    router = Router()

    @router.message()
    async def heard(message: Message, session: Session) -> None:
        await note(session, message.text or "")
        await message.answer(message.text or "")

    @router.callback_query()
    async def tapped(callback: CallbackQuery, session: Session) -> None:
        await note(session, callback.data or "")
        assert isinstance(callback.message, Message)
        await callback.message.answer(callback.data or "")

    dispatcher = Dispatcher(storage=storage)
    dispatcher.include_router(router)
    return dispatcher

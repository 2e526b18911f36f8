"""The routers of asking for help and giving it."""

from aiogram import Router

from handlers.help import (
    alarm,
    asking,
    cards,
    coming,
    coming_notices,
    mine,
    notices,
    ringing,
    swap,
    tasks,
)

router = Router(name="help")
router.include_routers(
    alarm.router,
    ringing.router,
    asking.router,
    mine.router,
    cards.router,
    coming.router,
    swap.router,
    tasks.router,
)

__all__ = ["coming_notices", "notices", "router"]

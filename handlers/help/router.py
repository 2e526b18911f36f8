"""The routers of asking for help and giving it."""

from aiogram import Router

from handlers.help import (
    alarm,
    asking,
    cards,
    mine,
    notices,
    ringing,
    swap,
    tasks,
    visits,
)

router = Router(name="help")
router.include_routers(
    alarm.router,
    ringing.router,
    asking.router,
    mine.router,
    cards.router,
    visits.router,
    swap.router,
    tasks.router,
)

__all__ = ["notices", "router"]

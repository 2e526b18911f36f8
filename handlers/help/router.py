"""The routers of asking for help and giving it."""

from aiogram import Router

from handlers.help import asking, cards, coming, coming_notices, mine, notices, swap, tasks

router = Router(name="help")
router.include_routers(
    asking.router, mine.router, cards.router, coming.router, swap.router, tasks.router
)

__all__ = ["coming_notices", "notices", "router"]

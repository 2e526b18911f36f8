"""The routers of asking for help and giving it."""

from aiogram import Router

from handlers.help import asking, cards, mine, notices, tasks

router = Router(name="help")
router.include_routers(asking.router, mine.router, cards.router, tasks.router)

__all__ = ["notices", "router"]

"""Roll-calls: what people answer, leading one, whom staff have met."""

from aiogram import Router

from handlers.rollcalls import answering, leading, notices

__all__ = ["notices", "router"]

router = Router(name="rollcalls")
router.include_routers(answering.router, leading.router)

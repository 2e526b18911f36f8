"""All of meetings: calling them, answering, coming, looking after them, reading about them."""

from aiogram import Router

from handlers.meetings import calling, guests, notices, office, reading

__all__ = ["notices", "router"]

router = Router(name="meetings")
router.include_routers(reading.router, guests.router, office.router, calling.router)

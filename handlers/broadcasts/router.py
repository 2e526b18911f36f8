"""Broadcasts: writing, sending, reading, reporting."""

from aiogram import Router

from handlers.broadcasts import adding, composing, notices, reading, reporting, sending

__all__ = ["notices", "router"]

router = Router(name="broadcasts")
router.include_routers(
    composing.router, adding.router, sending.router, reading.router, reporting.router
)

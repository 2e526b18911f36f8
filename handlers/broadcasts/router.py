"""Broadcasts: writing, sending, reading, reporting."""

from aiogram import Router

from handlers.broadcasts import adding, composing, reading, reporting, sending

router = Router(name="broadcasts")
router.include_routers(
    composing.router, adding.router, sending.router, reading.router, reporting.router
)

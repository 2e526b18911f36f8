"""All of proposals: writing, reading, receiving, seconding, delivering, the yearly list."""

from aiogram import Router

from handlers.proposals import (
    changing,
    deciding,
    delivery,
    notices,
    reading,
    reception,
    settings,
    writing,
)

__all__ = ["notices", "router"]

router = Router(name="proposals")
router.include_routers(
    reading.router,
    writing.router,
    changing.router,
    reception.router,
    settings.router,
    deciding.router,
    delivery.router,
)

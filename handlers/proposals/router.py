"""All of proposals: writing, reading, receiving, seconding, delivering, the yearly list."""

from aiogram import Router

from handlers.proposals import (
    browse,
    changing,
    deciding,
    delivery,
    notices,
    reasons,
    reception,
    seconding,
    submit,
    terms,
    yearly,
)

__all__ = ["notices", "router"]

router = Router(name="proposals")
router.include_routers(
    browse.router,
    submit.router,
    changing.router,
    seconding.router,
    reception.router,
    reasons.router,
    terms.router,
    deciding.router,
    delivery.router,
    yearly.router,
)

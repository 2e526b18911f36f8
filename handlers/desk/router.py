"""The routers of the desk."""

from aiogram import Router

from handlers.desk import applicants, board, cases

router = Router(name="desk")
router.include_routers(board.router, cases.router, applicants.router)

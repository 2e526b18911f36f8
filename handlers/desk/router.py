"""The routers of the desk."""

from aiogram import Router

from handlers.desk import applicants, board, calls, cases, sheets

router = Router(name="desk")
router.include_routers(board.router, cases.router, calls.router, applicants.router, sheets.router)

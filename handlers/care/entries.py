"""What is entered on the first page of care beside its lists."""

from aiogram.types import InlineKeyboardButton

from handlers.care.callbacks import ToCareLedger, ToCareMonth, ToFestivals
from handlers.i18n import gettext as _
from handlers.screen import button


def keeper_rows() -> list[list[InlineKeyboardButton]]:
    """Make the rows for whoever has a desk."""
    return [[button(_("📊 The month"), ToCareMonth()), button(_("📒 Ledger"), ToCareLedger())]]


def visitor_rows(*, keeps: bool, visits: bool) -> list[list[InlineKeyboardButton]]:
    """Make the rows for whoever looks in on others, and for a desk."""
    return [[button(_("🎁 Festival visits"), ToFestivals())]] if keeps or visits else []

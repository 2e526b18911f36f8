"""What is entered on the first page of care beside its lists."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from handlers.care.callbacks import (
    AskingAct,
    OnAsking,
    ToCareLedger,
    ToCareMonth,
    ToFestivals,
    ToSurveys,
)
from handlers.i18n import gettext as _
from handlers.screen import button, clip
from models.names.views import Who


def keeper_rows() -> list[list[InlineKeyboardButton]]:
    """Make the rows for whoever has a desk."""
    return [
        [button(_("📊 The month"), ToCareMonth()), button(_("📒 Ledger"), ToCareLedger())],
        [button(_("📋 Survey of needs"), ToSurveys())],
    ]


def visitor_rows(*, keeps: bool, visits: bool) -> list[list[InlineKeyboardButton]]:
    """Make the rows for whoever looks in on others, and for a desk."""
    return [[button(_("🎁 Festival visits"), ToFestivals())]] if keeps or visits else []


def survey_rows(askings: Sequence[tuple[int, Who, bool]]) -> list[list[InlineKeyboardButton]]:
    """Make a row for the latest survey of somebody, and of each for whom they speak."""
    mine, theirs = _("📋 What was asked of you this year"), _("📋 Survey: {name}")
    return [
        [
            button(
                mine if own else clip(theirs.format(name=who.name), 40),
                OnAsking(act=AskingAct.OPEN, id=number),
            )
        ]
        for number, who, own in askings
    ]

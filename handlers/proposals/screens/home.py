"""The first screen of proposals, and what /p says about itself."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.i18n import gettext as _
from handlers.proposals.callbacks import (
    ListScope,
    OnList,
    OnReception,
    OnYear,
    ProposalsTo,
    ToProposals,
)
from handlers.proposals.screens.lists import SCOPES
from handlers.screen import Screen, button, inline
from handlers.text import place_name
from models.proposals.views import HomeCounts

IN_COUNTS = {
    ListScope.OPEN: "open",
    ListScope.GOING: "going",
    ListScope.OVER: "over",
    ListScope.MINE: "mine",
    ListScope.BACKED: "backed",
}


def home_screen(counts: HomeCounts, year: int, *, staff: bool) -> Screen:
    """Lead to writing one, to the lists, and staff to the reception."""
    title = _("💡 Proposals")
    if counts.where:
        title = f"{title} · {place_name(counts.where)}"
    text = _(
        "What could be better here? Write it down, and the office answers. What enough neighbours "
        "second is talked about, decided, and done."
    )
    rows = [
        [_to(_("✏️ Write a proposal"), ProposalsTo.WRITE)],
        [_list(ListScope.OPEN, counts)],
        [_list(ListScope.GOING, counts), _list(ListScope.OVER, counts)],
        [_to(_("🗂 By topic"), ProposalsTo.TOPICS), _to(_("📍 By place"), ProposalsTo.PLACES)],
        [_list(ListScope.MINE, counts), _list(ListScope.BACKED, counts)],
        [button(_("🏗 Done for residents this year"), OnYear(year=year))],
        [button(_("📨 Reception"), OnReception())] if staff else [],
    ]
    return Screen(text, title, inline(*rows))


def _list(scope: ListScope, counts: HomeCounts) -> InlineKeyboardButton:
    count = counts.counts.get(IN_COUNTS[scope], 0)
    label = _(SCOPES[scope])
    return button(f"{label} ({count})" if count else label, OnList(scope=scope))


def _to(label: str, to: ProposalsTo) -> InlineKeyboardButton:
    return button(label, ToProposals(to=to))


def by_number_screen() -> Screen:
    """Explain /p."""
    return Screen(
        _("Write the number behind it: /p 123 opens proposal 123. Or look around here:"),
        keyboard=_look_around(),
    )


def no_number_screen(number: int) -> Screen:
    """Say that there is no proposal of that number, and what to do."""
    said = _("In your community there is no proposal {number}. Look around here:")
    return Screen(said.format(number=number), keyboard=_look_around())


def look_around_screen(said: str) -> Screen:
    """Say something, with the way to all proposals."""
    return Screen(said, keyboard=_look_around())


def _look_around() -> InlineKeyboardMarkup:
    return inline([button(_("📋 All proposals"), ToProposals(to=ProposalsTo.HOME))])

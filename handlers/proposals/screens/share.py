"""A proposal to be shown to others: nothing of anybody is in it but what everybody may read."""

from datetime import datetime
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton

from handlers.i18n import gettext as _
from handlers.proposals import words
from handlers.proposals.screens.card import standing, title
from handlers.screen import Screen, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.proposals.rules.states import State
from models.proposals.views import ProposalView

WORDS_SHOWN = 300
"""Of what is wished this much goes into a group: nobody reads more among other messages."""

LINK = "p"
"""Deep links `p-<id>` open a proposal."""


def address(username: str, proposal_id: int) -> str:
    """Give the link that opens a proposal in the private chat."""
    return f"https://t.me/{username}?start={LINK}-{proposal_id}"


def share_screen(view: ProposalView, username: str, now: datetime) -> Screen:
    """Show the card for a group chat, with the buttons that open it and send it on."""
    link = address(username, view.line.proposal_id)
    text = paragraphs(
        f"{words.topic(view.line.topic)} · 📍 {place_name(view.line.where)}",
        "💡 " + clip(view.wish or view.problem, WORDS_SHOWN),
        joined(words.state(view.line.state), standing(view, now), gap=" · "),
    )
    seconding = view.line.state is State.SECONDING
    look = _("✋ Look and support") if seconding else _("👀 Look at it")
    send = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(_invites(view))}"
    return Screen(
        text,
        title(view),
        inline(
            [InlineKeyboardButton(text=look, url=link)],
            [InlineKeyboardButton(text=_("📤 Send to a group"), url=send)],
        ),
    )


def _invites(view: ProposalView) -> str:
    if view.line.state is State.SECONDING:
        said = _("{title}. Neighbours, have a look and support it:")
    else:
        said = _("{title}. Neighbours, have a look:")
    return said.format(title=title(view))

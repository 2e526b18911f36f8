"""How coming instead of somebody looks: the link to hand on, and what it leads to."""

from datetime import datetime
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_date
from handlers.i18n import gettext as _
from handlers.meetings.callbacks import TakePlace
from handlers.meetings.screens.meeting import opener, title, told
from handlers.meetings.words import said
from handlers.screen import Screen, button, inline
from handlers.text import paragraphs
from models.meetings.rules.outcomes import LinkOutcome
from models.meetings.views import MeetingView, Offered

INSTEAD, DOOR = "i", "m"
"""Prefixes of the deep links: of coming instead of somebody, and of checking in at the door."""

SHARE = "https://t.me/share/url?url={url}&text={text}"
"""Telegram's own page for handing a link to somebody (core.telegram.org/widgets/share)."""


def address(username: str, prefix: str, code: str) -> str:
    """Give a deep link."""
    return f"https://t.me/{username}?start={prefix}-{code}"


def link_screen(view: MeetingView, username: str | None, now: datetime) -> Screen:
    """Give a guest the link for whoever comes instead of them."""
    more = [opener(view.meeting_id)]
    code = view.me.code if view.me else None
    if view.me and view.me.stand_in:
        name = view.me.stand_in.name
        return Screen(
            _("🙋 {name} comes instead of you.").format(name=name), title(view), inline(more)
        )
    if code is None or username is None:
        none = _("There is no link right now. Please tap “Send someone in my place” again.")
        return Screen(none, title(view), inline(more))
    url = address(username, INSTEAD, code)
    text = paragraphs(
        _("Hand this link to whoever comes instead of you. It works once, for one person:"),
        url,
        _("You are told as soon as somebody has taken your place."),
    )
    return Screen(text, title(view), inline([_share(view, url, now)], more))


def _share(view: MeetingView, url: str, now: datetime) -> InlineKeyboardButton:
    words = _("Could you go to the neighbours' meeting in my place? It is {time}.").format(
        time=at_date(view.starts_at, now)
    )
    return InlineKeyboardButton(
        text=_("📤 Hand the link on"), url=SHARE.format(url=quote(url, safe=""), text=quote(words))
    )


def offered_screen(offered: Offered, now: datetime) -> Screen:
    """Show what a link to come instead of somebody leads to."""
    view = offered.meeting
    home = [button(_("🏠 Home"), Go(to="home"))]
    if view is None:
        return Screen(said(offered.outcome), keyboard=inline(home))
    if offered.outcome is not LinkOutcome.OPEN:
        return Screen(
            paragraphs(said(offered.outcome), told(view, now)),
            title(view),
            inline([opener(view.meeting_id, below=False)]),
        )
    name = offered.instead_of.name if offered.instead_of else _("A neighbour")
    text = paragraphs(
        _("{name} cannot come, and asks whether you would go instead:").format(name=name),
        told(view, now),
    )
    yes = [button(_("✅ Yes, I go instead"), TakePlace(code=offered.code))]
    return Screen(
        text, title(view), inline(yes, [button(_("Sorry, I cannot either"), Go(to="home"))])
    )

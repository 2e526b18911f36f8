"""Who wrote a proposal without a name, as the desk sees it."""

from handlers.i18n import gettext as _
from handlers.screen import Screen
from handlers.text import paragraphs, place_name
from models.proposals.views import Looked


def author_screen(looked: Looked) -> Screen:
    """Name the author, and say that they read who looked."""
    name = looked.author.name if looked.author else _("somebody who has left")
    who = f"👤 {name} · 📍 {place_name(looked.where)}" if looked.where else f"👤 {name}"
    told = _("Your look is written down, and the author reads it.") if looked.told else ""
    title = _("Who wrote proposal {number}").format(number=looked.number)
    return Screen(paragraphs(who, told), title)

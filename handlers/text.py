"""Putting texts together, and what several subjects say in the same words."""

from collections.abc import Sequence

from handlers.i18n import CHINESE, current_language
from handlers.i18n import gettext as _
from handlers.screen import clip
from models.names.views import Where

TEXT_SHOWN = 1500
"""Of a long story this much is shown on a screen; nobody reads more on a phone."""


def place_name(where: Where) -> str:
    """Call a place in the reader's language."""
    return where.zh if current_language() == CHINESE else where.en


def where_line(where: Where) -> str:
    """Say where."""
    return f"📍 {place_name(where)}"


def quoted(text: str) -> str:
    """Show what somebody wrote."""
    return _("“{words}”").format(words=clip(text, TEXT_SHOWN)) if text else ""


def joined_names(names: Sequence[str]) -> str:
    """Join names as people say them."""
    return _(", ").join(name or _("a neighbour") for name in names)


def sentences(*parts: str) -> str:
    """Put sentences behind one another; Chinese has no space between them."""
    return joined(*parts, gap="" if current_language() == CHINESE else " ")


def joined(*parts: str, gap: str = "\n") -> str:
    """Put lines below one another; empty ones are left out."""
    return gap.join(part for part in parts if part)


def paragraphs(*parts: str) -> str:
    """Put paragraphs below one another; empty ones are left out."""
    return joined(*parts, gap="\n\n")


def late_note(*, late: bool) -> str:
    """Say that a reminder comes late."""
    return _("(Sorry, this reminder is late.)") if late else ""

"""Rendering a notice for the sender: in the reader's language, from the state of the moment."""

from typing import Any

from handlers import notices
from handlers.i18n import gettext as _
from handlers.i18n import speaking
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outbox.views import Notice


async def render_notice(
    session: Session, notice: Notice, language: str
) -> dict[str, Any] | Pointless:
    """Give the payload's text, entities and keyboard, or why the notice is pointless."""
    with speaking(language):
        screen = await notices.render(session, notice)
        if isinstance(screen, Pointless):
            return screen
        if notice.repeat:
            note = _("(Sent again: the first copy may have reached you already.)")
            screen = Screen(f"{screen.text}\n\n{note}", screen.title, screen.keyboard)
    return payload(screen)


def payload(screen: Screen) -> dict[str, Any]:
    """Give a screen as parameters of sendMessage and editMessageText, ready for JSON."""
    shown = screen.as_kwargs()
    keyboard = screen.keyboard
    entities = shown["entities"] or []
    return {
        "text": shown["text"],
        "link_preview_options": {"is_disabled": True},
        **({"entities": [e.model_dump(exclude_none=True) for e in entities]} if entities else {}),
        **({"reply_markup": keyboard.model_dump(exclude_none=True)} if keyboard else {}),
    }

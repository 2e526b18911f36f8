"""Rendering a notice for the sender: in the reader's language, from the state of the moment."""

from dataclasses import replace
from typing import Any

from handlers import notices
from handlers.i18n import gettext as _
from handlers.i18n import speaking
from handlers.screen import CAPTION_LIMIT, TEXT_LIMIT, OnHold, Pointless, Screen, clip
from models.database import Session
from models.outbox.views import Notice

PICTURE = "_picture"
"""Where a rendered payload holds what draws its picture."""

MEDIA = "_media"
"""Where a rendered payload holds what goes along of Telegram's own keeping."""


async def render_notice(
    session: Session, notice: Notice, language: str
) -> dict[str, Any] | Pointless | OnHold:
    """Return the payload's text, entities and keyboard, or why there is nothing to say (yet)."""
    with speaking(language):
        screen = await notices.render(session, notice)
        if isinstance(screen, Pointless | OnHold):
            return screen
        if notice.repeat:
            screen = replace(screen, text=f"{screen.text}\n\n{_note()}")
    return payload(screen)


def _note() -> str:
    return _("(Sent again: the first copy may have reached you already.)")


def marked(composed: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a composed payload that says it is a repeat, where it has words that can say so."""
    with speaking(language):
        note = _note()
    for key, limit in (("text", TEXT_LIMIT), ("caption", CAPTION_LIMIT)):
        if words := composed.get(key):
            return {**composed, key: f"{clip(words, limit - len(note) - 2)}\n\n{note}"}
    return composed


def payload(screen: Screen) -> dict[str, Any]:
    """Return a screen as parameters of sendMessage and editMessageText, ready for JSON.

    One with a picture: of sendPhoto and editMessageCaption, with what draws it under PICTURE; one
    with media: of its call and editMessageCaption, with the media under MEDIA.
    """
    text, formatting = screen.worded()
    keyboard = screen.keyboard
    entities = [each.model_dump(exclude_none=True) for each in formatting]
    given = {"reply_markup": keyboard.model_dump(exclude_none=True)} if keyboard else {}
    below = {"caption": text, **({"caption_entities": entities} if entities else {})}
    if screen.picture is not None:
        return {**below, **given, PICTURE: screen.picture}
    if screen.media is not None:
        return (
            {**below, **given, MEDIA: screen.media}
            if screen.media.captioned
            else {MEDIA: screen.media}
        )
    marked_up = {"entities": entities} if entities else {}
    plain = {"text": text, "link_preview_options": {"is_disabled": True}}
    return {**plain, **marked_up, **given}

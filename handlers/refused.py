"""What is said where Telegram would not show somebody what they asked for."""

from handlers.i18n import gettext as _
from handlers.notices import renders
from handlers.screen import Screen
from models.database import Session
from models.outbox.rules import Said
from models.outbox.views import Notice

VOICE = {"sendVoice", "sendVideoNote"}
MEDIA = {"sendPhoto", "sendVideo", "sendDocument", "sendLocation", "sendMediaGroup"}


@renders(Said.REFUSED)
async def refused(_session: Session, notice: Notice) -> Screen:
    """Say that an answer could not be shown, and what to do."""
    return Screen(_why(str(notice.detail.get("method")), bool(notice.detail.get("settings"))))


def _why(method: str, settings: bool) -> str:
    if settings:
        return _(
            "🎤 Your Telegram takes no voice or video messages, so this cannot be played to you. "
            "Allow them in Telegram under Settings, Privacy, Voice messages; then tap once more."
        )
    if method in VOICE | MEDIA:
        return _(
            "📎 Telegram could not bring what was sent along. Please ask the sender, or the "
            "community office, to tell you."
        )
    return _("😟 What you tapped could not be shown. Please tap once more.")

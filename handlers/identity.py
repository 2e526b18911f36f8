"""Messages that hold the number of an identity card: refused before anybody reads them.

Nothing of such a message is written down anywhere, and whatever was asked stays asked. A cry for
help is heard all the same, with every digit left out.
"""

from typing import Any

from aiogram.types import Message

from handlers.filters import PRIVATE
from handlers.i18n import gettext as _
from handlers.screen import Screen
from handlers.stray.cries import read_cry
from models.sheets.rules.identity import holds_identity_number, without_digits

NAMED = ("contact", "document", "audio", "video", "animation", "venue", "poll")
"""Parts of a message that carry words of the sender's in fields of their own."""
WORDS = ("text", "caption")


def holds_number(message: Message) -> bool:
    """Return whether a message to the bot's own chat holds such a number anywhere."""
    return message.chat.type == PRIVATE and _holds(message)


def _holds(message: Message) -> bool:
    words = [getattr(message, name) for name in WORDS]
    parts = [getattr(message, name) for name in NAMED]
    words += [part.model_dump_json() for part in parts if part is not None]
    return any(holds_identity_number(text) for text in words if text)


def is_cry(message: Message) -> bool:
    """Return whether a message may be a cry for help."""
    return read_cry(message.text or message.caption or "") is not None


def masked(message: Message) -> Message:
    """Return a message with its words alone, and none of their digits."""
    changed: dict[str, Any] = dict.fromkeys((*NAMED, "entities", "caption_entities"))
    for name in WORDS:
        text = getattr(message, name)
        changed[name] = without_digits(text) if text else None
    return message.model_copy(update=changed)


def without_quoted(message: Message) -> Message:
    """Return a message whose quoted words hold no such number: it answers one that was refused."""
    changed: dict[str, Any] = {}
    if message.reply_to_message is not None and _holds(message.reply_to_message):
        changed["reply_to_message"] = masked(message.reply_to_message)
    if message.quote is not None and holds_identity_number(message.quote.text):
        changed["quote"] = None
    return message.model_copy(update=changed) if changed else message


def left_out() -> Screen:
    """Say of a cry for help that it is heard, and its number is not taken."""
    return Screen(_("🪪 We heard you. The identity card number was left out: we take none."))


def refused() -> Screen:
    """Say that such numbers are not taken, and what to do."""
    return Screen(
        _(
            "🪪 We take no identity card numbers, so nothing of this was taken down. Please delete "
            "that message, and write it again without the number."
        )
    )

"""Which subject a message of ours was about, for whoever replies to it."""

from aiogram.types import InlineKeyboardButton, Message
from pydantic import ValidationError

from handlers.callbacks import Button
from handlers.help import callbacks as help_buttons
from models.database import Session
from models.outbox.queries import notice_at

OF_REQUESTS = (
    help_buttons.OnCard,
    help_buttons.OpenTask,
    help_buttons.OnTask,
    help_buttons.Coming,
    help_buttons.Stands,
    help_buttons.Came,
    help_buttons.OpenMine,
    help_buttons.OnMine,
    help_buttons.Verdict,
    help_buttons.Stars,
)
"""Buttons whose `id` is a request's."""


async def about_subject(session: Session, message: Message) -> int | None:
    """Return the request that the message replied to was about; None where it was about none.

    A notice is known by its row; an answer of ours by its own buttons.
    """
    quoted = message.reply_to_message
    if quoted is None:
        return None
    notice = await notice_at(session, message.chat.id, quoted.message_id)
    if notice is not None:
        kind, subject_id = notice
        return subject_id if kind.startswith("help.") else None
    keyboard = quoted.reply_markup
    keys = [key for row in keyboard.inline_keyboard for key in row] if keyboard else []
    found = {request for key in keys if (request := _request_of(key)) is not None}
    return found.pop() if len(found) == 1 else None


def _request_of(key: InlineKeyboardButton) -> int | None:
    data = key.callback_data or ""
    for each in OF_REQUESTS:
        if data.startswith(f"{each.__prefix__}{Button.__separator__}"):
            try:
                return int(each.unpack(data).id)
            except (TypeError, ValueError, ValidationError):
                return None
    return None

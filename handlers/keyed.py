"""Reading commands and keys of the menu as people write them: in capitals, with a full stop."""

import re

from aiogram.types import Message

from handlers.form.engine import PASSING

AROUND = re.compile(r"^[\s.。!！,，~～…、;；:：]+|[\s.。!！,，~～…、;；:：]+$")
UNSEEN = re.compile("[\ufe0f\u200b-\u200f\\s]")
COMMAND = re.compile(r"[/／]([A-Za-z][A-Za-z0-9_]*)(@\w+)?[.。!！,，]*(?=\s|$)")
LONGEST = 64


def as_meant(message: Message) -> Message:
    """Return a message with its command, or its key of the menu, as handlers know it.

    Forwarded words, and those picked from another bot, are neither; all else stays as it is.
    """
    text = message.text
    if not text or message.forward_origin or message.via_bot:
        return message
    meant = _command(text) or _key(text)
    return message if meant in {None, text} else message.model_copy(update={"text": meant})


def _command(text: str) -> str | None:
    found = COMMAND.match(text.lstrip())
    if found is None:
        return None
    name, bot = found[1].lower(), found[2] or ""
    return f"/{name}{bot}{text.lstrip()[found.end() :]}"


def _key(text: str) -> str | None:
    if len(text) > LONGEST or text in PASSING:
        return None
    bare = _bare(text)
    return next((key for key in PASSING if _bare(key) == bare), None) if bare else None


def _bare(text: str) -> str:
    return UNSEEN.sub("", AROUND.sub("", text)).casefold()

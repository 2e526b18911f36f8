"""How an update is known again, and where a failed one stands."""

import hashlib
import json
import math
from datetime import timedelta
from enum import StrEnum
from typing import Any

REMEMBERED_FOR = timedelta(days=3)
"""How long handled updates are remembered: Telegram keeps undelivered ones for 24 hours."""

MOST_ID = 2**52
"""Telegram's identifiers have at most 52 significant bits."""

MESSAGE_KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
)


class FailedState(StrEnum):
    """Where a kept update stands."""

    KEPT = "kept"
    REPLAYED = "replayed"
    DROPPED = "dropped"


def identity(raw: dict[str, Any]) -> str:
    """Name an update by what it carries, in at most 96 characters.

    Telegram may number one event twice, and may begin numbers anew after a week of silence, so
    the number alone can neither join nor part two updates. A message is known by chat, number,
    instant and content; a button press by its query; anything else by its whole content.
    """
    for kind in MESSAGE_KINDS:
        if isinstance(message := raw.get(kind), dict):
            chat = message.get("chat")
            where = chat.get("id") if isinstance(chat, dict) else None
            return f"{kind}:{where}:{message.get('message_id')}:{_digest(message)}"[:96]
    if isinstance(query := raw.get("callback_query"), dict):
        told = {key: query.get(key) for key in ("from", "data", "game_short_name")}
        return f"callback_query:{query.get('id')}:{_digest(told)}"[:96]
    return f"update:{_digest(raw)}"


def scrub(value: Any) -> Any:
    """Give a copy that any database can keep: no NUL, no lone surrogates, no NaN or infinity."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {scrub(key): scrub(part) for key, part in value.items()}
    if isinstance(value, list):
        return [scrub(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def chat_of(raw: dict[str, Any]) -> int | None:
    """Find the chat (else the person) an update belongs to, in whatever shape it comes."""
    for part in raw.values():
        if not isinstance(part, dict):
            continue
        message = part.get("message")
        for holder in (
            part.get("chat"),
            message.get("chat") if isinstance(message, dict) else None,
            part.get("from"),
            part.get("user"),
        ):
            found = holder.get("id") if isinstance(holder, dict) else None
            if isinstance(found, int) and abs(found) < MOST_ID:
                return found
    return None


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]

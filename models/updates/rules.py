"""How an update is known again, and where a failed one stands."""

import hashlib
import json
import math
import re
from datetime import timedelta
from enum import StrEnum
from typing import Any

REMEMBERED_FOR = timedelta(days=3)
"""How long handled updates are remembered: Telegram keeps undelivered ones for 24 hours."""

FAILED_KEPT_FOR = timedelta(days=30)
"""How long a failed update waits for its replay. It holds what somebody wrote, and a month later
an answer to it would only puzzle them."""

MOST_ID = 2**52
"""Telegram's identifiers have at most 52 significant bits."""

MOST_INTEGER = 2**63
"""What a database keeps as an integer is smaller."""

DEEPEST = 64
"""Levels of nesting that are kept; Telegram's own updates have about a dozen."""

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
    ASKED = "asked"
    """Somebody asked for it to be replayed: the process takes it next."""
    REPLAYED = "replayed"
    DROPPED = "dropped"


UNSETTLED = (FailedState.KEPT, FailedState.ASKED)


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
            return _named(kind, message, where, message.get("message_id"))
    if isinstance(query := raw.get("callback_query"), dict):
        told = {key: query.get(key) for key in ("from", "data", "game_short_name")}
        return _named("callback_query", told, query.get("id"))
    return _named("update", {key: part for key, part in raw.items() if key != "update_id"})


def _named(kind: str, content: Any, *marks: Any) -> str:
    """Join a name; the digest comes first, so that no mark's length can cut it off."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(f"{marks}{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return ":".join([kind, digest, *(str(mark) for mark in marks)])[:96]


def scrub(value: Any) -> Any:
    """Return an update as any database can keep it: itself where it is so already.

    No NUL, no lone surrogates, no NaN or infinity, nothing nested deeper than DEEPEST; an integer
    beyond 64 bits becomes its hexadecimal text.
    """
    return value if _is_fit(value) else _scrubbed(value, DEEPEST)


_UNFIT = re.compile(r"\\u0000|\\ud[89a-f]|\d{19}")
"""In JSON of ASCII alone: NUL, any surrogate, digits that may be too large a number."""


def _is_fit(value: Any) -> bool:
    """Return whether nothing can be wrong with a value; most updates are looked at no closer."""
    try:
        text = json.dumps(value, allow_nan=False)
    except (ValueError, TypeError, RecursionError):
        return False
    return text.count("{") + text.count("[") <= DEEPEST and not _UNFIT.search(text)


def _scrubbed(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        kept = value.items() if depth else ()
        return {_scrubbed(key, depth): _scrubbed(part, depth - 1) for key, part in kept}
    if isinstance(value, list):
        return [_scrubbed(part, depth - 1) for part in value] if depth else []
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return hex(value) if isinstance(value, int) and abs(value) >= MOST_INTEGER else value


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
            if type(found) is int and abs(found) < MOST_ID:
                return found
    return None

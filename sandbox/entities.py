"""Message entities: found in plain text, parsed from markup, checked when given."""

import re

from sandbox.wire import Json

COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@/])")


def utf16_length(text: str) -> int:
    """UTF-16 code units: the unit of the Bot API's offsets and lengths."""
    return len(text.encode("utf-16-le")) // 2


def detect(text: str) -> list[Json]:
    """Entities Telegram finds by itself."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: match.start()]),
            "length": len(match.group()),
        }
        for match in COMMAND.finditer(text)
    ]

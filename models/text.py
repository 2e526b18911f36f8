"""Texts made safe to store and to show; standard library only."""

import re
import unicodedata

BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters by their category that show as nothing."""


MARKS_AT_MOST = 2
"""Combining marks kept on one letter; a pile of them grows over the neighbouring lines."""


CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co"})


JOINER = "\u200d"


def clean_line(raw: str, length: int) -> str:
    """Make one line of at most `length` characters of what somebody typed, by the same rule."""
    kept: list[str] = []
    marks = 0
    for char in raw[: length * 8]:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in {"Zl", "Zp", "Zs"} or char in "\n\t\r" or char in BLANKS:
            kept.append(" ")
        elif char == JOINER or (category not in CONTROLS and marks <= MARKS_AT_MOST):
            kept.append(char)
    return " ".join("".join(kept).split())[:length].strip(f"{JOINER} ")


MANY_BREAKS = re.compile(r"\n{3,}")


def clean_text(raw: str, limit: int) -> str:
    """Make text of several lines safe to store and to show, cut to `limit` characters.

    Each line is cleaned as names are; more than one empty line between others is one.
    """
    lines = [clean_line(line, limit) for line in raw[: limit * 8].splitlines()]
    return MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()[:limit].rstrip()


def clean_number(raw: str) -> int | None:
    """Read a receipt number as people write it ('No. 128', '１２８', '#128'), else None."""
    digits = "".join(str(unicodedata.digit(char)) for char in raw if char.isdigit())
    return int(digits) or None if 0 < len(digits) <= 9 else None


def mark(message: str) -> str:
    """Mark a sentence for the catalogues; it is said in the reader's language where it is shown."""
    return message

"""Turning rich messages, checklists and polls into plain words, with formatting that words have.

Whatever the nesting, this takes one pass and no recursion.
"""

from dataclasses import dataclass, field
from typing import Any

STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strikethrough",
    "spoiler": "spoiler",
    "code": "code",
    "url": "text_link",
}
"""What a piece of rich text and an entity of a message have in common."""

INLINE = ("alternative_text", "expression", "text")
LINES = ("title", "summary", "label", "tasks", "items", "blocks", "caption", "credit")
"""Parts of a block that hold words, in the order in which they are read."""
LISTS = frozenset({"tasks", "items", "blocks"})
"""Those whose members stand on a line each."""


@dataclass
class Flat:
    """Plain words, and their marks as Telegram's entities, in UTF-16 units."""

    words: str = ""
    marks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Styled:
    """Ends a style that began at an offset."""

    start: int
    mark: dict[str, Any]


@dataclass(frozen=True)
class _Gap:
    """Parts what stands before from what follows, once."""

    by: str


class _Writer:
    """Writes pieces one after the other and counts as Telegram does."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def write(self, words: str) -> None:
        """Add words."""
        if not words:
            return
        self.pieces.append(words)
        self.length += len(words.encode("utf-16-le", "surrogatepass")) // 2

    def part(self, by: str) -> None:
        """Add a gap, unless one stands there or nothing stands before it."""
        if self.pieces and self.pieces[-1] == " ":
            self.length -= len(self.pieces.pop())
        if self.pieces and not self.pieces[-1].endswith(("\n", by)):
            self.write(by)


def flat_rich(content: dict[str, Any]) -> Flat:
    """Return the words of a rich message, a block a line."""
    return _flatten(list(reversed(_lines("blocks", content.get("blocks")))))


def flat_checklist(content: dict[str, Any]) -> Flat:
    """Return the title and the tasks of a checklist, a line each."""
    return _flatten([content])


def flat_poll(content: dict[str, Any]) -> Flat:
    """Return the question of a poll and its options, a line each, marked as a poll's."""
    question, options = content.get("question"), content.get("options")
    parts = options if isinstance(options, list) else []
    words = [one.get("text") for one in parts if isinstance(one, dict)]
    lines = [f"○ {one}" for one in words if isinstance(one, str)]
    if not isinstance(question, str) or not question.strip():
        return Flat()
    return Flat("\n".join([f"📊 {question}", *lines]))


def sound_title(content: dict[str, Any]) -> str:
    """Return by whom a piece of music is and what it is called; '' where neither is said."""
    named = [content.get(name) for name in ("performer", "title")]
    said = " – ".join(one.strip() for one in named if isinstance(one, str) and one.strip())
    return f"🎵 {said}" if said else ""


def rich_photo(content: dict[str, Any]) -> Any:
    """Return the sizes of the first photo in a rich message; None where there is none."""
    waiting: list[Any] = [content.get("blocks")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if value.get("type") == "photo" and isinstance(value.get("photo"), list):
                return value["photo"]
            waiting.extend(value.get(name) for name in ("items", "blocks"))
    return None


def _flatten(waiting: list[Any]) -> Flat:
    writer, marks = _Writer(), list[dict[str, Any]]()
    while waiting:
        value = waiting.pop()
        match value:
            case str():
                writer.write(value)
            case list():
                waiting.extend(reversed(value))
            case _Gap():
                writer.part(value.by)
            case _Styled() if writer.length > value.start:
                length = writer.length - value.start
                marks.append({**value.mark, "offset": value.start, "length": length})
            case dict():
                waiting.extend(reversed(_parts(value, writer.length)))
    words = "".join(writer.pieces)
    return Flat(words.rstrip(), marks) if words.strip() else Flat()


def _parts(value: dict[str, Any], start: int) -> list[Any]:
    """List what a piece holds, in the order in which it is read."""
    parts: list[Any] = [value.get(name) for name in INLINE]
    kind = value.get("type")
    style = STYLES.get(kind) if isinstance(kind, str) else None
    if style is not None:
        mark = {"type": style}
        if style == "text_link":
            mark["url"] = str(value.get("url"))
        return [*parts, _Styled(start, mark)]
    parts += [part for name in LINES if name in value for part in _lines(name, value[name])]
    rows = value.get("cells")
    for row in rows if isinstance(rows, list) else ():
        cells = row if isinstance(row, list) else [row]
        parts += [part for cell in cells for part in (cell, _Gap(" "))]
        parts.append(_Gap("\n"))
    return parts


def _lines(name: str, value: Any) -> list[Any]:
    """List a part's pieces, with a gap wherever a line ends."""
    each_on_a_line = value if name in LISTS and isinstance(value, list) else [value]
    gap = _Gap(" " if name == "label" else "\n")
    return [part for each in each_on_a_line for part in (each, gap)]

"""parse_mode MarkdownV2 and its elder Markdown."""

from dataclasses import dataclass

from sandbox.entities import utf16_length
from sandbox.html_mode import link_entity
from sandbox.wire import ApiError, Json, bad_request

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
TITLES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "spoiler": "Spoiler",
    "strikethrough": "Strikethrough", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
}  # fmt: skip
MARKS = {
    "bold": "*", "underline": "__", "italic": "_", "strikethrough": "~", "spoiler": "||",
    "code": "`", "pre": "```", "text_link": "]", "custom_emoji": "]",
}  # fmt: skip


@dataclass(slots=True)
class Open:
    """An entity not closed yet; `offset` in UTF-16 units, `begins` in characters of the source."""

    kind: str
    offset: int
    begins: int
    language: str = ""


def parse_v2(source: str) -> tuple[str, list[Json]]:
    """Text and entities; 400 "can't parse entities: ..." as Telegram words it."""
    return _V2(source).run()


class _V2:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.size = 0
        self.open: list[Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        self._close_quote()
        if self.open:
            last = self.open[-1]
            raise _error(
                f"Can't find end of {TITLES[last.kind]} entity "
                f"at byte offset {self._byte(last.begins)}"
            )
        return "".join(self.parts), self.entities

    def _step(self) -> None:
        char = self.source[self.at]
        if (
            char == "\\"
            and self.source[self.at + 1 : self.at + 2].isascii()
            and (self.at + 1 < len(self.source))
        ):
            self._put(self.source[self.at + 1], skip=2)
            return
        if char == "\n" and not self.source.startswith(">", self.at + 1):
            self._close_quote()
        inside_code = bool(self.open) and self.open[-1].kind in ("code", "pre")
        if char not in RESERVED or (inside_code and char != "`"):
            self._put(char)
        elif not self._ends():
            self._begin(char)

    def _put(self, char: str, skip: int = 1) -> None:
        self.parts.append(char)
        self.size += utf16_length(char)
        self.at += skip

    def _ends(self) -> bool:
        """Close the innermost entity if its mark stands here."""
        if not self.open or self.open[-1].kind == "blockquote":
            return False
        kind = self.open[-1].kind
        mark = MARKS[kind]
        if not self.source.startswith(mark, self.at):
            return False
        if kind == "italic" and self.source.startswith("__", self.at):
            return False
        self.at += len(mark)
        self._close(self.open.pop())
        return True

    def _begin(self, char: str) -> None:
        begins = self.at
        if char == ">" and self._at_line_start():
            self.at += 1
            if not any(item.kind == "blockquote" for item in self.open):
                self.open.append(Open("blockquote", self.size, begins))
            return
        if self._ends_expandable():
            return
        kind = self._kind(char)
        self.at += 2 if kind == "custom_emoji" else len(MARKS[kind]) if kind != "text_link" else 1
        language = self._language() if kind == "pre" else ""
        self.open.append(Open(kind, self.size, begins, language))

    def _kind(self, char: str) -> str:
        rest = self.source[self.at : self.at + 3]
        for kind in ("pre", "code", "underline", "italic", "bold", "strikethrough", "spoiler"):
            if rest.startswith(MARKS[kind]):
                return kind
        if char == "[":
            return "text_link"
        if rest.startswith("!["):
            return "custom_emoji"
        raise _error(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")

    def _language(self) -> str:
        end = self.at
        while (
            end < len(self.source) and not self.source[end].isspace() and (self.source[end] != "`")
        ):
            end += 1
        language = self.source[self.at : end]
        if not language or self.source[end : end + 1] == "`":
            language, end = "", self.at
        self.at = end + 1 if self.source[end : end + 1] == "\n" else end
        return language

    def _at_line_start(self) -> bool:
        return self.at == 0 or self.source[self.at - 1] == "\n"

    def _ends_expandable(self) -> bool:
        """`||` at the end of a quotation makes it expandable."""
        quoted = bool(self.open) and self.open[-1].kind == "blockquote"
        if not quoted or not self.source.startswith("||", self.at):
            return False
        if self.source[self.at + 2 : self.at + 3] not in ("", "\n"):
            return False
        self.at += 2
        self._add("expandable_blockquote", self.open.pop())
        return True

    def _close_quote(self) -> None:
        if self.open and self.open[-1].kind == "blockquote":
            self._add("blockquote", self.open.pop())

    def _close(self, item: Open) -> None:
        if item.kind in ("text_link", "custom_emoji"):
            self._close_link(item)
            return
        entity = self._add(item.kind, item)
        if item.language:
            entity["language"] = item.language

    def _close_link(self, item: Open) -> None:
        url = self._url(item) if self.source.startswith("(", self.at) else ""
        entity: Json = {"offset": item.offset, "length": self.size - item.offset}
        if item.kind == "custom_emoji":
            prefix = "tg://emoji?id="
            if not url.startswith(prefix):
                raise _error("Custom emoji entity must contain a tg://emoji URL")
            entity |= {"type": "custom_emoji", "custom_emoji_id": url.removeprefix(prefix)}
        else:
            entity = link_entity(entity, url)
        if entity and entity["length"]:
            self.entities.append(entity)

    def _url(self, item: Open) -> str:
        self.at += 1
        url: list[str] = []
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source):
                self.at += 1
            url.append(self.source[self.at])
            self.at += 1
        if self.at >= len(self.source):
            raise _error(f"Can't find end of a URL at byte offset {self._byte(item.begins)}")
        self.at += 1
        return "".join(url)

    def _add(self, kind: str, item: Open) -> Json:
        entity: Json = {"type": kind, "offset": item.offset, "length": self.size - item.offset}
        if entity["length"]:
            self.entities.append(entity)
        return entity

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode())


def parse_legacy(source: str) -> tuple[str, list[Json]]:
    """parse_mode Markdown: bold, italic, code, pre and links, never nested."""
    parts: list[str] = []
    entities: list[Json] = []
    at = size = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            char, at = source[at + 1], at + 1
        elif char in "_*`[":
            shown, entity, at = _legacy_entity(source, at)
            if entity and shown:
                entities.append({"offset": size, "length": utf16_length(shown), **entity})
            parts.append(shown)
            size += utf16_length(shown)
            continue
        parts.append(char)
        size += utf16_length(char)
        at += 1
    return "".join(parts), entities


def _legacy_entity(source: str, at: int) -> tuple[str, Json, int]:
    """What is shown, its entity (without place) and where the text goes on."""
    mark = "```" if source.startswith("```", at) else source[at]
    end_mark = "]" if mark == "[" else mark
    end = source.find(end_mark, at + len(mark))
    if end < 0:
        raise _error(
            f"Can't find end of the entity starting at byte offset {len(source[:at].encode())}"
        )
    shown = source[at + len(mark) : end]
    after = end + len(end_mark)
    if mark == "[":
        close = source.find(")", after) if source.startswith("(", after) else -1
        if close < 0:
            return shown, {}, after
        return shown, link_entity({}, source[after + 1 : close]), close + 1
    if mark == "```":
        language, newline, code = shown.partition("\n")
        if newline and language and not any(map(str.isspace, language)):
            return code, {"type": "pre", "language": language}, after
        return shown.removeprefix("\n"), {"type": "pre"}, after
    return shown, {"type": {"*": "bold", "_": "italic", "`": "code"}[mark]}, after


def _error(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")

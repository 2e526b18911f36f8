"""parse_mode HTML, as strict as Telegram: any tag it does not know is an error."""

import re
from dataclasses import dataclass
from html import unescape

from sandbox.entities import utf16_length
from sandbox.wire import ApiError, Json, bad_request

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
TAGS = frozenset({*SIMPLE, "a", "span", "tg-emoji"})
# Telegram knows four named references and the numeric ones; others stay as written.
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});?")
NAME_END = re.compile(r"[\s>]")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?""")


@dataclass(slots=True)
class OpenTag:
    """A tag not closed yet; `offset` in UTF-16 units."""

    name: str
    attributes: dict[str, str]
    offset: int


def parse(source: str) -> tuple[str, list[Json]]:
    """Text and entities; 400 "can't parse entities: ..." with the offset in UTF-8 bytes."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.size = 0
        self.parts: list[str] = []
        self.open: list[OpenTag] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            tag = self.source.find("<", self.at)
            if tag != self.at:
                self._text(self.source[self.at : None if tag < 0 else tag])
            if tag < 0:
                break
            self.at = tag
            if self.source.startswith("</", tag):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.parts), self.entities

    def _text(self, raw: str) -> None:
        text = REFERENCE.sub(lambda match: unescape(match.group()), raw)
        self.parts.append(text)
        self.size += utf16_length(text)

    def _byte(self) -> int:
        return len(self.source[: self.at].encode())

    def _start_tag(self) -> None:
        end_of_name = NAME_END.search(self.source, self.at + 1)
        if end_of_name is None:
            raise _error(f"Unclosed start tag at byte offset {self._byte()}")
        name = self.source[self.at + 1 : end_of_name.start()].lower()
        if name not in TAGS:
            raise _error(f'Unsupported start tag "{name}" at byte offset {self._byte()}')
        attributes, end = self._attributes(name, end_of_name.start())
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _error(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte()}')
        self.open.append(OpenTag(name, attributes, self.size))
        self.at = end + 1

    def _attributes(self, name: str, at: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            while at < len(self.source) and self.source[at].isspace():
                at += 1
            if at >= len(self.source):
                raise _error(f'Unclosed start tag "{name}" at byte offset {self._byte()}')
            if self.source[at] == ">":
                return attributes, at
            match = ATTRIBUTE.match(self.source, at)
            if match is None:
                raise _error(
                    f'Empty attribute name in the tag "{name}" at byte offset {self._byte()}'
                )
            if match.group(2) is None and match.group(1).lower() != "expandable":
                raise _error(
                    "Expected equal sign in declaration of an attribute of the tag "
                    f'"{name}" at byte offset {self._byte()}'
                )
            value = match.group(3) or match.group(4) or match.group(5) or ""
            attributes[match.group(1).lower()] = unescape(value)
            at = match.end()

    def _end_tag(self) -> None:
        if not self.open:
            raise _error(f"Unexpected end tag at byte offset {self._byte()}")
        end = self.source.find(">", self.at)
        if end < 0:
            raise _error(f"Unclosed end tag at byte offset {self._byte()}")
        name = self.source[self.at + 2 : end].strip().lower()
        tag = self.open[-1]
        if name and name != tag.name:
            raise _error(
                f"Unmatched end tag at byte offset {self._byte()}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self.open.pop()
        self._close(tag)
        self.at = end + 1

    def _close(self, tag: OpenTag) -> None:
        length = self.size - tag.offset
        if length <= 0:
            return
        entity: Json = {"type": SIMPLE.get(tag.name), "offset": tag.offset, "length": length}
        if tag.name == "a":
            entity = _link(entity, tag, "".join(self.parts))
        elif tag.name == "span":
            entity["type"] = "spoiler"
        elif tag.name == "tg-emoji":
            entity["type"] = "custom_emoji"
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and self._inside_pre(tag, entity):
            return
        if entity and not self._merges_language(tag, entity):
            self.entities.append(entity)

    def _inside_pre(self, tag: OpenTag, entity: Json) -> bool:
        """`<pre><code class="language-x">`: the code becomes the pre's language."""
        language = tag.attributes.get("class", "")
        outer = self.open[-1] if self.open else None
        if outer is None or outer.name != "pre" or outer.offset != tag.offset:
            return False
        if language.startswith("language-"):
            outer.attributes["language"] = language.removeprefix("language-")
            outer.attributes["length"] = str(entity["length"])
        return True

    def _merges_language(self, tag: OpenTag, entity: Json) -> bool:
        language = tag.attributes.get("language")
        if tag.name == "pre" and language and tag.attributes["length"] == str(entity["length"]):
            entity["language"] = language
        return False


def _link(entity: Json, tag: OpenTag, text: str) -> Json:
    """text_link or text_mention; without a usable address it is plain text, as at Telegram."""
    units = text.encode("utf-16-le")
    shown = units[2 * tag.offset :].decode("utf-16-le")
    return link_entity(entity, tag.attributes.get("href") or shown)


def link_entity(entity: Json, url: str) -> Json:
    """A link entity to `url`; tg://user?id=N mentions; {} where there is no address in it."""
    url = url.strip()
    mention = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if mention:
        user = {"id": int(mention.group(1)), "is_bot": False, "first_name": ""}
        return {**entity, "type": "text_mention", "user": user}
    if re.match(r"(https?|tg|ton|tonsite|mailto|tel):", url, re.IGNORECASE):
        address = url
    elif "." in url and not re.search(r"\s", url):
        address = f"http://{url}"
    else:
        return {}
    if re.fullmatch(r"https?://[^/?#]+", address):
        address += "/"
    return {**entity, "type": "text_link", "url": address}


def _error(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")

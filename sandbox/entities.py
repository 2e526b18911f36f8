"""Message entities: found in plain text, checked when given, trimmed with their text.

Offsets and lengths are in UTF-16 code units throughout, as in the Bot API.
"""

import re
from collections.abc import Iterable

from sandbox.wire import Json, bad_request

FORMATS = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote",
        "expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji",
        "date_time",
    }
)  # fmt: skip
DETECTED = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
        "bank_card_number",
    }
)  # fmt: skip
"""What only Telegram itself adds: given by a bot it is passed over."""
NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})  # nothing is detected inside

_HINT = re.compile(r"[/@#$.]")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "url",
        re.compile(r"(?:https?://|www\.)[^\s<>\"'，。；！？（）]+[^\s<>\"'.,;!?)，。；！？（）]"),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@/])", re.ASCII),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?![\w@])", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d_])\w{1,256}")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![A-Za-z0-9_])")),
)


def utf16_length(text: str) -> int:
    """UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def detect(text: str) -> list[Json]:
    """Commands, links, mentions, hashtags and addresses Telegram finds by itself."""
    if not _HINT.search(text):
        return []
    found: list[Json] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            taken.append((start, end))
            offset = utf16_length(text[:start])
            length = utf16_length(match.group())
            found.append({"type": kind, "offset": offset, "length": length})
    return sorted(found, key=lambda entity: entity["offset"])


def with_detected(text: str, entities: list[Json]) -> list[Json]:
    """`entities` and what Telegram adds by itself outside code and links, in its order."""
    opaque = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in OPAQUE
    ]
    added = [
        entity
        for entity in detect(text)
        if not any(
            entity["offset"] < end and start < entity["offset"] + entity["length"]
            for start, end in opaque
        )
    ]
    if not added:
        return entities
    return in_order([*entities, *added])


def in_order(entities: Iterable[Json]) -> list[Json]:
    """By offset, the longer first: an enclosing entity precedes what it encloses."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def check_given(text: str, given: list[Json]) -> list[Json]:
    """Explicit `entities`, in order and without the kinds only Telegram itself adds.

    400 for one that leaves the text or cuts a character in two. (Telegram names the byte where
    the cut falls; so does this.)
    """
    units = text.encode("utf-16-le", "surrogatepass")
    size = len(units) // 2
    kept: list[Json] = []
    for entity in given:
        _check_kind(entity)
    for entity in in_order(given):
        start, length = int(entity["offset"]), int(entity["length"])
        if start < 0 or length <= 0 or entity["type"] not in FORMATS:
            continue
        if start + length > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {start + length}"
            )
        for verb, edge in (("begins", start), ("ends", start + length)):
            if _cuts_a_character(units, edge):
                position = len(units[: 2 * edge - 2].decode("utf-16-le", "replace").encode())
                raise bad_request(
                    f"entity {verb} in a middle of a UTF-16 symbol at byte offset {position}"
                )
        kept.append(entity)
    return kept


def _check_kind(entity: Json) -> None:
    kind = entity["type"]
    if kind not in FORMATS | DETECTED:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if kind in NEEDED and not entity.get(NEEDED[kind]):
        raise bad_request(f"can't parse MessageEntity: can't find field \"{NEEDED[kind]}\"")


def _cuts_a_character(units: bytes, edge: int) -> bool:
    return 2 * edge < len(units) and 0xDC <= units[2 * edge + 1] <= 0xDF


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without the white space around it; entities moved and cut to fit."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    size = utf16_length(stripped)
    fitted: list[Json] = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] + entity["length"] - lead)
        if end > start:
            fitted.append({**entity, "offset": start, "length": end - start})
    return stripped, fitted

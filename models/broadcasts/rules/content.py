"""What a broadcast says, and the buttons under it; how both are kept as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from models.broadcasts.rules.notices import Does, Medium

WORDS_LENGTH = 3500
"""UTF-16 units of a text: Telegram takes 4,096, and what we put around it needs some."""

CAPTION_LENGTH = 850
"""The same below a photo, video, file or voice: Telegram takes 1,024."""

LEAST_IN_ALBUM = 2
MOST_IN_ALBUM = 10
MOST_OFFERS = 6
LABEL_LENGTH = 30
"""Characters on a button: more are cut on a small phone."""

URL_LENGTH = 500

FORMATS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
    }
)
"""The formatting that goes out. What else Telegram marks (addresses, numbers) it finds again by
itself; people named by their account, and emoji of shops, are not ours to pass on."""


class Fault(StrEnum):
    """What is wrong with a broadcast's content, or a button of it."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    WRONG_ITEMS = "wrong_items"
    """Not as many, or not such, things sent along as this kind of message has."""
    NO_POINT = "no_point"
    """A location without a point on the map."""
    WRONG_FORMAT = "wrong_format"
    """Formatting that stands outside of the words, or is none of `FORMATS`."""
    BAD_LINK = "bad_link"
    BAD_LABEL = "bad_label"
    NO_SUBJECT = "no_subject"
    TWICE = "twice"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Item:
    """One thing of Telegram's keeping that is sent along."""

    medium: Medium
    file_id: str


@dataclass(frozen=True)
class Content:
    """One message: words with their formatting, and what is sent along."""

    medium: Medium
    words: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    """Telegram's MessageEntity of each, offsets in UTF-16 units of `words`."""
    items: tuple[Item, ...] = ()
    latitude: float | None = None
    longitude: float | None = None

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "medium": str(self.medium),
            "words": self.words,
            "entities": list(self.entities),
            "items": [[str(item.medium), item.file_id] for item in self.items],
            "at": None if self.latitude is None else [self.latitude, self.longitude],
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Content":
        """Read back what `kept` gave."""
        latitude, longitude = kept["at"] or (None, None)
        return cls(
            Medium(kept["medium"]),
            kept["words"],
            tuple(kept["entities"]),
            tuple(Item(Medium(medium), file_id) for medium, file_id in kept["items"]),
            latitude,
            longitude,
        )

    @property
    def limit(self) -> int:
        """How many UTF-16 units its words may have; an album's stand in a message of their own."""
        captioned = {Medium.PHOTO, Medium.VIDEO, Medium.DOCUMENT, Medium.VOICE}
        return CAPTION_LENGTH if self.medium in captioned else WORDS_LENGTH


@dataclass(frozen=True)
class CopyButton:
    """One button under a broadcast."""

    does: Does
    label: str = ""
    """Of a link its words; of what is opened its number: the rest is in the reader's language."""
    url: str = ""
    subject_id: int | None = None
    """The proposal or request that it opens."""

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "does": str(self.does),
            "label": self.label,
            "url": self.url,
            "subject": self.subject_id,
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "CopyButton":
        """Read back what `kept` gave."""
        return cls(Does(kept["does"]), kept["label"], kept["url"], kept["subject"])


def offers_of(kept: Sequence[dict[str, Any]]) -> tuple[CopyButton, ...]:
    """Read all buttons back."""
    return tuple(CopyButton.of(each) for each in kept)


def fault_of(content: Content) -> Fault | None:
    """Return what is wrong with a message; None where Telegram will take it."""
    if content.medium is Medium.TEXT and not content.words.strip():
        return Fault.EMPTY
    if _units(content.words) > content.limit:
        return Fault.TOO_LONG
    if not _fits(content):
        return Fault.WRONG_ITEMS
    if (content.medium is Medium.LOCATION) != _has_point(content):
        return Fault.NO_POINT
    return None if all(_is_inside(each, content) for each in content.entities) else _FORMAT


def in_other_words(content: Content, words: Content) -> Content:
    """Return the same message with the words of another: how a second language is kept."""
    return replace(content, words=words.words, entities=words.entities)


def fault_of_offers(offers: Sequence[CopyButton]) -> Fault | None:
    """Return what is wrong with the buttons; None where they can go."""
    if len(offers) > MOST_OFFERS:
        return Fault.TOO_MANY
    if len({_mark(offer) for offer in offers}) < len(offers):
        return Fault.TWICE
    return next((fault for offer in offers if (fault := _fault_of_offer(offer))), None)


def is_link(url: str) -> bool:
    """Tell an address that people may be led to: http or https, a host with a dot, no disguise.

    What stands before an @ looks like the host and is none; a blank or control sign hides the rest.
    """
    if len(url) > URL_LENGTH or not url.isprintable() or any(char.isspace() for char in url):
        return False
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host.strip(".") and not host.startswith(".") and ".." not in host
    return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc


_FORMAT = Fault.WRONG_FORMAT
_ALBUMS = (frozenset({Medium.PHOTO, Medium.VIDEO}), frozenset({Medium.DOCUMENT}))
"""What Telegram lets stand in one album."""


def _fits(content: Content) -> bool:
    media = [item.medium for item in content.items]
    if content.medium is Medium.ALBUM:
        one_sort = any(set(media) <= sort for sort in _ALBUMS)
        return one_sort and LEAST_IN_ALBUM <= len(media) <= MOST_IN_ALBUM
    if content.medium in {Medium.TEXT, Medium.LOCATION}:
        return not media
    return media == [content.medium]


def _has_point(content: Content) -> bool:
    north, east = content.latitude, content.longitude
    return north is not None and east is not None and abs(north) <= 90 and abs(east) <= 180


def _is_inside(entity: dict[str, Any], content: Content) -> bool:
    start, length = entity["offset"], entity["length"]
    led = entity["type"] != "text_link" or is_link(str(entity.get("url")))
    inside = start >= 0 and length > 0 and start + length <= _units(content.words)
    return entity["type"] in FORMATS and led and inside


def _fault_of_offer(offer: CopyButton) -> Fault | None:
    match offer.does:
        case Does.LINK if not is_link(offer.url):
            return Fault.BAD_LINK
        case Does.LINK if not 0 < len(offer.label.strip()) <= LABEL_LENGTH:
            return Fault.BAD_LABEL
        case Does.PROPOSAL | Does.REQUEST if offer.subject_id is None or not offer.label:
            return Fault.NO_SUBJECT
    return None


def _mark(offer: CopyButton) -> tuple[Does, str, int | None]:
    return offer.does, offer.url, offer.subject_id


def _units(text: str) -> int:
    """Count as Telegram does, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""What a question can accept, declared.

Each reader says what it takes; `handlers.form.reading` does the reading. Limits are refused with a
sentence that names them, and the question is asked again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import time

    from handlers.form.declare import Answers, FormContext
    from handlers.form.values import Letter

TEXT_AT_MOST = 1000
PHOTOS_AT_MOST = 10
"""Telegram's limit on one album."""


@dataclass(frozen=True)
class Refused:
    """Typed words that do not serve, and the sentence (already in the reader's language) why."""

    because: str
    strange: bool = False
    """It is no answer to this question at all, rather than one that does not serve."""


@dataclass(frozen=True)
class Open:
    """Typed words that lead to the question asked again with `ctx.at == at`: a search's finds.

    A list is of the answers that the words can mean: which one is asked.
    """

    at: Any


Understand = Callable[["FormContext", "Answers", str], Awaitable[Any]]
"""Turns typed words into an answer of any kind, `Refused` or `Open`; None for what is no answer."""


@dataclass(frozen=True)
class Choose:
    """A tap on a choice, or its label typed out. Answers the value; with `many`, a list of them."""

    many: bool = False
    at_least: int = 1
    at_most: int | None = None


@dataclass(frozen=True)
class Text:
    """Written words, trimmed, of 1 to `at_most` characters. Answers str, or what is understood."""

    at_most: int = TEXT_AT_MOST
    understand: Understand | None = None


@dataclass(frozen=True)
class Number:
    """A whole number in digits or simple words ('3', '三', 'three'). Answers int."""

    at_least: int = 0
    at_most: int = 1_000_000
    limit: "Callable[[FormContext], int] | None" = None
    """Gives `at_most` where the house sets it, anew at each reading."""
    check: "Callable[[Answers, int], str] | None" = None
    """Gives the sentence why one does not serve beside the answers before, '' where it does."""

    def bounded(self, ctx: "FormContext") -> "Number":
        """Return itself with the limit that holds now."""
        return self if self.limit is None else replace(self, at_most=self.limit(ctx), limit=None)


@dataclass(frozen=True)
class Photos:
    """One or several photos, finished with Done. Answers a list of `Photo`."""

    at_most: int = PHOTOS_AT_MOST


@dataclass(frozen=True)
class Files(Photos):
    """The same of anything that shows something: photos, documents, videos, voice messages.

    Answers a list of `Photo`, `File` and `Voice`.
    """


@dataclass(frozen=True)
class OneFile:
    """One document or video, beside other kinds of answer. Answers `File`, with its caption."""


@dataclass(frozen=True)
class OnePhoto:
    """One photo, beside other kinds of answer. Answers `Photo`, with what was written under it."""


@dataclass(frozen=True)
class Anything:
    """One whole message: words with formatting, a photo, album, file, video, voice or location.

    Answers `Letter`. `check` gives the sentence why one does not serve, '' where it does. The rest
    of an album is added to the answer whatever is asked by then.
    """

    check: "Callable[[Letter], str] | None" = None


@dataclass(frozen=True)
class VoiceNote:
    """A voice message. Answers `Voice`."""

    seconds_at_most: int = 300


@dataclass(frozen=True)
class Location:
    """A point sent from the map. Answers `Spot`."""


@dataclass(frozen=True)
class Contact:
    """A telephone number, shared or typed. Answers `Phone`.

    A shared one is written as phones dial it from anywhere, with its + .
    """

    own: bool = False
    """One's own: a key shares it with one tap, and somebody else's contact is asked about."""


@dataclass(frozen=True)
class ContactCard:
    """Somebody else's contact, as words that tell whom to ring: 'name, number'. Answers str."""


@dataclass(frozen=True)
class SomebodysContact:
    """Somebody else's contact. Answers `Acquaintance`: name, number, and their account if any."""


@dataclass(frozen=True)
class Day:
    """A day in plain words ('tomorrow', '12月3日'), today or later. Answers `datetime.date`."""


@dataclass(frozen=True)
class TimeOfDay:
    """An hour in plain words ('3:30 pm', '下午三点半'). Answers `datetime.time`, local.

    `check` gives the sentence why one does not serve beside the answers before, '' where it does.
    """

    check: "Callable[[Answers, time], str] | None" = None


@dataclass(frozen=True)
class When:
    """A moment to come in plain words ('明天下午3点', 'in 2 hours'). Answers `Moment`."""


Reader = (
    Choose
    | Text
    | Number
    | Photos
    | OnePhoto
    | OneFile
    | Anything
    | VoiceNote
    | Location
    | Contact
    | ContactCard
    | SomebodysContact
    | Day
    | TimeOfDay
    | When
)

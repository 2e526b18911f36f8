"""Telling in several messages: what is sent is put together, and nothing that was said is lost."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from handlers.form.values import File, Photo, Spot, Story, Voice

Piece = Photo | File | Voice | Spot


def as_story(value: Any) -> Story | None:
    """Return what was told as words and pieces; None for what is not told but chosen."""
    match value:
        case Story():
            return value
        case str():
            return Story(value)
        case Photo(caption=caption) | File(caption=caption):
            return Story(caption, (replace(value, caption=""),))
        case Voice() | Spot():
            return Story(sent=(value,))
    return None


def joined(before: Any, more: Any) -> Any:
    """Return both as one answer, in the plainest shape that holds it; None where one is no story.

    What comes twice is kept once.
    """
    first, second = as_story(before), as_story(more)
    if first is None or second is None:
        return None
    fresh = tuple(piece for piece in second.sent if not _among(piece, first.sent))
    words = "\n".join(filter(None, (first.words, second.words)))
    return _plain(words, (*first.sent, *fresh))


def _plain(words: str, sent: tuple[Piece, ...]) -> Any:
    match sent:
        case ():
            return words
        case (Photo() | File() as shown,):
            return replace(shown, caption=words)
        case (only,) if not words:
            return only
    return Story(words, sent)


def _among(piece: Piece, pieces: Iterable[Piece]) -> bool:
    return _name(piece) in map(_name, pieces)


def _name(piece: Piece) -> Any:
    return piece if isinstance(piece, Spot) else piece.unique_id


def words_in(value: Any) -> str:
    """Return the words of what was told, also those under pictures."""
    story = as_story(value)
    return story.words if story else ""


def pieces_of(value: Any) -> tuple[Piece, ...]:
    """Return what was sent along, in order."""
    story = as_story(value)
    return story.sent if story else ()


def captions(sent: Iterable[Any]) -> str:
    """Return what was written under pictures, a line each."""
    return "\n".join(filter(None, (words_in(one) for one in sent)))


def with_captions(words: str | None, sent: Iterable[Any] | None) -> str:
    """Return what was written, and below it what stands under the pictures shown with it."""
    return "\n".join(filter(None, (words, captions(sent or ()))))

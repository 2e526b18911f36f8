"""Reading a whole message as one answer: its words with their formatting, and what came along."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram.types import Message, MessageEntity

from handlers.form.readers import PHOTOS_AT_MOST
from handlers.form.values import Letter
from handlers.screen import units

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
KEPT = frozenset("\n\u200c\u200d")


def letter_of(message: Message) -> Letter | None:
    """Read a message; None for what is neither words nor anything we can send on."""
    if message.location is not None:
        return Letter(latitude=message.location.latitude, longitude=message.location.longitude)
    piece = _piece(message)
    raw = message.text if piece is None else message.caption
    marks = message.entities if piece is None else message.caption_entities
    words, entities = formatted(raw or "", marks or ())
    if piece is None and not words.strip():
        return None
    return Letter(words, entities, () if piece is None else (piece,))


def bound(album: Letter, more: Letter) -> Letter:
    """Put the next part of an album to those before: in its order, once each, no more than ten."""
    fresh = tuple(piece for piece in more.pieces if piece not in album.pieces)
    pieces = (*album.pieces, *fresh)[:PHOTOS_AT_MOST]
    if album.words or not more.words:
        return replace(album, pieces=pieces)
    return replace(more, pieces=pieces)


def formatted(text: str, marks: Sequence[MessageEntity]) -> tuple[str, tuple[dict[str, Any], ...]]:
    """Take out control characters and direction marks; formatting stays on the words it was on.

    Offsets are in UTF-16 units, as Telegram counts.
    """
    kept: list[str] = []
    moved, old, new = {0: 0}, 0, 0
    for char in text:
        width = units(char)
        if char in KEPT or unicodedata.category(char) not in UNSEEN:
            kept.append(char)
            new += width
        old += width
        moved[old] = new
    entities = [_moved(mark, moved) for mark in marks]
    return "".join(kept), tuple(entity for entity in entities if entity is not None)


def _moved(mark: MessageEntity, moved: dict[int, int]) -> dict[str, Any] | None:
    start, end = moved.get(mark.offset), moved.get(mark.offset + mark.length)
    if start is None or end is None or end <= start:
        return None
    plain = mark.model_dump(include={"type", "url", "language"}, exclude_none=True)
    return {**plain, "offset": start, "length": end - start}


def _piece(message: Message) -> tuple[str, str] | None:
    if message.photo:
        return "photo", message.photo[-1].file_id
    if message.animation is not None:  # Telegram adds it as a document of another kind
        return None
    for kind in ("video", "document", "voice"):
        sent = getattr(message, kind)
        if sent is not None:
            return kind, sent.file_id
    return None

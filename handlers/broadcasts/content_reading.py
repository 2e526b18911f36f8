"""Making a broadcast's content of what somebody sent."""

from typing import Any

from handlers.broadcasts.words import said
from handlers.form import Letter
from models.broadcasts.rules.content import FORMATS, Content, Item, fault_of, is_link
from models.broadcasts.rules.notices import Medium


def content_of(letter: Letter) -> Content:
    """Read a message as the content of a broadcast, without formatting that cannot be sent on."""
    entities = tuple(each for each in letter.entities if _goes_on(each))
    items = tuple(Item(Medium(kind), file_id) for kind, file_id in letter.pieces)
    return Content(
        _medium(letter), letter.words, entities, items, letter.latitude, letter.longitude
    )


def check(letter: Letter) -> str:
    """Say why a message cannot be a broadcast; '' where it can."""
    fault = fault_of(content_of(letter))
    return said(fault) if fault else ""


def check_words(letter: Letter) -> str:
    """Say why a message cannot be the words in another language: those alone are asked for."""
    return check(Letter(letter.words, letter.entities))


def _medium(letter: Letter) -> Medium:
    if letter.latitude is not None:
        return Medium.LOCATION
    if len(letter.pieces) > 1:
        return Medium.ALBUM
    return Medium(letter.pieces[0][0]) if letter.pieces else Medium.TEXT


def _goes_on(entity: dict[str, Any]) -> bool:
    leads = entity["type"] != "text_link" or is_link(str(entity.get("url")))
    return entity["type"] in FORMATS and leads

"""Cards and messages about a record, rendered from the state of the moment."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from handlers.notices import renders
from handlers.screen import Pointless, Screen
from handlers.text import late_note, sentences
from models.database import Session
from models.outbox.views import Notice

NOT_THEIRS = Pointless("it is none of the reader's any more")

Told = Callable[..., Awaitable[Any]]
"""(session, reader_id, id, now) -> the view; None where it is none of the reader's any more"""
Head = Callable[[Any, Notice], str | Pointless]
"""(view, notice) -> the sentence above the card, or why there is nothing to say"""
DrawCard = Callable[[Any, datetime, str], Screen]
"""(view, now, the sentence above) -> the card"""


def plainly(_view: Any, _notice: Notice) -> str:
    """Head a card by nothing: it says all itself."""
    return ""


def card(kind: str, told: Told, draw: DrawCard, head: Head = plainly) -> None:
    """Enter a notice: a card under a sentence. One that comes late says so by itself."""

    async def render(session: Session, notice: Notice) -> Screen | Pointless:
        view = await told(session, notice.recipient_id, notice.subject_id, notice.now)
        if view is None:
            return NOT_THEIRS
        above = head(view, notice)
        if isinstance(above, Pointless):
            return above
        late = late_note(late=bool(notice.detail.get("late")))
        return draw(view, notice.now, sentences(above, late))

    renders(kind)(render)

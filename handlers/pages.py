"""Which page was shown last that takes something written: its kind, its subject, and when.

A message that fits such a page is offered to it for a while, by one tap; nothing is taken unasked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aiogram.fsm.context import FSMContext

PAGE = "page"
"""Conversation data: [page, subject, when it was shown]."""

FOR = timedelta(minutes=10)
"""How long a page is what a message may be about."""


class Page(StrEnum):
    """A page after which something may be written."""

    PEACE = "peace"
    """A pause, and quiet hours of one's own."""
    BREAK = "break"
    """A volunteer takes a break."""
    DRAFT = "draft"
    """A broadcast's card; whether it is still a draft is asked when something comes."""


@dataclass(frozen=True)
class PageShown:
    """A page, and what it was about; 0 for what is about the reader alone."""

    page: Page
    subject: int


async def remember_page(state: FSMContext, page: Page, now: datetime, subject: int = 0) -> None:
    """Remember that a page was shown."""
    await state.update_data({PAGE: [page.value, subject, now.isoformat()]})


async def page_shown(state: FSMContext, now: datetime) -> PageShown | None:
    """Return the page that was shown lately; None where none was, or too long ago."""
    kept = (await state.get_data()).get(PAGE)
    if not isinstance(kept, list) or len(kept) != 3:
        return None
    page, subject, at = kept
    if page not in set(Page) or now - datetime.fromisoformat(at) > FOR:
        return None
    return PageShown(Page(page), int(subject))

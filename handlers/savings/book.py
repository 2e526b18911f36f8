"""One's own page of service: what savings keep of somebody, and when they are due."""

from datetime import datetime

from handlers.savings.screens import book_screen
from handlers.screen import Screen
from models.callups.queries import due_of as callup_days
from models.callups.views import CallupDue
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.posts.queries import due_of
from models.posts.views import ShiftDue
from models.savings.queries import my_book


async def own_book(
    session: Session, person: Person, now: datetime, *, page: int = 0, above: str = ""
) -> Screen:
    """Load a page of somebody's book; when they are due stands on the first one."""
    book = await my_book(session, person, page)
    due: list[ShiftDue | CallupDue] = []
    if not page:
        due += [*await due_of(session, person.id, now), *await callup_days(session, person.id, now)]
        due.sort(key=lambda one: one.starts_at)
    decides = person.may_anywhere(Right.SUPERVISE)
    return book_screen(book, due, now, above, decides=decides)

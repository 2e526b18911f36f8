"""One's own page of service: what savings keep of somebody, and the shifts they are due for."""

from datetime import datetime

from handlers.savings.screens import book_screen
from handlers.screen import Screen
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.posts.queries import due_of
from models.savings.queries import my_book


async def own_book(
    session: Session, person: Person, now: datetime, *, page: int = 0, above: str = ""
) -> Screen:
    """Load a page of somebody's book; when they are due stands on the first one."""
    book = await my_book(session, person, page)
    due = [] if page else await due_of(session, person.id, now)
    decides = person.may_anywhere(Right.SUPERVISE)
    return book_screen(book, due, now, above, decides=decides)

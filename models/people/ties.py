"""What a subject does when somebody leaves for good; `models.leaving` lists the subjects."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from models.database import Session


@dataclass(frozen=True)
class LeaveHooks:
    """How a subject is bound up with people who want to leave."""

    let_go: Callable[[Session, int, datetime], Awaitable[None]]
    """Ends what a leaving person (by id) has there; called when nobody is owed anything."""
    duties: Callable[[Session, int], Awaitable[int]] | None = None
    """Counts what a person still owes others, such as tasks they hold; None: nothing, ever."""

"""Pictures of early items that leave the room; nobody's name, words, door or phone is in them."""

from dataclasses import dataclass
from datetime import datetime

from models.early.rules import State
from models.help.rules.states import State as RequestState
from models.names.views import Where, Who


@dataclass(frozen=True)
class Linked:
    """A request that an item rests on: its number and where it stands."""

    request_id: int
    number: int
    state: RequestState
    created_at: datetime


@dataclass(frozen=True)
class EarlyItem:
    """One trouble at one place; who saw to it is None for nobody yet and for those who left."""

    id: int
    where: Where
    category: str
    state: State
    opened_at: datetime
    taken_by: Who | None
    settled_by: Who | None
    settled_at: datetime | None
    words: str | None
    requests: tuple[Linked, ...]
    """In the order of filing."""
    findings: int = 0
    """Found by staff and put right on the spot: no request is about them."""

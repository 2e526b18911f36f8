"""Pictures of orders and return visits that leave the room."""

from dataclasses import dataclass
from datetime import datetime

from models.categories import Body
from models.help.rules.closing import Cause
from models.help.views import RequestView
from models.media import Media
from models.names.views import Where, Who
from models.orders.rules import Move, State, VisitAnswer


@dataclass(frozen=True)
class OrderLine:
    """One line of a list of orders."""

    order_id: int
    request_id: int
    number: int
    category: str
    where: Where
    cause: Cause
    state: State
    person: Who | None
    """Who is to put it right; None where nobody is, or they left."""
    due_at: datetime
    overdue: bool


@dataclass(frozen=True)
class OrderView:
    """One order whole, and what its reader may do with it now."""

    line: OrderLine
    body: Body | None
    beneficiary: Who
    said: str | None
    """What the resident said last of what is not right."""
    to_show: str | None
    report: str | None
    reporter: Who | None
    reported_at: datetime | None
    evidence: tuple[Media, ...]
    sent_back: str | None
    signer: Who | None
    signed_at: datetime | None
    mine: bool
    """It is the reader's to put right."""
    partial: bool
    """The reader answers for the place but had a hand in it, so somebody else judges."""
    may: frozenset[Move]


@dataclass(frozen=True)
class VisitView:
    """One return visit, with the request it is about as its reader sees it."""

    visit_id: int
    days: int
    """After sign-off."""
    answer: VisitAnswer | None
    as_resident: bool
    may_answer: bool
    """Nothing was said yet, and it can be said still."""
    request: RequestView

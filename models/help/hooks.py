"""What help leaves to the subjects above it: orders 督办, and early items."""

from collections.abc import Collection
from datetime import datetime

from models.database import Session
from models.help.rules.closing import Cause
from models.help.tables import RequestRow
from models.help.views import OrderMark
from models.hooks import event, question


@event
async def filed(session: Session, request: RequestRow, *, now: datetime) -> None:
    """A request was filed: it stands, with its owner and its clocks, and nobody was told yet."""


@event
async def fell_short(
    session: Session, request: RequestRow, cause: Cause, *, now: datetime, actor_id: int
) -> None:
    """What was done is not enough, by the word of `actor_id`: it has to be put right."""


@event
async def words_added(session: Session, request: RequestRow, now: datetime) -> None:
    """The resident said what went wrong with a locked request."""


@event
async def done(session: Session, request: RequestRow, person_id: int, now: datetime) -> None:
    """Somebody has reported a locked request done, all of it."""


@event
async def solved(session: Session, request: RequestRow, actor_id: int, now: datetime) -> None:
    """The resident, or whoever notes their word, says that a locked request is solved."""


@question
async def minutes_said(session: Session, request_id: int) -> dict[int, int]:
    """Return how long those who did a request say that it took, by person; who said nothing is
    not among them."""
    raise NotImplementedError


@question
async def who_put_right(session: Session, request_id: int) -> set[int]:
    """List who put a request right after it fell short the last time, and had to."""
    raise NotImplementedError


@question
async def ever_ordered(session: Session, request_ids: Collection[int]) -> set[int]:
    """List those of some requests that had to be put right at any time."""
    raise NotImplementedError


@question
async def last_order(session: Session, request_id: int, *, now: datetime) -> OrderMark | None:
    """Picture the last order about a request, without the name; None where there was none."""
    raise NotImplementedError

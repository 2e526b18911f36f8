"""What holds the deadlines of requests still, and what is due next."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, or_, select

from models.database import Session
from models.help.rules.deadlines import Wait
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import Waiting
from models.help.tables import PauseRow, RequestRow
from models.hours.queries import hours_at
from models.hours.rules.clocks import Clock
from models.people.reach import Reach, ReachedBy, reach_of


async def clock_at(session: Session, path: str, urgency: Urgency, policy: HelpPolicy) -> Clock:
    """Return the clock that counts for a request at a place: its desk's hours, or every hour."""
    if urgency is Urgency.EMERGENCY:
        return policy.clock(urgency)
    return policy.clock(urgency, await hours_at(session, path, policy.desk.zone))


async def waits_of(session: Session, request_ids: Iterable[int]) -> dict[int, list[Wait]]:
    """Read when the residents of requests were waited for, by request, the earliest first."""
    rows = await session.scalars(
        select(PauseRow)
        .where(PauseRow.request_id.in_(list(request_ids)))
        .order_by(PauseRow.began_at, PauseRow.id)
    )
    waits: dict[int, list[Wait]] = {}
    for row in rows:
        wait = Wait(Waiting(row.why), row.began_at, row.ended_at)
        waits.setdefault(row.request_id, []).append(wait)
    return waits


def is_waited_for(now: datetime) -> ColumnElement[bool]:
    """Say in SQL of a request whether its resident is waited for: its clocks stand still."""
    return exists().where(
        PauseRow.request_id == RequestRow.id,
        PauseRow.began_at <= now,
        or_(PauseRow.ended_at.is_(None), PauseRow.ended_at > now),
    )


def next_due() -> ColumnElement[datetime]:
    """Say in SQL of a request which of its promises is due next: the answer, then the solution."""
    return case(
        (RequestRow.answered_at.is_(None), RequestRow.answer_by), else_=RequestRow.promised_by
    )


async def resident_reach(session: Session, request: RequestRow) -> Reach:
    """Return how the beneficiary is reached, or whoever filed where they cannot be."""
    both = (request.beneficiary_id, request.requester_id)
    found = await reach_of(session, both)
    own, other = (found[one] for one in both)
    if own.arrives or not other.arrives:
        return own
    return Reach(ReachedBy.PROXY, other.reader)

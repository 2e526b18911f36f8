"""Care in numbers: a month of the places of somebody's desk, with nobody's name."""

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, or_, select

from models.care.records import NAME, at_desk
from models.care.rules.plans import first_of, month_after
from models.care.rules.states import NeedState
from models.care.tables import CareHomeRow, CareNeedRow
from models.care.views import CareMonth
from models.database import Session
from models.hours.rules.local_time import day_of, first_showing
from models.people.rules import Right
from models.people.views import Person
from models.policy.current import policy_of
from models.records.rules import Refusal
from models.routines.rules import UNSETTLED, OccasionState
from models.routines.tables import OccasionRow

FIRST_MONTH = date(2020, 1, 1)
"""Earlier nobody kept care here."""


async def care_month(
    session: Session, reader: Person, month: date | None, *, now: datetime
) -> CareMonth | Refusal:
    """Return a month of care at somebody's desk; NOT_ALLOWED for whoever has none.

    A call-on counts in the month in which its window ends by the clocks of the place. The month of
    today for None, and for one to come or long past.
    """
    if not reader.may_anywhere(Right.WORK_DESK):
        return Refusal.NOT_ALLOWED
    zone = policy_of(session).zone
    this = first_of(day_of(now, zone))
    first = first_of(month) if month is not None else this
    if not FIRST_MONTH <= first <= this:
        first = this
    begins = first_showing(first, time(0), zone)
    ends = first_showing(month_after(first), time(0), zone)
    theirs = at_desk(reader)
    counts = await calls_between(session, theirs, begins, ends)
    open_ = sum(counts.get(state, 0) for state in UNSETTLED)
    made, covered = counts.get(OccasionState.DONE, 0), counts.get(OccasionState.COVERED, 0)
    missed = counts.get(OccasionState.MISSED, 0)
    noted = select(CareNeedRow.state, func.count()).join(
        CareHomeRow, CareHomeRow.id == CareNeedRow.home_id
    )
    found = await session.execute(
        noted.where(theirs, CareNeedRow.noted_at >= begins, CareNeedRow.noted_at < ends).group_by(
            CareNeedRow.state
        )
    )
    needs: dict[str, int] = {row[0]: row[1] for row in found.all()}
    return CareMonth(
        month=first,
        homes=await homes_between(session, theirs, begins, ends),
        due=open_ + made + covered + missed,
        made=made,
        covered=covered,
        missed=missed,
        excused=counts.get(OccasionState.EXCUSED, 0),
        needs=sum(needs.values()),
        needs_met=needs.get(NeedState.MET, 0) + needs.get(NeedState.REQUEST, 0),
        last=first == this,
    )


async def homes_between(
    session: Session, which: ColumnElement[bool], begins: datetime, ends: datetime
) -> int:
    """Count the homes that had agreed, and not ended, at any time of [begins, ends)."""
    found = await session.scalar(
        select(func.count()).where(
            which,
            CareHomeRow.agreed_at < ends,
            or_(CareHomeRow.ended_at.is_(None), CareHomeRow.ended_at >= begins),
        )
    )
    return found or 0


async def calls_between(
    session: Session, which: ColumnElement[bool], begins: datetime, ends: datetime
) -> dict[str, int]:
    """Count the call-ons on some homes whose window ends in [begins, ends), by state."""
    found = await session.execute(
        select(OccasionRow.state, func.count())
        .join(CareHomeRow, CareHomeRow.id == OccasionRow.subject_id)
        .where(
            which,
            OccasionRow.subject == NAME,
            OccasionRow.ends_at >= begins,
            OccasionRow.ends_at < ends,
        )
        .group_by(OccasionRow.state)
    )
    return {row[0]: row[1] for row in found.all()}

"""What becomes of days after a month, and of a day check when somebody leaves."""

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, select, update

from models.database import Session, insert_once
from models.daychecks.actions.wishes import end
from models.daychecks.rules.ladder import DayCheckPolicy
from models.daychecks.tables import DayCountRow, DayRow, DayToldRow
from models.hours.rules.local_time import day_of
from models.people.hanging import PlaceHooks
from models.people.tables import PersonRow
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.rules import PlaceKind, ancestors
from models.places.tables import PlaceRow
from models.policy.current import policy_of

AT_ONCE = 2000
"""An hour: as many as twice a day for twenty thousand people."""


async def forget_old(session: Session, now: datetime) -> None:
    """Drop days that are older than they are kept; how many ended how stays, by month."""
    policy = policy_of(session, DayCheckPolicy)
    until = day_of(now - policy.check_kept, policy.zone)
    rows = (
        await session.execute(
            select(DayRow.id, DayRow.day, DayRow.state, PlaceRow.path)
            .join(PersonRow, PersonRow.id == DayRow.person_id)
            .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
            .where(DayRow.day < until)
            .order_by(DayRow.day, DayRow.id)
            .limit(AT_ONCE)
        )
    ).all()
    if not rows:
        return
    communities = await _communities(session, {row.path for row in rows if row.path})
    ended = Counter(
        (communities[row.path], row.day.replace(day=1), row.state)
        for row in rows
        if row.path in communities
    )
    for (place_id, month, state), count in sorted(ended.items()):
        await _count(session, place_id, month, state, count)
    ids = [row.id for row in rows]
    await session.execute(delete(DayToldRow).where(DayToldRow.day_id.in_(ids)))
    await session.execute(delete(DayRow).where(DayRow.id.in_(ids)))


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """End the day check of somebody who leaves for good; what they said is erased."""
    await end(session, person_id, now)
    theirs = DayRow.person_id == person_id
    await session.execute(update(DayRow).where(theirs).values(voice=None, to_listen=False))


async def _communities(session: Session, paths: set[str]) -> dict[str, int]:
    """Return the community around each of some places, by path."""
    around = {one for path in paths for one in ancestors(path)}
    found = await session.scalars(
        select(PlaceRow.id).where(PlaceRow.id.in_(around), PlaceRow.kind == PlaceKind.COMMUNITY)
    )
    communities = set(found)
    each = {path: [one for one in ancestors(path) if one in communities] for path in paths}
    return {path: ids[-1] for path, ids in each.items() if ids}


async def _count(session: Session, place_id: int, month: object, state: str, count: int) -> None:
    key = {"place_id": place_id, "month": month, "state": state}
    if await insert_once(session, DayCountRow, {**key, "count": count}):
        return
    await session.execute(
        update(DayCountRow)
        .where(*(getattr(DayCountRow, name) == value for name, value in key.items()))
        .values(count=DayCountRow.count + count)
    )


async def _hanging(_session: Session, _path: str) -> int:
    """Count nothing: a day check is somebody's, wherever they live."""
    return 0


async def _carry(session: Session, _actor: Person, pair: tuple[int, int], _now: datetime) -> None:
    """Add the numbers of a place that is merged to those of the other."""
    rows = await session.scalars(select(DayCountRow).where(DayCountRow.place_id == pair[0]))
    for row in rows.all():
        await _count(session, pair[1], row.month, row.state, row.count)
    await session.execute(delete(DayCountRow).where(DayCountRow.place_id == pair[0]))


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_hanging, carry=_carry)

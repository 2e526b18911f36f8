"""A day in hand: who was told of it, telling them, ending it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.daychecks.queries import DAYS
from models.daychecks.rules.ladder import Rung, lane_of
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import DayMove
from models.daychecks.tables import DayRow, DayToldRow
from models.outbox.actions import notify
from models.outbox.crowd import notify_people
from models.records.changing import RecordChange

Day = RecordChange[DayRow]


async def told_of(session: Session, day_id: int) -> Sequence[DayToldRow]:
    """List who was told of a day's silence, in order."""
    found = await session.scalars(
        select(DayToldRow)
        .where(DayToldRow.day_id == day_id)
        .order_by(DayToldRow.id)
        .execution_options(populate_existing=True)
    )
    return found.all()


async def tell(
    change: Day, notice: Notice, people: Iterable[int], rung: Rung, *, late: bool = False
) -> None:
    """Tell some people of a day, as loudly as a rung is.

    Whoever acts knows; but that there is another number to ring is news to whoever rang the last.
    """
    knows = set() if notice is Notice.CALL else {change.actor_id}
    await notify_people(
        change.session,
        set(people) - knows,
        kind=notice,
        subject_id=change.row.id,
        now=change.now,
        lane=lane_of(rung),
        detail={"late": True} if late else None,
        name=None,
    )


async def settle(change: Day, move: DayMove) -> None:
    """End the silence of a day by a move: nobody else is told, those who were hear of it.

    Whoever was silent is told back once where somebody had gone there, or found them.
    """
    row, session = change.row, change.session
    change.make(move)
    row.climb_at = None
    await change.cancel([Reminder.CLIMB], "somebody was heard of")
    await change.finish()
    told = {one.person_id for one in await told_of(session, row.id)}
    await tell(change, Notice.HEARD, told - {row.person_id}, Rung(row.rung))
    if row.going_by is not None or row.found_by is not None:
        await notify(
            session,
            recipient_id=row.person_id,
            kind=Notice.AFTER,
            subject_id=row.id,
            now=change.now,
            dedupe=f"{Notice.AFTER}:{row.id}",
        )


async def open_days(session: Session, person_id: int, states: Iterable[str]) -> Sequence[DayRow]:
    """List, held, the days of somebody that stand in some states."""
    await session.flush()
    found = await session.scalars(
        select(DayRow)
        .where(DayRow.person_id == person_id, DayRow.state.in_([*states]))
        .order_by(DayRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.all()


def changing(session: Session, row: DayRow, actor_id: int | None, now: datetime) -> Day:
    """Return the change of a day that is held."""
    return RecordChange(session, DAYS, row, actor_id, now)

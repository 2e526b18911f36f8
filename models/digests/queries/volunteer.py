"""What a volunteer gave in a week, who thanked them, what comes next."""

from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.digests.rules.times import Period
from models.digests.views import Thanks, VolunteerWeek
from models.help.queries.volunteer import my_hours, my_tasks
from models.help.rules.limits import Line
from models.help.rules.states import HOLDING, ClaimState
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.people.tables import PersonRow
from models.people.views import Person


async def volunteer_week(
    session: Session, actor: Person, week: Period, *, now: datetime, zone: str
) -> VolunteerWeek:
    """Add up a volunteer's week, up to `week.end`."""
    done = await session.execute(
        select(func.count(), func.sum(ClaimRow.minutes)).where(
            ClaimRow.person_id == actor.id,
            ClaimRow.done_at >= week.start,
            ClaimRow.done_at < week.end,
        )
    )
    tasks, minutes = done.one()
    held = [task for task in await my_tasks(session, actor) if task.claim in HOLDING]
    return VolunteerWeek(
        tasks=tasks,
        minutes=minutes or 0,
        hours=await my_hours(session, actor, now=now, zone=zone),
        thanks=await _thanks(session, actor, week),
        next=tuple(held),
    )


async def _thanks(session: Session, actor: Person, week: Period) -> tuple[Thanks, ...]:
    """List whose request somebody helped with was called solved in a week, the best stars first."""
    found = await session.execute(
        select(RequestRow.id, PersonRow.name, RequestRow.category, RequestRow.rating)
        .join(ClaimRow, ClaimRow.request_id == RequestRow.id)
        .join(LineRow, LineRow.request_id == RequestRow.id)
        .join(PersonRow, PersonRow.id == RequestRow.beneficiary_id)
        .where(
            ClaimRow.person_id == actor.id,
            ClaimRow.state == ClaimState.DONE,
            LineRow.what == Line.SOLVED,
            LineRow.at >= week.start,
            LineRow.at < week.end,
        )
        .distinct()
    )
    thanks = [Thanks(name, category, stars) for _, name, category, stars in found.all()]
    return tuple(sorted(thanks, key=lambda one: -(one.stars or 0)))

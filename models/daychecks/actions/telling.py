"""Telling those around somebody who is silent, and writing down who was told."""

from collections.abc import Sequence
from datetime import datetime

from models.circle.views import CircleContact
from models.database import Session, insert_new
from models.daychecks.actions.days import Day, tell
from models.daychecks.queries import DAYS, home_of
from models.daychecks.rules.ladder import (
    Rung,
    lane_of,
)
from models.daychecks.rules.notices import Notice
from models.daychecks.tables import DayRow, DayToldRow
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.actions.rows import choose_owner
from models.outbox.crowd import Push, notify_each


async def tell_contact(change: Day, contact: CircleContact, *, late: bool) -> None:
    """Ask one of the circle; who is without the bot is rung by whoever is on duty."""
    person_id, notice = contact.member_id, Notice.CONTACT
    if person_id is None:
        person_id, notice = await ringer_of(change), Notice.CALL
    if person_id is None:
        return
    await _note_told(change, [person_id], Rung.CIRCLE, contact.circle_id)
    await tell(change, notice, [person_id], Rung.CIRCLE, late=late)


async def ringer_of(change: Day) -> int | None:
    """Return who rings whom for somebody: whoever is on duty, never themselves."""
    whose = change.row.person_id
    path = await home_of(change.session, whose)
    if path is None:
        return None
    owner = await choose_owner(change.session, path, rather_not={whose}, now=change.now)
    return None if owner == whose else owner


async def tell_first(
    session: Session, first: Sequence[tuple[DayRow, CircleContact]], now: datetime
) -> None:
    """Ask the first of many circles, late, in few statements."""
    known = [(row, one, one.member_id) for row, one in first if one.member_id is not None]
    told = [
        {
            "day_id": row.id,
            "person_id": member_id,
            "circle_id": one.circle_id,
            "rung": int(Rung.CIRCLE),
        }
        for row, one, member_id in known
    ]
    await insert_new(session, DayToldRow, told)
    lane, late = lane_of(Rung.CIRCLE), {"late": True}
    pushes = [Push(member_id, row.id, late, lane) for row, _one, member_id in known]
    await notify_each(session, pushes, kind=Notice.CONTACT, now=now)
    for row, one in first:
        if one.member_id is None:
            await tell_contact(by_clock(session, row, now), one, late=True)


async def tell_all(
    change: Day, notice: Notice, people: Sequence[int], rung: Rung, *, late: bool
) -> None:
    """Tell all of a rung, and write down that they were."""
    await _note_told(change, people, rung, None)
    await tell(change, notice, people, rung, late=late)


async def _note_told(change: Day, people: Sequence[int], rung: Rung, circle_id: int | None) -> None:
    for person_id in people:
        change.session.add(
            DayToldRow(
                day_id=change.row.id, person_id=person_id, circle_id=circle_id, rung=int(rung)
            )
        )
    await change.session.flush()


async def desk_of(change: Day, path: str | None) -> list[int]:
    """List who is told on the rung of the desk: whoever is on duty, and the secretary."""
    if path is None:
        return []
    session, about = change.session, change.row.person_id
    owner = await choose_owner(session, path, rather_not={about}, now=change.now)
    found = await people_at_level(session, path, Level.SECRETARY)
    people = [*found, *([] if owner is None else [owner])]
    return sorted({one for one in people if one != about})


def by_clock(session: Session, row: DayRow, now: datetime) -> Day:
    """Return the change of a held day that the clock makes."""
    return Day(session, DAYS, row, None, now)

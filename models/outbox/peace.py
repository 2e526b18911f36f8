"""Leaving somebody alone: a pause until a day, and quiet hours of their own."""

from dataclasses import astuple, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from models.database import Session
from models.hours.rules.local_time import first_showing
from models.hours.rules.sparing import Spared, rings_at
from models.outbox.sparing import put_off_again
from models.people.rules import LONGEST_PAUSE, Sparing, quiet_span
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of

ENDS_AT = time(8)
"""A pause ends in the morning of its last day; where quiet hours last longer, when they end."""


async def spared(session: Session, person_id: int) -> Spared:
    """Return what somebody has set."""
    rows = await session.execute(
        select(PersonRow.paused_until, PersonRow.quiet_from, PersonRow.quiet_until).where(
            PersonRow.id == person_id
        )
    )
    return Spared(*rows.one())


def pause_ends(session: Session, days: int, now: datetime, wanted: Spared) -> datetime:
    """Return when a pause of so many days ends that begins now."""
    house = policy_of(session).quiet
    day = now.astimezone(ZoneInfo(house.zone)).date() + timedelta(days=days)
    unpaused = replace(wanted, paused_until=None)
    return rings_at(first_showing(day, ENDS_AT, house.zone), unpaused, house)


async def pause(session: Session, person: Person, days: int, *, now: datetime) -> Sparing:
    """Let what may wait wait for some days; of 0 days: no longer."""
    if not 0 <= days <= LONGEST_PAUSE:
        return Sparing.NO_SUCH_CHOICE
    before = await spared(session, person.id)
    until = pause_ends(session, days, now, before) if days else None
    await _keep(session, person, replace(before, paused_until=until), now)
    return Sparing.PAUSED if days else Sparing.RESUMED


async def set_quiet(
    session: Session, person: Person, quiet_from: int, quiet_until: int, *, now: datetime
) -> Sparing:
    """Have quiet hours of one's own; of the same hour twice: those of all."""
    own = (quiet_from, quiet_until)
    if quiet_from != quiet_until and quiet_span(time(quiet_from), time(quiet_until)) is None:
        return Sparing.NO_SUCH_CHOICE
    before = await spared(session, person.id)
    chosen = own if quiet_from != quiet_until else (None, None)
    await _keep(session, person, Spared(before.paused_until, *chosen), now)
    return Sparing.QUIET if quiet_from != quiet_until else Sparing.AS_ALL


async def _keep(session: Session, person: Person, wanted: Spared, now: datetime) -> None:
    names = ("paused_until", "quiet_from", "quiet_until")
    await session.execute(
        update(PersonRow)
        .where(PersonRow.id == person.id)
        .values(dict(zip(names, astuple(wanted), strict=True)))
    )
    await put_off_again(session, person.id, wanted, now)

"""Asking at the hour: whoever was not heard of since early morning, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.circle.queries import contacts_of_each
from models.circle.views import CircleContact
from models.database import Session, insert_new
from models.daychecks.actions.signs import hours_of
from models.daychecks.actions.telling import tell_first
from models.daychecks.rules.hours import DayAsking, last_asked, next_asked, next_window
from models.daychecks.rules.ladder import (
    DayCheckPolicy,
    Rung,
    first_step,
    lane_of,
    wait,
)
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import CheckState, DayState
from models.daychecks.tables import DayCheckRow, DayRow
from models.hours.rules.quiet import in_quiet_hours, out_of_quiet
from models.outbox.crowd import Push, notify_each
from models.people.tables import PersonRow
from models.policy.current import policy_of
from models.reminders.actions import remind_all
from models.reminders.views import Due


async def ask(session: Session, due: Due, now: datetime) -> None:
    """Ask somebody whether all is well, unless they were heard of since early morning."""
    await ask_all(session, [due], now)


async def ask_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Ask many, in as many statements as for one; each is asked again at their next hour.

    Whoever is asked hours late is asked together with the first of their circle. Whose next window
    has begun meanwhile, or who would be woken, is not asked late any more.
    """
    policy = policy_of(session, DayCheckPolicy)
    checks = await _to_ask(session, [due.subject_id for due in fired])
    asked = [one for check in checks if (one := _asking(check, now, policy)) is not None]
    late = [check.person_id for check, asking in asked if now - asking.ask_at > policy.check_late]
    circles = await contacts_of_each(session, late) if late else {}
    begun = [_begun(check, asking, circles, now, policy) for check, asking in asked]
    await insert_new(session, DayRow, [one.values for one in begun])
    anew = await _new_days(session, [check.person_id for check, _asking in asked], now)
    pushes = [
        Push(row.person_id, row.id, {"late": True} if one.late else None, lane_of(Rung.ASKED))
        for one in begun
        if (row := anew.get(one.values["person_id"])) is not None
    ]
    await notify_each(session, pushes, kind=Notice.ASK, now=now)
    wanted = [(row.id, row.climb_at) for row in anew.values() if row.climb_at is not None]
    await remind_all(session, kind=Reminder.CLIMB, wanted=wanted)
    again = [
        (check.id, next_asked(hours_of(check), now, policy.zone, check.rest_until).ask_at)
        for check in checks
    ]
    await remind_all(session, kind=Reminder.ASK, wanted=again)
    first = [(row, circles[row.person_id][0]) for row in anew.values() if row.rung == Rung.CIRCLE]
    await tell_first(session, first, now)


@dataclass(frozen=True)
class BegunDay:
    """A day as it begins."""

    values: dict[str, Any]
    late: bool


async def _to_ask(session: Session, check_ids: list[int]) -> list[DayCheckRow]:
    await session.flush()
    found = await session.scalars(
        select(DayCheckRow)
        .join(PersonRow, PersonRow.id == DayCheckRow.person_id)
        .where(
            DayCheckRow.id.in_(check_ids),
            DayCheckRow.state == CheckState.ON,
            PersonRow.left_at.is_(None),
        )
        .order_by(DayCheckRow.id)
        .with_for_update(of=DayCheckRow)
        .execution_options(populate_existing=True)
    )
    return list(found)


def _asking(
    check: DayCheckRow, now: datetime, policy: DayCheckPolicy
) -> tuple[DayCheckRow, DayAsking] | None:
    """Return which asking is due for a day check; None where it is of no use any more."""
    hours = hours_of(check)
    asking = last_asked(hours, now, policy.zone)
    if check.rest_until is not None and asking.day <= check.rest_until:
        return None
    if now - asking.ask_at > policy.check_late:
        begun = next_window(hours, asking.from_at, policy.zone).from_at <= now
        if begun or in_quiet_hours(now, policy.quiet):
            return None
    return check, asking


def _begun(
    check: DayCheckRow,
    asking: DayAsking,
    circles: dict[int, list[CircleContact]],
    now: datetime,
    policy: DayCheckPolicy,
) -> BegunDay:
    """Return a day as it begins; the first hour counts from when the question may ring."""
    late = now - asking.ask_at
    contacts = len(circles.get(check.person_id, ()))
    step = first_step(late=late, contacts=contacts, policy=policy)
    lasts = wait(step, policy)
    assert lasts is not None  # noqa: S101 - only the last has no end
    values = {
        "person_id": check.person_id,
        "day": asking.day,
        "part": asking.part,
        "state": DayState.WAITING,
        "rung": int(step.rung),
        "asked": step.asked,
        "asked_at": now,
        "climb_at": out_of_quiet(now, policy.quiet) + lasts,
        "to_listen": False,
    }
    return BegunDay(values, late=late > policy.check_late)


async def _new_days(session: Session, people: list[int], now: datetime) -> dict[int, DayRow]:
    """Return the days that have just begun, by person; who was heard of before has none."""
    found = await session.scalars(
        select(DayRow)
        .where(
            DayRow.person_id.in_(people),
            DayRow.state == DayState.WAITING,
            DayRow.asked_at == now,
        )
        .order_by(DayRow.id)
        .execution_options(populate_existing=True)
    )
    return {row.person_id: row for row in found}

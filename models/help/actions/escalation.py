"""Escalation: the owner is nudged, the secretary told, then the street."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from models.database import Session
from models.escalation.queries import people_at_level, standing_at
from models.escalation.rules import Level, is_led
from models.help.actions.deadlines import RUNNING, pause, schedule_steps, steps_to_come
from models.help.actions.notify import lane_of, tell_resident
from models.help.actions.owner import owner_now
from models.help.actions.rows import add_line, locked, path_of
from models.help.rules.deadlines import Call, calls
from models.help.rules.limits import Line
from models.help.rules.notices import Notice, Reminder
from models.help.rules.states import State, Waiting
from models.help.tables import PauseRow, RequestRow
from models.outbox.actions import notify
from models.reminders.rules import is_late
from models.reminders.tables import ReminderRow
from models.reminders.views import Due

ARRANGED_AT_ONCE = 200
"""Requests in one transaction: turns wait meanwhile on SQLite."""


async def climb(session: Session, due: Due, now: datetime) -> None:
    """Tell whoever is due to be told of a request's promises, and set the next step.

    After an outage only the highest rung that is due speaks; each person is told once.
    """
    request = await locked(session, due.subject_id)
    if request is None:
        return
    due_calls, told = calls(await steps_to_come(session, request, now), now), set[int]()
    for call in due_calls:
        for person_id in await _tell(session, request, call, now):
            if person_id not in told:
                told.add(person_id)
                await _push(session, request, call, person_id, now)
    if broken := [call for call in due_calls if call.is_owned_up_to]:
        led = is_led(await standing_at(session, await path_of(session, request)))
        detail = _detail(broken[0], now) | {"led": led}
        await tell_resident(session, request, Notice.LATE_TOLD, now=now, detail=detail)
    await schedule_steps(session, request, now)


async def arrange(session: Session, now: datetime) -> None:
    """Set the clocks of requests that have none: those filed before there were any."""
    wound = exists().where(
        ReminderRow.kind == Reminder.CLOCK, ReminderRow.subject_id == RequestRow.id
    )
    found = await session.scalars(
        select(RequestRow.id)
        .where(RequestRow.state.in_(list(RUNNING)), ~wound)
        .order_by(RequestRow.id)
        .limit(ARRANGED_AT_ONCE)
    )
    for request_id in found.all():
        request = await locked(session, request_id)
        if request is not None:
            await schedule_steps(session, request, now)
    await _await_verdicts(session, now)


async def _await_verdicts(session: Session, now: datetime) -> None:
    """Wait for the residents of what was reported done before waiting was written down."""
    waited_for = exists().where(
        PauseRow.request_id == RequestRow.id, PauseRow.why == Waiting.VERDICT
    )
    found = await session.scalars(
        select(RequestRow.id)
        .where(RequestRow.state == State.DONE, ~waited_for)
        .order_by(RequestRow.id)
        .limit(ARRANGED_AT_ONCE)
    )
    for request_id in found.all():
        request = await locked(session, request_id)
        if request is not None and request.state == State.DONE:
            await pause(session, request, Waiting.VERDICT, request.done_at or now)


async def _tell(session: Session, request: RequestRow, call: Call, now: datetime) -> list[int]:
    """Write down that a call goes out, and give who is meant by it."""
    detail = {"clock": str(call.promise), "rung": str(call.highest)}
    add_line(session, request, Line.LADDER, now=now, actor_id=None, detail=detail, internal=True)
    path, people = await path_of(session, request), list[int]()
    for rung in call.rungs:
        people += await people_at_level(session, path, rung)
    owner_id = None if call.rungs == (Level.STREET,) else await owner_now(session, request, now)
    return people if owner_id is None else [owner_id, *people]


async def _push(
    session: Session, request: RequestRow, call: Call, person_id: int, now: datetime
) -> None:
    """Queue the card; of one breach nobody is told twice, on whatever rungs they stand."""
    kind = Notice.NUDGE if call.highest is Level.OWNER else Notice.BREACH
    await notify(
        session,
        recipient_id=person_id,
        kind=kind,
        subject_id=request.id,
        now=now,
        lane=lane_of(request, kind),
        detail=_detail(call, now),
        dedupe=f"{kind}:{request.id}:{call.promise}:{person_id}",
    )


def _detail(call: Call, now: datetime) -> dict[str, Any]:
    return {
        "clock": str(call.promise),
        "rung": str(call.highest),
        "late": is_late(call.at, now),
    }

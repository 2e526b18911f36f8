"""Deadlines of a request: promised, held still while the resident is waited for, and whom it is
told to, level by level, when one passes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from models.database import Session
from models.escalation.queries import people_at_level, standing_at
from models.escalation.rules import Level, is_led
from models.help.actions.notify import lane_of, refresh_parties, tell_resident
from models.help.actions.rows import add_line, is_desk, locked, owner_now, path_of, refuse
from models.help.queries.deadlines import clock_at, waits_of
from models.help.rules.deadlines import (
    Call,
    Promise,
    PromiseTerm,
    Step,
    Wait,
    calls,
    due_by,
    moved,
    steps_of,
    to_come,
    waiting_now,
)
from models.help.rules.limits import NOTE_LENGTH, Channel, Line
from models.help.rules.notices import Notice, Reminder
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import LIVE, State, Waiting
from models.help.tables import LineRow, PauseRow, RequestRow
from models.outbox.actions import notify
from models.people.views import Person
from models.policy.current import policy_of
from models.reminders.actions import cancel, remind
from models.reminders.rules import is_late
from models.reminders.tables import ReminderRow
from models.reminders.views import Due
from models.text import clean_text

RUNNING = LIVE | {State.UNSOLVED}
"""While a request stands so, its promises are ours to keep."""


async def promised(
    session: Session, path: str, urgency: Urgency, start_at: datetime | None, now: datetime
) -> dict[Promise, datetime]:
    """Return by when a request filed now at a place is promised answered and solved."""
    policy = policy_of(session, HelpPolicy)
    clock = await clock_at(session, path, urgency, policy)
    waits = _until_start(start_at, now)
    return {one: due_by(one, urgency, now, waits, policy, clock) for one in Promise}


async def start_clocks(session: Session, request: RequestRow, now: datetime) -> None:
    """Let the clocks of a request just filed run; for a later start the resident is waited for."""
    for wait in _until_start(request.start_at, now):
        _add(session, request, wait)
    await schedule_steps(session, request, now)


async def pause(session: Session, request: RequestRow, why: Waiting, now: datetime) -> None:
    """Hold the clocks of a locked request still from now on: the resident is waited for.

    What they were waited for until now is over, so that one wait at a time lasts without an end.
    """
    await _end_waits(session, request, now)
    _add(session, request, Wait(why, now))
    await session.flush()
    await _cancel_steps(session, request, "waiting for the resident", now)


async def resume(
    session: Session, request: RequestRow, now: datetime, *, why: Waiting | None = None
) -> bool:
    """Let the clocks of a locked request run again, with as much left as when they stopped.

    With `why` only where that was waited for. False when nothing was.
    """
    if not await _end_waits(session, request, now, why):
        return False
    await schedule_steps(session, request, now)
    return True


async def note_answer(session: Session, request: RequestRow, now: datetime) -> None:
    """Note that a resident has been answered 响应; only the first time counts.

    It is when somebody comes forward or is assigned, when the desk writes to the resident, and
    when the desk itself has written the request down. Changing owners is no answer.
    """
    if request.answered_at is None:
        request.answered_at = now
        await schedule_steps(session, request, now)


async def cancel_steps(session: Session, request: RequestRow, now: datetime) -> None:
    """Stop the clocks of a locked request: it is done or has ended. Nobody is waited for."""
    await _end_waits(session, request, now)
    await _cancel_steps(session, request, "no longer running", now)


async def leave_out(session: Session, request: RequestRow, since: datetime, now: datetime) -> None:
    """Let the time since an instant not count: it was held to be solved, and is opened again."""
    row = _add(session, request, Wait(Waiting.VERDICT, since, now))
    await session.flush()
    await _move(session, request, row)


async def schedule_steps(session: Session, request: RequestRow, now: datetime) -> None:
    """Set the one reminder of a locked request: the next rung to be told, if any is to come."""
    await session.flush()
    await _cancel_steps(session, request, "set anew", now)
    steps = await steps_to_come(session, request, now)
    if not steps:
        return
    following = min(steps, key=lambda step: step.at)
    # a rung in the name: what fires at this very instant must not pass for what is set now
    named = (Reminder.CLOCK, request.id, following.promise, following.rung, now.isoformat())
    await remind(
        session,
        kind=Reminder.CLOCK,
        subject_id=request.id,
        due_at=following.at,
        detail={"clock": str(following.promise), "rung": str(following.rung)},
        dedupe=":".join(map(str, named)),
    )


async def steps_to_come(session: Session, request: RequestRow, now: datetime) -> tuple[Step, ...]:
    """List who is still to be told of a request's promises, and when.

    Nobody while the resident is waited for without an end, once it is reported done, or has ended.
    """
    if State(request.state) not in RUNNING:
        return ()
    waits = (await waits_of(session, [request.id])).get(request.id, [])
    lasting = waiting_now(waits, now)
    if lasting is not None and lasting.until is None:
        return ()
    policy, urgency = policy_of(session, HelpPolicy), Urgency(request.urgency)
    clock = await clock_at(session, await path_of(session, request), urgency, policy)
    told = await _told(session, request)
    return tuple(
        step
        for term in _terms(request)
        for step in to_come(steps_of(term, waits, policy, clock), told.get(term.promise))
    )


def _terms(request: RequestRow) -> list[PromiseTerm]:
    urgency = Urgency(request.urgency)
    terms = [PromiseTerm(Promise.SOLVE, urgency, request.created_at, request.promised_by)]
    if request.answered_at is None:
        terms.append(PromiseTerm(Promise.ANSWER, urgency, request.created_at, request.answer_by))
    return terms


async def _told(session: Session, request: RequestRow) -> dict[Promise, Level]:
    """Read from the timeline which rung was told last, by promise."""
    rows = await session.scalars(
        select(LineRow)
        .where(LineRow.request_id == request.id, LineRow.what == Line.LADDER)
        .order_by(LineRow.id)
    )
    details = [row.detail or {} for row in rows]
    return {Promise(one["clock"]): Level(one["rung"]) for one in details}


async def _end_waits(
    session: Session, request: RequestRow, now: datetime, why: Waiting | None = None
) -> bool:
    """End what lasts, and move the promises by it; False where nothing did."""
    lasting = [row for row in await _open_waits(session, request) if why in {None, row.why}]
    for row in lasting:
        row.ended_at = max(now, row.began_at)
        await session.flush()
        await _move(session, request, row)
    return bool(lasting)


async def _move(session: Session, request: RequestRow, ended: PauseRow) -> None:
    policy, urgency = policy_of(session, HelpPolicy), Urgency(request.urgency)
    clock = await clock_at(session, await path_of(session, request), urgency, policy)
    wait = Wait(Waiting(ended.why), ended.began_at, ended.ended_at)
    others = (await waits_of(session, [request.id])).get(request.id, [])
    others = [one for one in others if one != wait]
    request.promised_by = moved(Promise.SOLVE, request.promised_by, wait, others, clock)
    if request.answered_at is None:
        request.answer_by = moved(Promise.ANSWER, request.answer_by, wait, others, clock)


async def _open_waits(session: Session, request: RequestRow) -> Sequence[PauseRow]:
    found = await session.scalars(
        select(PauseRow).where(PauseRow.request_id == request.id, PauseRow.ended_at.is_(None))
    )
    return found.all()


def _until_start(start_at: datetime | None, now: datetime) -> list[Wait]:
    later = start_at is not None and start_at > now
    return [Wait(Waiting.START, now, start_at)] if later else []


def _add(session: Session, request: RequestRow, wait: Wait) -> PauseRow:
    row = PauseRow(request_id=request.id, why=wait.why, began_at=wait.since, ended_at=wait.until)
    session.add(row)
    return row


async def _cancel_steps(session: Session, request: RequestRow, reason: str, now: datetime) -> None:
    await cancel(session, subject_id=request.id, kinds=[Reminder.CLOCK], reason=reason, now=now)


async def wait_for_resident(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    now: datetime,
    words: str | None = None,
) -> DeskOutcome:
    """Wait for something that only the resident can say or do (WAITING), with a question or none.

    They are told, so that no clock stands still unseen. It ends when they write or add something,
    when the desk says so, and when the work is reported done.
    """
    request = await _at_desk(session, actor, request_id, now)
    if isinstance(request, DeskOutcome):
        return request
    if request.state not in RUNNING or request.channel == Channel.INSPECTION:
        return DeskOutcome.TOO_LATE
    waits = (await waits_of(session, [request.id])).get(request.id, [])
    waiting = waiting_now(waits, now)
    if waiting is not None and waiting.why is Waiting.ANSWER:
        return DeskOutcome.ALREADY
    said = clean_text(words or "", NOTE_LENGTH) or None
    line = add_line(session, request, Line.WAITING, now=now, actor_id=actor.id, words=said)
    await session.flush()
    await note_answer(session, request, now)
    await pause(session, request, Waiting.ANSWER, now)
    await tell_resident(
        session, request, Notice.WAITING, now=now, actor_id=actor.id, detail={"line": line.id}
    )
    await refresh_parties(session, request, now)
    return DeskOutcome.WAITING


async def go_on(session: Session, actor: Person, request_id: int, *, now: datetime) -> DeskOutcome:
    """Wait for the resident no longer (RESUMED): they have rung, say; ALREADY if nobody waits."""
    request = await _at_desk(session, actor, request_id, now)
    if isinstance(request, DeskOutcome):
        return request
    if not await resume(session, request, now, why=Waiting.ANSWER):
        return DeskOutcome.ALREADY
    add_line(session, request, Line.RESUMED, now=now, actor_id=actor.id)
    await refresh_parties(session, request, now)
    return DeskOutcome.RESUMED


async def _at_desk(
    session: Session, actor: Person, request_id: int, now: datetime
) -> RequestRow | DeskOutcome:
    request = await locked(session, request_id)
    if request is None:
        return DeskOutcome.MISSING
    if await is_desk(session, actor, request):
        return request
    await refuse(session, actor, request, "wait", now)
    return DeskOutcome.NOT_ALLOWED


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

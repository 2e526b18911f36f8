"""The clocks of a request as they run: answered, waiting, going on, and the ladder by the sweep."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import delete, select

from models.database import Session, transaction
from models.duty.actions import set_hours
from models.help.actions import closing, deadlines, desk, filing, speaking, visits
from models.help.actions.deadlines import arrange
from models.help.queries.desk import desk_list, desk_view
from models.help.rules.limits import Line
from models.help.rules.notices import Reminder
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import Waiting
from models.help.tables import LineRow, PauseRow
from models.help.views import RequestView
from models.hours.rules.desk import DeskHours
from models.hours.rules.desk_hours_text import HoursSet, read
from models.outbox.tables import OutboxRow
from models.people.rules import Role
from models.people.views import Person
from models.reminders.tables import ReminderRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.help.street import Street

T = TypeVar("T")

TOMORROW = timedelta(days=1)
MONDAY_NOON = timedelta(0)
"""The tests begin on a Monday as the desk closes for lunch: 4.5 hours of that day are left."""


@pytest.fixture
async def ladder(street: Street) -> Street:
    """A street with a secretary above, and nobody who volunteers."""
    await street.add("shi", None)
    await street.grant("shi", Role.SECRETARY, "street")
    return street


async def swept(street: Street, later: timedelta) -> dict[str, list[str]]:
    """Let the sweep run at an instant; give who was told of the clocks so far, by kind."""
    await sweep(street.sessions, EFFECTS, street.now + later)
    kinds = ("help.nudge", "help.breach", "help.late_told")
    return {kind: told for kind in kinds if (told := await street.told(kind))}


async def act(
    street: Street,
    name: str,
    later: timedelta,
    do: Callable[..., Awaitable[T]],
    *args: object,
    **more: object,
) -> T:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await do(session, actor, *args, now=street.now + later, **more)


async def rungs(street: Street, request_id: int) -> list[str]:
    async with transaction(street.sessions) as session:
        rows = await session.scalars(
            select(LineRow)
            .where(LineRow.request_id == request_id, LineRow.what == Line.LADDER)
            .order_by(LineRow.id)
        )
        return [f"{row.detail['clock']} {row.detail['rung']}" for row in rows if row.detail]


async def answered(street: Street, request_id: int) -> None:
    """Let the desk write to the resident, so that only the solution is owed."""
    outcome = await act(
        street, "zhao", MONDAY_NOON, desk.add_note, request_id, "我们在找人", internal=False
    )
    assert outcome is DeskOutcome.NOTED


async def test_rung_upon_rung_each_told_once(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    await answered(ladder, request_id)
    assert (await ladder.request(request_id)).promised_by == ladder.now + TOMORROW
    assert await swept(ladder, timedelta(hours=5)) == {}
    nudged = {"help.nudge": ["zhao"]}
    assert await swept(ladder, TOMORROW - timedelta(minutes=30)) == nudged
    breached = nudged | {"help.breach": ["zhao", "zhou"], "help.late_told": ["wang"]}
    assert await swept(ladder, TOMORROW) == breached
    assert await swept(ladder, TOMORROW + timedelta(hours=3)) == breached
    street_told = nudged | {
        "help.breach": ["zhao", "zhou", "shi"],
        "help.late_told": ["wang", "wang"],
    }
    assert await swept(ladder, TOMORROW + timedelta(hours=4)) == street_told
    assert await swept(ladder, TOMORROW * 20) == street_told
    assert await rungs(ladder, request_id) == ["solve owner", "solve secretary", "solve street"]


async def test_of_a_late_answer_the_resident_hears_when_the_street_does(ladder: Street) -> None:
    await ladder.file(urgency=Urgency.URGENT)
    assert await swept(ladder, timedelta(hours=4)) == {"help.breach": ["zhao", "zhou"]}
    told = await swept(ladder, TOMORROW)
    assert told["help.late_told"] == ["wang"]


async def test_the_resident_hears_who_knows(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    await answered(ladder, request_id)
    await swept(ladder, TOMORROW)
    async with transaction(ladder.sessions) as session:
        told = await session.scalar(select(OutboxRow).where(OutboxRow.kind == "help.late_told"))
        assert told is not None
        assert told.detail is not None
        assert told.detail == {"clock": "solve", "rung": "secretary", "late": False, "led": True}


async def test_after_an_outage_each_is_told_once_of_the_highest_rung(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    told = await swept(ladder, TOMORROW * 9)
    assert told == {"help.breach": ["zhao", "zhou", "shi"], "help.late_told": ["wang"]}
    assert sorted(await rungs(ladder, request_id)) == ["answer street", "solve street"]
    async with transaction(ladder.sessions) as session:
        cards = await session.scalars(select(OutboxRow).where(OutboxRow.kind == "help.breach"))
        assert {(c.detail["clock"], c.detail["late"]) for c in cards if c.detail} == {
            ("solve", True)
        }


async def test_whoever_answers_in_time_hears_nothing(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    await answered(ladder, request_id)
    request = await ladder.request(request_id)
    assert request.answered_at == ladder.now
    assert request.answer_by == ladder.now + timedelta(hours=3, minutes=30)
    assert await swept(ladder, timedelta(hours=4)) == {}


async def test_somebody_coming_forward_is_an_answer(street: Street) -> None:
    await street.volunteer("li", "b2")
    request_id = await street.file()
    assert (await street.request(request_id)).answered_at is None
    await street.claim("li", request_id)
    assert (await street.request(request_id)).answered_at == street.now


async def test_an_emergency_counts_round_the_clock(ladder: Street) -> None:
    request_id = await ladder.file(category="emergency")
    request = await ladder.request(request_id)
    assert request.answer_by == ladder.now + timedelta(minutes=15)
    assert request.promised_by == ladder.now + timedelta(hours=2)
    told = await swept(ladder, timedelta(minutes=46))
    assert told == {"help.breach": ["zhao", "zhou", "shi"], "help.late_told": ["wang"]}


async def test_a_hand_over_moves_no_clock(ladder: Street) -> None:
    await ladder.add("qian", "b4")
    await ladder.grant("qian", Role.STAFF, "gui")
    request_id = await ladder.file()
    before = await ladder.request(request_id)
    due = await ladder.pending(Reminder.CLOCK)
    for name in ("zhou", "zhao", "qian"):
        await act(ladder, name, TOMORROW, desk.take_over, request_id)
    after = await ladder.request(request_id)
    assert (after.answer_by, after.promised_by) == (before.answer_by, before.promised_by)
    assert await ladder.pending(Reminder.CLOCK) == due
    assert after.owned_at == ladder.now + TOMORROW


async def test_waiting_for_the_resident_stops_the_clock_until_they_write(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    begin, end = timedelta(hours=2), TOMORROW * 2 + timedelta(hours=2)
    outcome = await act(
        ladder, "zhao", begin, deadlines.wait_for_resident, request_id, words="几楼？"
    )
    assert outcome is DeskOutcome.WAITING
    assert await ladder.told("help.waiting") == ["wang"]
    again = await act(ladder, "zhao", begin, deadlines.wait_for_resident, request_id)
    assert again is DeskOutcome.ALREADY
    assert await swept(ladder, end) == {}
    view = await seen(ladder, request_id, end)
    assert view.line.wait is not None
    assert view.line.wait.why is Waiting.ANSWER
    assert not view.line.overdue
    await act(ladder, "wang", end, speaking.speak, request_id, words="三楼")
    request = await ladder.request(request_id)
    assert request.promised_by == ladder.now + TOMORROW * 3
    assert (await seen(ladder, request_id, end)).line.wait is None
    assert await swept(ladder, TOMORROW * 3 - timedelta(hours=4)) == {}
    assert "help.breach" in await swept(ladder, TOMORROW * 3)


async def test_the_desk_may_end_the_waiting_itself(ladder: Street) -> None:
    request_id = await ladder.file()
    await act(ladder, "zhao", TOMORROW, deadlines.wait_for_resident, request_id)
    assert await ladder.pending(Reminder.CLOCK) == []
    assert await act(ladder, "zhao", TOMORROW, deadlines.go_on, request_id) is DeskOutcome.RESUMED
    assert await act(ladder, "zhao", TOMORROW, deadlines.go_on, request_id) is DeskOutcome.ALREADY
    assert len(await ladder.pending(Reminder.CLOCK)) == 1
    outsider = await act(ladder, "wang", TOMORROW, deadlines.go_on, request_id)
    assert outsider is DeskOutcome.NOT_ALLOWED


async def test_a_breach_missed_while_waiting_is_told_when_it_goes_on(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    await answered(ladder, request_id)
    late = TOMORROW + timedelta(minutes=5)
    await act(ladder, "zhao", late, deadlines.wait_for_resident, request_id)
    assert await swept(ladder, TOMORROW * 5) == {}
    assert (await seen(ladder, request_id, TOMORROW * 5)).line.overdue
    await act(ladder, "zhao", TOMORROW * 5, deadlines.go_on, request_id)
    assert (await swept(ladder, TOMORROW * 5))["help.breach"] == ["zhao", "zhou"]


async def test_done_waits_for_the_verdict_and_not_solved_goes_on(ladder: Street) -> None:
    await ladder.volunteer("li", "b2")
    request_id = await ladder.file(urgency=Urgency.URGENT)
    await ladder.claim("li", request_id)
    done, said = timedelta(hours=3), TOMORROW * 4 + timedelta(hours=3)
    await act(ladder, "li", done, visits.report_done, request_id)
    assert await ladder.pending(Reminder.CLOCK) == []
    await act(ladder, "wang", said, closing.resident_verdict, request_id, solved=False)
    request = await ladder.request(request_id)
    assert request.promised_by == ladder.now + TOMORROW * 7
    assert len(await ladder.pending(Reminder.CLOCK)) == 1


async def test_a_later_start_is_the_residents_choice(ladder: Street) -> None:
    start = ladder.now + TOMORROW * 3
    request_id = await ladder.file(urgency=Urgency.URGENT, start_at=start)
    request = await ladder.request(request_id)
    assert request.promised_by == start + TOMORROW
    assert request.answer_by == ladder.now + timedelta(hours=3, minutes=30)
    view = await seen(ladder, request_id, TOMORROW)
    assert view.line.wait is not None
    assert (view.line.wait.why, view.line.wait.until) == (Waiting.START, start)
    assert (await seen(ladder, request_id, TOMORROW * 3)).line.wait is None


async def test_what_has_ended_is_no_longer_told_of(ladder: Street) -> None:
    request_id = await ladder.file(urgency=Urgency.URGENT)
    await act(ladder, "wang", timedelta(0), filing.cancel_request, request_id)
    assert await ladder.pending(Reminder.CLOCK) == []
    assert await swept(ladder, TOMORROW * 9) == {}


async def test_requests_from_before_get_their_clocks(ladder: Street) -> None:
    await ladder.volunteer("li", "b2")
    taken, _silent, done = [await ladder.file(urgency=Urgency.URGENT) for _ in range(3)]
    for request_id in (taken, done):
        await ladder.claim("li", request_id)
    await act(ladder, "li", timedelta(hours=1), visits.report_done, done)
    async with transaction(ladder.sessions) as session:
        await session.execute(delete(ReminderRow).where(ReminderRow.kind == Reminder.CLOCK))
        await session.execute(delete(PauseRow))
    for _ in range(2):
        async with transaction(ladder.sessions) as session:
            await arrange(session, ladder.now + timedelta(hours=2))
    assert len(await ladder.pending(Reminder.CLOCK)) == 2
    view = await seen(ladder, done, timedelta(hours=2))
    assert view.line.wait is not None
    assert view.line.wait.since == ladder.now + timedelta(hours=1)


async def test_the_desk_sees_what_is_due_next_and_last_whom_it_waits_for(ladder: Street) -> None:
    complex_ = await ladder.file(urgency=Urgency.COMPLEX)
    waiting, urgent = [await ladder.file(urgency=Urgency.URGENT) for _ in range(2)]
    await act(ladder, "zhao", timedelta(0), deadlines.wait_for_resident, waiting)

    async def listed(session: Session, actor: Person, now: datetime) -> list[int]:
        return [line.request_id for line in (await desk_list(session, actor, now=now)).lines]

    assert await act(ladder, "zhao", TOMORROW, listed) == [urgent, complex_, waiting]


async def test_a_promise_goes_by_the_hours_of_the_nearest_place(ladder: Street) -> None:
    before = await ladder.file(urgency=Urgency.URGENT)
    hours = read("每天 0:00-24:00", "Asia/Shanghai")
    assert isinstance(hours, DeskHours)
    gui = ladder.places["gui"].id
    assert await act(ladder, "zhao", MONDAY_NOON, set_hours, gui, hours) is HoursSet.NOT_ALLOWED
    assert await act(ladder, "zhou", MONDAY_NOON, set_hours, gui, hours) is HoursSet.SET
    after = await ladder.file(urgency=Urgency.URGENT)
    assert (await ladder.request(before)).answer_by == ladder.now + timedelta(hours=3, minutes=30)
    assert (await ladder.request(after)).answer_by == ladder.now + timedelta(hours=2)


async def seen(street: Street, request_id: int, later: timedelta) -> RequestView:
    view = await act(street, "zhou", later, desk_view, request_id)
    assert isinstance(view, RequestView)
    return view

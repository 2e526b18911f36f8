"""What somebody sees: their places' troubles, never what was written."""

from datetime import timedelta

from sqlalchemy import update

from handlers.clock_text import at_clock
from handlers.status.screens import overview_screen
from models.database import transaction
from models.help.rules.notices import Reminder
from models.help.tables import ClaimRow, RequestRow
from models.orders.rules import Reminder as OrderReminder
from models.orders.tables import OrderRow, VisitRow
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from models.people.rules import Right, Role
from models.status.actions import may_see
from models.status.queries.messages import refused_message, refused_messages, uncertain_messages
from models.status.queries.overview import overview
from models.status.queries.queues import queues
from models.status.queries.reminders import (
    broken_reminder,
    broken_reminders,
    by_kind,
    let_go_reminder,
    let_go_reminders,
)
from models.status.queries.updates import failed_updates
from models.status.rules import LetGo, Trouble, UpdateKind
from models.status.views import KindCount, LaneQueue
from tests.status.broken import (
    HOUR,
    SECRET,
    failed_update,
    let_go,
    refused_answer,
    reminder,
    request_of,
    uncertain_answer,
    uncertain_notice,
    waiting,
)
from tests.town import Town

MINUTE = timedelta(minutes=1)


async def test_the_right_is_the_staffs_and_the_admins(town: Town) -> None:
    for number, role in enumerate(Role, 1):
        person = await town.settle(number, "b1", (role, "gui"))
        may = role in {Role.STAFF, Role.SECRETARY, Role.ADMIN}
        assert person.may_anywhere(Right.SEE_STATUS) is may
        async with transaction(town.sessions) as session:
            assert await may_see(session, person, now=town.now) is may
            await failed_update(session, number, town.now)
            assert bool(await failed_updates(session, person)) is may


async def test_everybody_sees_their_own_places_and_what_has_none(town: Town) -> None:
    gui = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    lan = await town.settle(2, "l3", (Role.SECRETARY, "lan"))
    whole = await town.settle(3, "b1", (Role.ADMIN, "street"))
    resident = await town.settle(4, "b3")
    async with transaction(town.sessions) as session:
        own, _of_a_stranger = [await failed_update(session, who, town.now) for who in (4, 99)]
        push = await uncertain_notice(session, resident, town.now)
        answer = await uncertain_answer(session, 4, town.now, "editMessageText")
        group = await uncertain_answer(session, -100, town.now)
        request = await request_of(session, resident, town.now)
        late = await reminder(session, request, town.now - HOUR)
        other = await reminder(session, 1, town.now - 2 * HOUR, kind="volunteers.other")
        for person, updates, messages, reminders in (
            (gui, [own], [push, answer, group], [other, late]),
            (lan, [], [group], [other]),
            (whole, [own], [push, answer, group], [other, late]),
            (resident, [], [], []),
        ):
            assert [one.id for one in await failed_updates(session, person)] == updates
            assert [one.id for one in await uncertain_messages(session, person)] == messages
            found = await broken_reminders(session, person, town.now)
            assert [one.id for one in found] == reminders
            shown = await overview(session, person, town.now)
            assert (shown.updates, shown.messages) == (len(updates), len(messages))
            assert (shown.overdue, shown.failed) == (0, len(reminders))


async def test_what_was_written_is_nowhere_in_what_is_seen(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        await failed_update(session, 1, town.now, f"KeyError: {SECRET}")
        await uncertain_answer(session, 1, town.now)
        (failed,) = await failed_updates(session, admin)
        (message,) = await uncertain_messages(session, admin)
    assert SECRET not in f"{failed}{message}"
    assert (failed.kind, failed.error.name) == (UpdateKind.TEXT, "")
    assert (message.name, message.kind, message.to_group) == ("Person 1", None, False)


async def test_a_reminder_is_overdue_only_when_people_would_notice(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        request = await request_of(session, admin, town.now)
        for minutes in (-5, 9, 11):
            await reminder(session, request, town.now - minutes * MINUTE, failed=False)
        (late,) = await broken_reminders(session, admin, town.now)
        number = (await session.get_one(RequestRow, request)).number
    assert (late.due_at, late.trouble) == (town.now - 11 * MINUTE, Trouble.OVERDUE)
    assert late.number == number


async def test_reminders_are_counted_by_kind_with_the_oldest(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        request = await request_of(session, admin, town.now)
        for hours, failed in ((2, False), (5, True), (3, False)):
            await reminder(session, request, town.now - hours * HOUR, failed=failed)
        await reminder(session, request, town.now - 4 * HOUR, kind=Reminder.UNCONFIRMED)
        found = by_kind(await broken_reminders(session, admin, town.now))
    assert found == (
        KindCount(Reminder.EXPIRE, 2, 1, town.now - 5 * HOUR),
        KindCount(Reminder.UNCONFIRMED, 0, 1, town.now - 4 * HOUR),
    )


async def test_what_was_let_go_is_seen_for_a_week_with_its_reason(town: Town) -> None:
    gui = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    lan = await town.settle(2, "l3", (Role.SECRETARY, "lan"))
    resident = await town.settle(4, "b3")
    now, week = town.now, timedelta(days=7)
    async with transaction(town.sessions) as session:
        request = await request_of(session, resident, now)
        late = await let_go(session, request, now - 2 * HOUR, now - HOUR, "late by 1:00:00")
        dropped = await let_go(session, request, now - week, now - week + HOUR, "dropped by staff")
        await let_go(session, request, now - 2 * week, now - week, "late by 168:00:00")
        found = await let_go_reminders(session, gui, now)
        assert [(one.id, one.why) for one in found] == [
            (late, LetGo.TOO_LATE),
            (dropped, LetGo.BY_STAFF),
        ]
        assert found[0].settled_at == now - HOUR
        assert await let_go_reminders(session, lan, now) == []
        assert await let_go_reminder(session, lan, late, now) is None
        assert (await overview(session, gui, now)).let_go == 2


async def test_reminders_of_orders_visits_and_claims_are_of_their_requests_place(
    town: Town,
) -> None:
    gui = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    lan = await town.settle(2, "l3", (Role.SECRETARY, "lan"))
    resident = await town.settle(4, "b3")
    now = town.now
    async with transaction(town.sessions) as session:
        request = await request_of(session, resident, now)
        number = (await session.get_one(RequestRow, request)).number
        claim = ClaimRow(
            request_id=request, person_id=resident.id, state="held", line=1, created_at=now
        )
        order = OrderRow(
            request_id=request, cause="unsolved", state="open", due_at=now, opened_at=now
        )
        session.add_all([claim, order])
        await session.flush()
        visit = VisitRow(order_id=order.id, days=7, due_at=now)
        session.add(visit)
        await session.flush()
        for kind, subject in (
            (Reminder.NO_ANSWER, claim.id),
            (Reminder.VISIT, claim.id),
            (OrderReminder.DUE, order.id),
            (OrderReminder.SILENT, visit.id),
        ):
            broken = await reminder(session, subject, now - HOUR, kind=kind)
            one = await broken_reminder(session, gui, broken, now)
            assert one is not None
            assert one.number == number, kind
            assert await broken_reminder(session, lan, broken, now) is None, kind


async def test_refused_messages_are_seen_by_whose_places_they_are(town: Town) -> None:
    gui = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    lan = await town.settle(2, "l3", (Role.SECRETARY, "lan"))
    await town.settle(4, "b3")
    async with transaction(town.sessions) as session:
        reason = f'Bad Request: can\'t parse entities: unclosed tag "{SECRET}"'
        row_id = await refused_answer(session, 4, town.now, reason)
        (seen,) = await refused_messages(session, gui)
        assert (seen.id, seen.refusal) == (row_id, "Bad Request: can't parse entities")
        assert SECRET not in str(seen)
        assert await uncertain_messages(session, gui) == []
        assert await refused_messages(session, lan) == []
        assert await refused_message(session, lan, row_id) is None
        assert (await overview(session, gui, town.now)).refused == 1


async def test_at_night_what_rings_is_held_and_not_counted_as_waiting(town: Town) -> None:
    night = town.now.replace(hour=15)
    async with transaction(town.sessions) as session:
        for lane in Lane:
            await waiting(session, night, lane, night - MINUTE)
        await waiting(session, night, Lane.NOTICE, night + HOUR)
        found = {queue.lane: queue for queue in await queues(session, night)}
    for lane in (Lane.ANSWER, Lane.URGENT, Lane.LIVE):
        assert found[lane] == LaneQueue(lane, waiting=1, oldest=MINUTE)
    assert found[Lane.NOTICE] == LaneQueue(Lane.NOTICE, later=1, held=1)
    assert found[Lane.BULK] == LaneQueue(Lane.BULK, held=1)


async def test_lanes_are_counted_with_the_age_of_the_oldest(town: Town) -> None:
    now = town.now
    async with transaction(town.sessions) as session:
        await waiting(session, now - HOUR, Lane.NOTICE, now - 5 * MINUTE)
        await waiting(session, now - HOUR, Lane.NOTICE, now + HOUR)
        await waiting(session, now - 3 * HOUR, Lane.BULK, now + MINUTE)
        await session.execute(
            update(OutboxRow).where(OutboxRow.lane == Lane.BULK).values(attempts=1)
        )
        await waiting(session, now, Lane.URGENT, now - MINUTE)
        await session.execute(
            update(OutboxRow).where(OutboxRow.lane == Lane.URGENT).values(state=State.SENDING)
        )
        assert await queues(session, now) == (
            LaneQueue(Lane.ANSWER),
            LaneQueue(Lane.URGENT, in_hand=1, oldest=MINUTE),
            LaneQueue(Lane.LIVE),
            LaneQueue(Lane.NOTICE, waiting=1, later=1, oldest=5 * MINUTE),
            LaneQueue(Lane.BULK, waiting=1, oldest=3 * HOUR),
        )


async def test_chats_that_have_to_wait_are_counted_with_their_end(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    until = town.now + 8 * MINUTE
    async with transaction(town.sessions) as session:
        before = await overview(session, admin, town.now)
        for due_at in (until, until - MINUTE):
            await waiting(session, town.now, Lane.URGENT, due_at)
        await session.execute(update(OutboxRow).values(attempts=1))
        await waiting(session, town.now, Lane.NOTICE, until + HOUR)
        shown = await overview(session, admin, town.now)
    assert (before.waiting_chats, before.waiting_until) == (0, None)
    assert (shown.waiting_chats, shown.waiting_until) == (1, until)
    assert f"⏳ 要等一会儿再发的聊天：1个，最晚等到{at_clock(until, town.now)}" in (
        overview_screen(shown, town.now).text
    )

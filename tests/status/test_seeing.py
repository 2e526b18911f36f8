"""What somebody sees: their places' troubles, never what was written."""

from datetime import timedelta

from sqlalchemy import update

from models.database import transaction
from models.help.tables import RequestRow
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from models.people.rules import Right, Role
from models.status.actions import may_see
from models.status.queries import (
    broken_reminders,
    failed_updates,
    overview,
    queues,
    uncertain_messages,
)
from models.status.rules import UpdateKind
from models.status.views import Queue
from tests.status.broken import (
    HOUR,
    SECRET,
    failed_update,
    reminder,
    request_of,
    uncertain_answer,
    uncertain_notice,
    waiting,
)
from tests.town import Town

MINUTE = timedelta(minutes=1)


async def test_the_right_is_the_secretarys_and_the_admins(town: Town) -> None:
    for number, role in enumerate(Role, 1):
        person = await town.settle(number, "b1", (role, "gui"))
        may = role in {Role.SECRETARY, Role.ADMIN}
        assert person.may_anywhere(Right.SEE_STATUS) is may
        async with transaction(town.sessions) as session:
            assert await may_see(session, person, now=town.now) is may
            await failed_update(session, 99, town.now)
            assert bool(await failed_updates(session, person)) is may


async def test_everybody_sees_their_own_places_and_what_has_none(town: Town) -> None:
    gui = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    lan = await town.settle(2, "l3", (Role.SECRETARY, "lan"))
    whole = await town.settle(3, "b1", (Role.ADMIN, "street"))
    resident = await town.settle(4, "b3")
    async with transaction(town.sessions) as session:
        own, homeless = [await failed_update(session, who, town.now) for who in (4, 99)]
        push = await uncertain_notice(session, resident, town.now)
        answer = await uncertain_answer(session, 4, town.now, "editMessageText")
        group = await uncertain_answer(session, -100, town.now)
        request = await request_of(session, resident, town.now)
        late = await reminder(session, request, town.now - HOUR)
        other = await reminder(session, 1, town.now - 2 * HOUR, kind="volunteers.other")
        for person, updates, messages, reminders in (
            (gui, [own, homeless], [push, answer, group], [other, late]),
            (lan, [homeless], [group], [other]),
            (whole, [own, homeless], [push, answer, group], [other, late]),
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
    assert (late.due_at, late.failed, late.number) == (town.now - 11 * MINUTE, False, number)


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
            Queue(Lane.ANSWER),
            Queue(Lane.URGENT, in_hand=1, oldest=MINUTE),
            Queue(Lane.LIVE),
            Queue(Lane.NOTICE, waiting=1, later=1, oldest=5 * MINUTE),
            Queue(Lane.BULK, waiting=1, oldest=3 * HOUR),
        )

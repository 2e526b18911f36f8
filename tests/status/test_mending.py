"""Replaying, sending again, trying again, dropping: authorised, written down, won by one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from models.audit.rules import AuditAct
from models.database import Session, transaction
from models.outbox.actions import keep_file
from models.outbox.rules import FILES
from models.outbox.rules import State as OutboxState
from models.outbox.tables import MadeFileRow, OutboxRow
from models.people.rules import Role
from models.people.views import Person
from models.reminders.actions import hold_due, settle
from models.reminders.rules import Lateness
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from models.status import actions
from models.status.rules import Mending
from models.updates.rules import FailedState
from models.updates.tables import FailedRow
from tests.audit.reading import acts, lines
from tests.status.broken import (
    HOUR,
    failed_update,
    refused_answer,
    reminder,
    request_of,
    uncertain_answer,
    uncertain_notice,
)
from tests.town import Town

ADMIN, RESIDENT, ELSEWHERE = 1, 2, 3


async def _update(session: Session, resident: Person, town: Town) -> int:
    return await failed_update(session, RESIDENT, town.now)


async def _message(session: Session, resident: Person, town: Town) -> int:
    return await uncertain_notice(session, resident, town.now)


async def _reminder(session: Session, resident: Person, town: Town) -> int:
    request = await request_of(session, resident, town.now)
    return await reminder(session, request, town.now - HOUR)


async def _refused(session: Session, resident: Person, town: Town) -> int:
    return await refused_answer(session, RESIDENT, town.now)


Case = tuple[Any, Any, Any, Mending, AuditAct, str]
CASES: list[Case] = [
    (_update, FailedRow, actions.ask_replay, Mending.REPLAY_ASKED, AuditAct.REPLAY_ASKED,
     FailedState.ASKED),
    (_update, FailedRow, actions.drop_update, Mending.DROPPED, AuditAct.DROPPED,
     FailedState.DROPPED),
    (_message, OutboxRow, actions.send_again, Mending.SENT_AGAIN, AuditAct.SENT_AGAIN,
     OutboxState.QUEUED),
    (_message, OutboxRow, actions.drop_message, Mending.DROPPED, AuditAct.DROPPED,
     OutboxState.DROPPED),
    (_refused, OutboxRow, actions.send_again, Mending.SENT_AGAIN, AuditAct.SENT_AGAIN,
     OutboxState.QUEUED),
    (_refused, OutboxRow, actions.drop_message, Mending.DROPPED, AuditAct.DROPPED,
     OutboxState.DROPPED),
    (_reminder, ReminderRow, actions.try_again, Mending.TRIED_AGAIN, AuditAct.TRIED_AGAIN,
     ReminderState.PENDING),
    (_reminder, ReminderRow, actions.drop_reminder, Mending.DROPPED, AuditAct.DROPPED,
     ReminderState.LAPSED),
]  # fmt: skip
EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].__name__ + case[2].__name__)


async def _settled(town: Town, case: Case) -> tuple[Person, int]:
    admin = await town.settle(ADMIN, "b1", (Role.SECRETARY, "gui"))
    resident = await town.settle(RESIDENT, "b3")
    async with transaction(town.sessions) as session:
        return admin, await case[0](session, resident, town)


async def _act(town: Town, act: Callable[..., Awaitable[Mending]], who: Person, at: int) -> Mending:
    async with transaction(town.sessions) as session:
        return await act(session, who, at, now=town.now)


@EVERY
async def test_a_double_tap_acts_once_and_is_written_down_once(town: Town, case: Case) -> None:
    _, table, act, outcome, written, state = case
    admin, broken = await _settled(town, case)
    assert await _act(town, act, admin, broken) is outcome
    assert await _act(town, act, admin, broken) is Mending.ALREADY
    async with transaction(town.sessions) as session:
        assert (await session.get_one(table, broken)).state == state
        (line,) = await lines(session, written)
    assert (line.actor_id, line.subject_id) == (admin.id, broken)


@EVERY
async def test_of_many_at_once_one_wins(town: Town, case: Case) -> None:
    _, _, act, outcome, written, _ = case
    admin, broken = await _settled(town, case)
    others = [await town.settle(n, "b1", (Role.SECRETARY, "gui")) for n in range(10, 15)]
    found = await asyncio.gather(*(_act(town, act, who, broken) for who in (admin, *others)))
    assert sorted(found) == sorted([outcome] + [Mending.ALREADY] * 5)
    async with transaction(town.sessions) as session:
        assert await acts(session, written) == 1


@EVERY
async def test_nobody_mends_what_is_not_of_their_places(town: Town, case: Case) -> None:
    _, table, act, _, written, state = case
    _, broken = await _settled(town, case)
    member = await town.settle(4, "b1", (Role.PARTY_MEMBER, "gui"))
    elsewhere = await town.settle(ELSEWHERE, "l3", (Role.SECRETARY, "lan"))
    for who in (member, elsewhere):
        assert await _act(town, act, who, broken) is Mending.NOT_ALLOWED
    async with transaction(town.sessions) as session:
        assert await acts(session, written) == 0
        assert [line.actor_id for line in await lines(session, AuditAct.DENIED)] == [
            member.id,
            elsewhere.id,
        ]
        assert (await session.get_one(table, broken)).state != state


@EVERY
async def test_what_was_never_there_is_named(town: Town, case: Case) -> None:
    admin, _ = await _settled(town, case)
    assert await _act(town, case[2], admin, 2**53 - 1) is Mending.ALREADY


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (actions.ask_replay, actions.drop_update),
        (actions.drop_update, actions.ask_replay),
    ],
)
async def test_replay_and_drop_at_odds(town: Town, first: Any, second: Any) -> None:
    admin, broken = await _settled(town, CASES[0])
    assert await _act(town, first, admin, broken) is not Mending.ALREADY
    assert await _act(town, second, admin, broken) is Mending.ALREADY


@pytest.mark.parametrize(
    ("method", "repeat"), [("sendMessage", True), ("sendPhoto", True), ("editMessageText", False)]
)
async def test_sent_again_it_is_marked_where_a_second_copy_shows(
    town: Town, method: str, repeat: bool
) -> None:
    admin = await town.settle(ADMIN, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        row_id = await uncertain_answer(session, RESIDENT, town.now - HOUR, method)
        assert await actions.send_again(session, admin, row_id, now=town.now) is Mending.SENT_AGAIN
    async with transaction(town.sessions) as session:
        row = await session.get_one(OutboxRow, row_id)
    assert (row.repeat, row.repeats, row.due_at) == (repeat, 1, town.now)
    assert row.finished_at is None


async def test_what_was_refused_goes_again_as_it_is_and_not_as_a_repeat(town: Town) -> None:
    admin = await town.settle(ADMIN, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        row_id = await refused_answer(session, RESIDENT, town.now - HOUR)
        assert await actions.send_again(session, admin, row_id, now=town.now) is Mending.SENT_AGAIN
    async with transaction(town.sessions) as session:
        row = await session.get_one(OutboxRow, row_id)
    assert (row.repeat, row.repeats, row.reason, row.due_at) == (False, 0, None, town.now)
    assert row.payload


async def test_a_dropped_message_leaves_no_words_and_no_files(town: Town) -> None:
    admin = await town.settle(ADMIN, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        file_id = await keep_file(session, "a.csv", b"x", town.now)
        files: Any = {FILES: {"document": file_id}}
        row_id = await uncertain_answer(session, RESIDENT, town.now, "sendDocument", **files)
        assert await actions.drop_message(session, admin, row_id, now=town.now) is Mending.DROPPED
    async with transaction(town.sessions) as session:
        row = await session.get_one(OutboxRow, row_id)
        assert (row.payload, row.finished_at) == ({}, town.now)
        assert await session.scalar(select(func.count()).select_from(MadeFileRow)) == 0


@pytest.mark.parametrize(
    ("late_by", "lateness", "outcome", "fires"),
    [
        (HOUR, Lateness.SEND_LATE, Mending.TRIED_AGAIN, 1),
        (HOUR, Lateness.ESCALATE, Mending.TRIED_AGAIN, 1),
        (HOUR, Lateness.LAPSE, Mending.TOO_LATE, 0),
        (timedelta(minutes=5), Lateness.LAPSE, Mending.TRIED_AGAIN, 1),
    ],
)
async def test_a_reminder_tried_again_fires_unless_it_is_too_late(
    town: Town, late_by: timedelta, lateness: Lateness, outcome: Mending, fires: int
) -> None:
    admin = await town.settle(ADMIN, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        due_at = town.now - late_by
        broken = await reminder(session, 1, due_at, kind="x", lateness=lateness)
        assert await actions.try_again(session, admin, broken, now=town.now) is outcome
        held = await hold_due(session, town.now, 9, {"x"})
        found = [await settle(session, due, town.now) for due in held]
        assert sum(found) == fires

"""Two at once about one broadcast: it begins once, and only as it was approved."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from handlers.broadcasts import notices as _broadcast_notices  # noqa: F401 - enters them
from handlers.i18n import speaking
from handlers.notices import render
from handlers.screen import OnHold
from models.broadcasts.actions.drafts import change
from models.broadcasts.actions.sending import approve, ask, cancel, pause, start_due, take_back
from models.broadcasts.rules.notices import Notice, Reminder, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import Session, transaction
from models.outbox.views import Notice as OutboxNotice
from models.people.tables import GrantRow
from models.people.views import Person
from models.reminders.actions import remind
from scheduler.sweep import Effect, sweep
from tests.broadcasts.sent import To, broadcast, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

EFFECTS: dict[str, Effect] = {Reminder.START: start_due}


async def waiting(square: Square, **fields: Any) -> int:
    """Put an emergency of zhao's that waits for a second person."""
    given = {"style": Style.EMERGENCY, "state": State.WAITING, "started_at": None}
    return await put(square, author="zhao", **(given | fields))


async def everybody_once(square: Square) -> None:
    told = await square.told(Notice.COPY)
    assert told
    assert len(told) == len(set(told))


async def test_two_approvals_at_once_send_it_once(square: Square) -> None:
    one = await waiting(square)
    outcomes = await asyncio.gather(
        *(square.act(name, approve, one, 1) for name in ("qian", "zhou"))
    )
    assert sorted(outcomes) == sorted([BroadcastOutcome.APPROVED, BroadcastOutcome.TOO_LATE])
    assert await square.told(Notice.DECIDED) == ["zhao"]
    await everybody_once(square)


async def test_what_is_changed_meanwhile_never_goes_as_it_was_not_seen(square: Square) -> None:
    one = await waiting(square)

    async def rewrite(session: Session, actor: Person, it: int, **when: Any) -> BroadcastOutcome:
        taken = await take_back(session, actor, it, **when)
        if taken is not BroadcastOutcome.TAKEN_BACK:
            return taken
        return await change(session, actor, it, topic=Topic.HEALTH, **when)

    approved, changed = await asyncio.gather(
        square.act("qian", approve, one, 1), square.act("zhao", rewrite, one)
    )
    row = await broadcast(square, one)
    if approved is BroadcastOutcome.APPROVED:
        assert (changed, row.state, row.version) == (BroadcastOutcome.TOO_LATE, State.SENDING, 1)
        await everybody_once(square)
    else:
        assert (approved, changed) == (BroadcastOutcome.TOO_LATE, BroadcastOutcome.SAVED)
        assert (row.state, row.version) == (State.DRAFT, 2)
        assert await square.told(Notice.COPY) == []


async def test_an_approval_of_an_older_version_is_refused(square: Square) -> None:
    one = await waiting(square, version=2)
    assert await square.act("qian", approve, one, 1) is BroadcastOutcome.CHANGED
    assert (await broadcast(square, one)).state == State.WAITING
    assert await square.told(Notice.COPY) == []


async def scheduled(square: Square, **fields: Any) -> int:
    """Put one whose hour comes now, with two clocks set for it."""
    given = {"state": State.SCHEDULED, "start_at": square.now, "approved_by": square.people["qian"]}
    one = await waiting(square, **(given | fields))
    async with transaction(square.sessions) as session:
        for _clock in range(2):
            await remind(session, kind=Reminder.START, subject_id=one, due_at=square.now)
    return one


async def test_a_start_that_fires_twice_begins_once(square: Square) -> None:
    one = await scheduled(square)
    await asyncio.gather(*(sweep(square.sessions, EFFECTS, square.now) for _clock in range(2)))
    assert (await broadcast(square, one)).state == State.SENDING
    await everybody_once(square)


async def test_taken_back_as_its_hour_comes_is_one_or_the_other(square: Square) -> None:
    one = await scheduled(square)
    taken, _swept = await asyncio.gather(
        square.act("zhao", take_back, one), sweep(square.sessions, EFFECTS, square.now)
    )
    state = (await broadcast(square, one)).state
    assert state == (State.DRAFT if taken is BroadcastOutcome.TAKEN_BACK else State.SENDING)
    assert bool(await square.told(Notice.COPY)) is (state == State.SENDING)


async def test_a_pause_as_it_begins_pauses_all_of_it_or_comes_too_early(square: Square) -> None:
    one = await scheduled(square)
    paused, _swept = await asyncio.gather(
        square.act("zhao", pause, one), sweep(square.sessions, EFFECTS, square.now)
    )
    state = (await broadcast(square, one)).state
    assert state == (State.PAUSED if paused is BroadcastOutcome.PAUSED else State.SENDING)
    await everybody_once(square)


async def alone(square: Square, **fields: Any) -> int:
    """Put one whose hour comes now and which nobody has approved."""
    given = {"style": Style.NOTICE, "state": State.SCHEDULED, "start_at": square.now}
    one = await waiting(square, **(given | fields))
    async with transaction(square.sessions) as session:
        await remind(session, kind=Reminder.START, subject_id=one, due_at=square.now)
    await sweep(square.sessions, EFFECTS, square.now)
    return one


async def revoke(square: Square, name: str) -> None:
    async with transaction(square.sessions) as session:
        await session.execute(
            update(GrantRow)
            .where(GrantRow.person_id == square.people[name])
            .values(revoked_at=square.now)
        )


async def test_what_its_author_may_send_alone_begins_at_its_hour(square: Square) -> None:
    one = await alone(square)
    assert (await broadcast(square, one)).state == State.SENDING
    assert await square.told(Notice.NOT_BEGUN) == []


async def test_whoever_lost_the_right_meanwhile_needs_a_second_person(square: Square) -> None:
    await revoke(square, "zhao")
    one = await alone(square)
    assert (await broadcast(square, one)).state == State.WAITING
    assert await square.told(Notice.COPY) == []
    assert await square.told(Notice.NOT_BEGUN) == ["zhao"]
    assert await square.told(Notice.APPROVE)
    assert await square.act("qian", approve, one, 1) is BroadcastOutcome.APPROVED
    await everybody_once(square)


async def test_what_nobody_may_approve_any_more_is_a_draft_again(square: Square) -> None:
    for name in square.people:
        await revoke(square, name)
    one = await alone(square, weekly=True)
    assert (await broadcast(square, one)).state == State.DRAFT
    assert await square.told(Notice.COPY) == []
    assert await square.told(Notice.NOT_BEGUN) == ["zhao"]


async def test_what_missed_its_day_asks_its_author_and_reaches_nobody(square: Square) -> None:
    one = await alone(square, start_at=square.now - timedelta(days=1))
    row = await broadcast(square, one)
    assert (row.state, row.start_at) == (State.DRAFT, None)
    assert await square.told(Notice.COPY) == []
    assert await square.told(Notice.MISSED) == ["zhao"]
    assert await square.act("zhao", ask, one, 1) is BroadcastOutcome.BEGUN
    await everybody_once(square)


async def test_what_was_approved_for_a_day_that_is_over_is_looked_at_anew(square: Square) -> None:
    drill = await scheduled(square, style=Style.DRILL)
    square.now += timedelta(days=1)
    await sweep(square.sessions, EFFECTS, square.now)
    row = await broadcast(square, drill)
    assert (row.state, row.approved_by) == (State.DRAFT, None)
    assert await square.act("zhao", ask, drill, 1) is BroadcastOutcome.WAITING


async def test_an_emergency_goes_however_late(square: Square) -> None:
    one = await scheduled(square)
    square.now += timedelta(days=3)
    await sweep(square.sessions, EFFECTS, square.now)
    assert (await broadcast(square, one)).state == State.SENDING
    assert await square.told(Notice.MISSED) == []


async def test_late_on_its_own_day_it_goes(square: Square) -> None:
    one = await alone(square, start_at=square.now - timedelta(minutes=50))
    assert (await broadcast(square, one)).state == State.SENDING


async def test_a_weekly_one_that_missed_its_day_goes_on_next_week(square: Square) -> None:
    missed = square.now - timedelta(days=1)
    one = await alone(square, start_at=missed, weekly=True)
    async with transaction(square.sessions) as session:
        following = await session.scalar(select(BroadcastRow).where(BroadcastRow.series_id == one))
    assert following is not None
    assert (following.state, following.start_at) == (State.SCHEDULED, missed + timedelta(weeks=1))
    assert await square.act("zhao", ask, one, 1) is BroadcastOutcome.BEGUN
    async with transaction(square.sessions) as session:
        series = await session.scalars(select(BroadcastRow.series_id))
    assert [each for each in series if each] == [one]


async def test_missed_by_two_clocks_at_once_it_is_asked_once(square: Square) -> None:
    one = await scheduled(square, style=Style.NOTICE)
    square.now += timedelta(days=2)
    await asyncio.gather(*(sweep(square.sessions, EFFECTS, square.now) for _clock in range(2)))
    assert (await broadcast(square, one)).state == State.DRAFT
    assert await square.told(Notice.MISSED) == ["zhao"]


async def test_what_comes_every_week_is_planned_as_it_begins(square: Square) -> None:
    one = await alone(square, weekly=True)
    async with transaction(square.sessions) as session:
        following = await session.scalar(select(BroadcastRow).where(BroadcastRow.series_id == one))
    assert following is not None
    assert following.state == State.SCHEDULED
    assert following.start_at == square.now + timedelta(weeks=1)
    square.now += timedelta(weeks=1)
    await sweep(square.sessions, EFFECTS, square.now)
    assert (await broadcast(square, following.id)).state == State.SENDING


async def test_what_was_cancelled_before_its_hour_never_begins(square: Square) -> None:
    one = await scheduled(square)
    assert await square.act("qian", cancel, one) is BroadcastOutcome.CANCELLED
    square.now += timedelta(hours=1)
    await sweep(square.sessions, EFFECTS, square.now)
    assert (await broadcast(square, one)).state == State.CANCELLED
    assert await square.told(Notice.COPY) == []


@pytest.mark.parametrize("in_place", [False, True])
async def test_a_copy_that_came_back_during_a_pause_waits_but_a_change_of_one_does_not(
    square: Square, in_place: bool
) -> None:
    one = await put(square, To("wang"), state=State.PAUSED)
    copy = OutboxNotice(
        Notice.COPY,
        one,
        square.people["wang"],
        square.now,
        repeat=False,
        detail={},
        in_place=in_place,
    )
    async with transaction(square.sessions) as session:
        with speaking("zh_Hans"):
            assert isinstance(await render(session, copy), OnHold) is not in_place

"""Two at once about one day: nobody is told twice, nothing is lost, silence is never 'well'."""

import asyncio
from collections import Counter

from sqlalchemy import select

from models.database import transaction
from models.daychecks.actions import answers, wishes
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import DayOutcome, DayState, Known
from models.records.rules import Refusal
from models.reminders.tables import ReminderRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.daychecks.watch import Watch, shanghai


async def test_an_answer_against_the_climbing_clock(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(9, 59))
    watch.street.now = shanghai(10)
    sessions, now = watch.street.sessions, watch.street.now
    await asyncio.gather(sweep(sessions, EFFECTS, now), watch.sign(), watch.sign())
    assert await watch.states() == [DayState.HEARD]
    told = await watch.told()
    assert told in ([], ["son"])
    assert await watch.street.told(Notice.HEARD) == told
    assert await watch.street.pending(Reminder.CLIMB) == []


async def test_two_sweeps_at_once_ask_and_tell_each_once(watch: Watch) -> None:
    for number in range(12):
        await watch.street.add(f"n{number}", "b1")
        await watch.on(8, name=f"n{number}")
    await watch.on(8)
    sessions = watch.street.sessions
    for hour in (8, 9, 10):
        watch.street.now = shanghai(hour)
        await asyncio.gather(*(sweep(sessions, EFFECTS, watch.street.now) for _ in range(3)))
    asked = Counter(await watch.street.told(Notice.ASK))
    assert len(asked) == 13
    assert set(asked.values()) == {1}
    assert set(Counter(await watch.street.told(Notice.AGAIN)).values()) == {1}
    assert len(await watch.days()) == 13


async def test_a_sign_against_the_question(watch: Watch) -> None:
    await watch.on(8)
    watch.street.now = shanghai(8)
    sessions, now = watch.street.sessions, watch.street.now
    await asyncio.gather(sweep(sessions, EFFECTS, now), watch.sign())
    assert await watch.states() == [DayState.HEARD]
    assert await watch.street.pending(Reminder.CLIMB) == []
    assert len(await watch.street.pending(Reminder.ASK)) == 1


async def test_pausing_against_a_push(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    await watch.until(shanghai(9, 59))
    watch.street.now = shanghai(10)
    sessions, now = watch.street.sessions, watch.street.now
    _swept, paused = await asyncio.gather(
        sweep(sessions, EFFECTS, now), watch.does(wishes.pause, "wang")
    )
    assert paused is DayOutcome.PAUSED
    assert await watch.states() == [DayState.HEARD]
    told = await watch.told()
    await watch.until(shanghai(20, day=25))
    assert await watch.told() == told
    assert await watch.street.pending(Reminder.ASK) == []


async def test_two_answer_at_once(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 10))
    (one,) = await watch.days()
    found = await asyncio.gather(
        watch.does(answers.find_well, "son", one.id, Known.SPOKE),
        watch.does(answers.find_well, "niece", one.id, Known.SAW),
    )
    assert sorted(found) == sorted([DayOutcome.FOUND_WELL, Refusal.ALREADY])
    assert len(await watch.street.told(Notice.AFTER)) == 1


async def test_two_go_there_at_once(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10, 10))
    (one,) = await watch.days()
    gone = await asyncio.gather(
        watch.does(answers.go_there, "son", one.id), watch.does(answers.go_there, "niece", one.id)
    )
    assert sorted(gone) == sorted([DayOutcome.GOING, DayOutcome.OTHER_GOES])
    assert len(await watch.street.pending(Reminder.CLIMB)) == 1


async def test_two_hand_on_at_once_and_nobody_is_left_out(watch: Watch) -> None:
    await watch.family.has("son", "niece")
    await watch.on(8)
    await watch.until(shanghai(10))
    (one,) = await watch.days()
    await asyncio.gather(
        watch.does(answers.hand_on, "son", one.id, rang=True),
        watch.does(answers.hand_on, "son", one.id, rang=False),
    )
    assert await watch.told() == ["son", "niece"]
    assert await watch.states() == [DayState.WAITING]


async def test_switching_on_twice_at_once(watch: Watch) -> None:
    done = await asyncio.gather(watch.tries_on(8), watch.tries_on(9))
    assert sorted(done) == sorted([DayOutcome.SWITCHED_ON, Refusal.ALREADY])
    async with transaction(watch.street.sessions) as session:
        found = await session.scalars(
            select(ReminderRow.id).where(ReminderRow.kind == Reminder.ASK)
        )
        assert len(found.all()) == 1

"""What others than whose day it is see: the circle, and staff who look at numbers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.database import transaction
from models.daychecks.actions import answers, wishes
from models.daychecks.queries import count_at_desk, month_at_desk, seen_by_member
from models.daychecks.rules.hours import CheckHours
from models.daychecks.rules.states import (
    CircleSees,
    DayOutcome,
    DayState,
    seen_in_circle,
)
from models.help.rules.policy import Urgency
from models.help.tables import RequestRow
from models.marks.rules import LEAST_SHOWN
from models.records.rules import Refusal
from tests.daychecks.watch import Watch, shanghai

MONTH = date(2026, 11, 1)


@given(st.sampled_from([None, *DayState]))
def test_silence_is_never_well_in_the_circle(state: DayState | None) -> None:
    silent = {None, DayState.WAITING, DayState.EMERGENCY, DayState.UNRESOLVED}
    assert (seen_in_circle(state) is CircleSees.NOT_YET) == (state in silent)


async def test_the_circle_sees_well_or_not_yet_and_nobody_else_anything(watch: Watch) -> None:
    await watch.family.has("son")
    await watch.on(8)
    wang = watch.street.people["wang"]
    await watch.until(shanghai(8, 1))
    assert await watch.does(seen_by_member, "son", wang) is CircleSees.NOT_YET
    assert await watch.does(seen_by_member, "niece", wang) is None
    (one,) = await watch.days()
    await watch.sign()
    assert await watch.does(answers.say_well, "wang", one.id) is DayOutcome.WELL
    assert await watch.does(seen_by_member, "son", wang) is CircleSees.WELL
    await watch.does(wishes.pause, "wang")
    assert await watch.does(seen_by_member, "son", wang) is None


async def test_numbers_of_a_month_are_told_from_five_people_on(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(8, 1))
    assert await watch.does(month_at_desk, "son", MONTH) is Refusal.NOT_ALLOWED
    assert await watch.does(month_at_desk, "zhou", MONTH) == {}
    for number in range(LEAST_SHOWN - 1):
        await watch.street.add(f"n{number}", "b1")
        await watch.on(9, name=f"n{number}")
    found = await watch.does(month_at_desk, "zhou", MONTH)
    assert found[DayState.WAITING] == 1


async def test_an_emergency_takes_the_place_of_the_request_once(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(8, 5))
    (one,) = await watch.days()
    await watch.sign()
    assert await watch.does(answers.press, "wang", one.id) is Refusal.WRONG_TIME
    assert await watch.does(answers.ask_help, "wang", one.id, "🙏") is DayOutcome.HELP
    assert await watch.does(answers.press, "son", one.id) is Refusal.NOT_ALLOWED
    assert await watch.does(answers.press, "wang", one.id) is DayOutcome.PRESSED
    assert await watch.does(answers.press, "wang", one.id) is Refusal.ALREADY
    request_id = (await watch.view("wang")).request_id
    async with transaction(watch.street.sessions) as session:
        row = await session.get_one(RequestRow, request_id)
    assert row.urgency == Urgency.EMERGENCY


async def test_being_back_early_and_who_may_come(watch: Watch) -> None:
    await watch.on(8)
    await watch.does(wishes.rest, "wang", shanghai(8, day=28).date())
    assert await watch.does(wishes.come_back, "wang") is DayOutcome.RESUMED
    for act in (wishes.turn_leader, wishes.turn_neighbours):
        assert await watch.does(act, "wang") is DayOutcome.CHANGED
    check = await watch.check()
    assert check is not None
    assert (check.rest_until, check.leader_too, check.may_send_neighbours) == (None, True, True)
    assert check.hours == CheckHours(8)


async def test_the_desk_counts_what_it_lists(watch: Watch) -> None:
    await watch.on(8)
    await watch.until(shanghai(12))
    async with transaction(watch.street.sessions) as session:
        zhou = await watch.street.actor(session, "zhou")
        son = await watch.street.actor(session, "son")
        assert await count_at_desk(session, zhou) == 1
        assert await count_at_desk(session, son) == 0

"""The call-back list 电话回访: who stands on it, and what becomes of a call."""

from datetime import datetime, timedelta

import pytest

from models.database import transaction
from models.help.actions.closing import rate, reopen, resident_verdict
from models.help.rules.limits import Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import CallOutcome, RateOutcome, ReopenOutcome, VerdictOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import State
from models.help.views import CallCase
from models.orders.actions.visits import give_up, nobody_answered, record_word
from models.orders.queries.visits import call_about, call_case, count_calls
from models.people.rules import Role
from tests.help.street import Street
from tests.orders.acts import done, help_act, orders, said, sweep_at

POLICY = HelpPolicy()

CLOCK = POLICY.clock(Urgency.ORDINARY)
SILENCE = POLICY.unconfirmed_after


@pytest.fixture
async def silent(street: Street) -> int:
    """A request that li did, and about which wang stayed silent until now."""
    await street.volunteer("li")
    request_id = await done(street)
    street.now += SILENCE
    await sweep_at(street, street.now)
    return request_id


async def next_call(
    street: Street, name: str, after: int | None = None, at: datetime | None = None
) -> CallCase | None:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await call_case(session, actor, now=at or street.now, after=after)


async def count(street: Street, name: str, at: datetime | None = None) -> int:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await count_calls(session, actor, now=at or street.now)


async def called(street: Street, name: str, request_id: int, at: datetime | None = None) -> object:
    return await help_act(street, nobody_answered, name, request_id, at=at)


async def test_the_longest_silent_comes_first_and_later_is_the_next(street: Street) -> None:
    await street.volunteer("li")
    first = await done(street)
    street.now += timedelta(hours=1)
    second = await done(street)
    await sweep_at(street, street.now + SILENCE)
    street.now += SILENCE
    shown = await next_call(street, "zhao")
    assert shown is not None
    assert (shown.request.line.request_id, shown.total, shown.days) == (first, 2, None)
    assert [one.who.name for one in shown.request.holders] == ["li"]
    for after, expected in ((first, second), (second, first), (999, first)):
        shown = await next_call(street, "zhao", after)
        assert shown is not None
        assert shown.request.line.request_id == expected


async def test_only_the_desk_of_the_place_rings_and_never_who_did_it(street: Street) -> None:
    await street.add("far", "l1")
    await street.grant("far", Role.STAFF, "lan")
    request_id = await done(street, "zhao")
    street.now += SILENCE
    await sweep_at(street, street.now)
    people = ("zhao", "zhou", "far", "wang")
    counts = {name: await count(street, name) for name in people}
    assert counts == {"zhao": 0, "zhou": 1, "far": 0, "wang": 0}
    for name in ("zhao", "far", "wang"):
        assert await called(street, name, request_id) is CallOutcome.NOT_ALLOWED
    refused = await help_act(street, record_word, "zhao", request_id, solved=True)
    assert refused is VerdictOutcome.NOT_ALLOWED


async def test_no_answer_puts_it_off_for_a_working_day(street: Street, silent: int) -> None:
    assert await called(street, "zhao", silent) is CallOutcome.PUT_OFF
    assert await called(street, "zhou", silent) is CallOutcome.ALREADY
    request = await street.request(silent)
    again = CLOCK.after(street.now, POLICY.call_again.by(CLOCK))
    assert (request.calls, request.call_after) == (1, again)
    assert await count(street, "zhao", again - timedelta(seconds=1)) == 0
    assert await count(street, "zhao", again) == 1
    assert (await street.lines(silent))[-1] == Line.CALLED


async def ring_in_vain(street: Street, request_id: int, times: int) -> None:
    for _ in range(times):
        assert await called(street, "zhao", request_id) is CallOutcome.PUT_OFF
        street.now = CLOCK.after(street.now, POLICY.call_again.by(CLOCK))


async def test_after_enough_calls_it_is_closed_without_a_word_and_told(
    street: Street, silent: int
) -> None:
    await ring_in_vain(street, silent, POLICY.most_calls - 1)
    assert await help_act(street, give_up, "zhao", silent) is CallOutcome.TOO_FEW
    await ring_in_vain(street, silent, 1)
    shown = await next_call(street, "zhao")
    assert shown is not None
    assert (shown.calls, shown.may_give_up) == (3, True)
    assert await help_act(street, give_up, "zhao", silent) is CallOutcome.GIVEN_UP
    assert await help_act(street, give_up, "zhao", silent) is CallOutcome.ALREADY
    request = await street.request(silent)
    assert (request.state, request.solved, request.unconfirmed) == (State.CLOSED, None, True)
    assert await street.told(Notice.GIVEN_UP) == ["wang"]
    assert await count(street, "zhao") == 0


@pytest.fixture
async def unsaid(street: Street, silent: int) -> int:
    """A request that was closed without a word."""
    await ring_in_vain(street, silent, POLICY.most_calls)
    await help_act(street, give_up, "zhao", silent)
    return silent


async def test_the_word_can_still_be_given_solved_and_stars(street: Street, unsaid: int) -> None:
    assert await help_act(street, rate, "wang", unsaid, stars=5) is RateOutcome.NOT_CLOSED
    word = await help_act(street, resident_verdict, "wang", unsaid, solved=True)
    assert word is VerdictOutcome.CLOSED
    request = await street.request(unsaid)
    assert (request.state, request.solved, request.unconfirmed) == (State.CLOSED, True, False)
    assert await street.told(Notice.THANKS) == ["li"]
    assert await help_act(street, rate, "wang", unsaid, stars=5) is RateOutcome.RATED


async def test_the_word_can_still_be_given_not_solved(street: Street, unsaid: int) -> None:
    word = await help_act(street, resident_verdict, "wang", unsaid, solved=False)
    assert word is VerdictOutcome.UNSOLVED
    request = await street.request(unsaid)
    assert (request.state, request.unconfirmed, request.calls) == (State.UNSOLVED, False, 0)
    assert [order.cause for order in await orders(street, unsaid)] == ["came_back"]
    assert await help_act(street, reopen, "wang", unsaid) is ReopenOutcome.ALREADY


async def test_a_month_later_solved_can_still_be_said_and_not_solved_no_more(
    street: Street, unsaid: int
) -> None:
    late = street.now + POLICY.reopen_within + timedelta(days=1)
    word = await help_act(street, resident_verdict, "wang", unsaid, solved=False, at=late)
    assert word is VerdictOutcome.TOO_LATE
    word = await help_act(street, resident_verdict, "wang", unsaid, solved=True, at=late)
    assert word is VerdictOutcome.CLOSED


async def test_what_they_say_on_the_phone_is_written_down(street: Street, silent: int) -> None:
    word = await help_act(street, record_word, "zhao", silent, solved=True)
    assert word is VerdictOutcome.CLOSED
    assert await help_act(street, rate, "zhao", silent, stars=2) is RateOutcome.LOW
    assert [order.cause for order in await orders(street, silent)] == ["low_rating"]
    assert await said(street, silent, Line.SOLVED) == [None]
    assert await called(street, "zhao", silent) is CallOutcome.ALREADY
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        assert await call_about(session, zhao, silent, now=street.now) is None


async def test_a_word_that_comes_meanwhile_takes_it_off_the_list(
    street: Street, silent: int
) -> None:
    assert await count(street, "zhao") == 1
    await help_act(street, resident_verdict, "wang", silent, solved=True)
    assert await count(street, "zhao") == 0
    late = await help_act(street, record_word, "zhao", silent, solved=True)
    assert late is VerdictOutcome.ALREADY

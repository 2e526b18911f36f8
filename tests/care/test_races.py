"""Whatever two people can want of care at once: one has it, nothing is left half done."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from handlers.rooms import routers
from models.care.actions import calls, confiding, ending, homes, pairs, proposing
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CareRhythm, closes_at
from models.care.rules.states import CareFound, Concern, HomeSaid, HomeState, PairPart, PairState
from models.care.tables import CareHomeRow, CarePairRow, CareRingRow
from models.database import transaction
from models.help.actions.claims import claim
from models.help.actions.contact import show_contact
from models.people.rules import Field
from models.records.rules import Refusal
from models.reminders.rules import State as Stands
from models.reminders.tables import ReminderRow
from models.routines.rules import OccasionState
from tests.care.lane import Lane
from tests.help.test_contact import DOOR, PHONE, rendered, rows, sent, tell

AGAIN = {Refusal.ALREADY, Refusal.WRONG_TIME}


async def mains(lane: Lane) -> list[str]:
    """List the states of the main pairs of the first home."""
    async with transaction(lane.street.sessions) as session:
        found = await session.scalars(
            select(CarePairRow.state).where(CarePairRow.part == PairPart.MAIN)
        )
        return [*found]


async def pending(lane: Lane) -> set[str]:
    """Name what the clock has still to do about care."""
    async with transaction(lane.street.sessions) as session:
        found = await session.scalars(
            select(ReminderRow.kind).where(
                ReminderRow.kind.startswith("care."), ReminderRow.state == Stands.PENDING
            )
        )
        return {*found}


async def test_of_two_substitutes_at_once_one_has_it(lane: Lane) -> None:
    await lane.agreed()
    for name in ("chen", "qian"):
        await lane.instead(name)
    one = await lane.opened()
    await lane.does(calls.cannot, "li", one)
    await lane.passes(hours=4)
    said = await asyncio.gather(*(lane.does(calls.coming, who, one) for who in ("chen", "qian")))
    assert sorted(said) == [CareOutcome.COMING, CareOutcome.TAKEN]
    assert await lane.stands(one) is OccasionState.TAKEN


async def test_a_pause_against_the_opening_leaves_nothing_open(lane: Lane) -> None:
    home_id = await lane.agreed()
    [ahead] = await lane.occasions()
    lane.street.now = ahead.opens_at
    await asyncio.gather(lane.does(homes.pause, "wang", home_id), lane.until(ahead.opens_at))
    assert {one.state for one in await lane.occasions()} == {OccasionState.EXCUSED}
    assert await pending(lane) == {"care.review"}


async def test_a_pause_against_somebody_who_comes(lane: Lane) -> None:
    home_id = await lane.agreed()
    one = await lane.opened()
    paused, comes = await asyncio.gather(
        lane.does(homes.pause, "wang", home_id), lane.does(calls.coming, "li", one)
    )
    assert paused is CareOutcome.PAUSED
    assert comes in {CareOutcome.COMING, *AGAIN, CareOutcome.TAKEN}
    assert await lane.stands(one) is OccasionState.EXCUSED
    assert await pending(lane) == {"care.review"}


async def test_two_staff_name_two_neighbours_for_one_main_part(lane: Lane) -> None:
    home_id = await lane.agreed(visitor=None)
    people = lane.street.people
    said = await asyncio.gather(
        lane.does(pairs.name_neighbour, "zhao", home_id, people["li"], PairPart.MAIN),
        lane.does(pairs.name_neighbour, "zhou", home_id, people["chen"], PairPart.MAIN),
        lane.does(pairs.name_neighbour, "zhao", home_id, people["li"], PairPart.MAIN),
    )
    assert said.count(CareOutcome.NAMED) == 1
    assert said.count(CareOutcome.HAS_PAIR) == 2
    assert await mains(lane) == [PairState.PROPOSED]


async def test_she_agrees_while_staff_take_it_back(lane: Lane) -> None:
    home_id = await lane.proposed()
    agreed, taken_back = await asyncio.gather(
        lane.does(homes.agree, "wang", home_id), lane.does(homes.withdraw, "zhao", home_id)
    )
    row = await lane.home(home_id)
    if agreed is CareOutcome.AGREED:
        assert taken_back in AGAIN
        assert (row.state, await mains(lane)) == (HomeState.AGREED, [PairState.ASKED])
    else:
        assert (agreed in AGAIN, taken_back) == (True, CareOutcome.WITHDRAWN)
        assert (row.state, await mains(lane)) == (HomeState.ENDED, [PairState.ENDED])
        assert await lane.occasions() == []


async def test_she_agrees_and_declines_with_two_taps(lane: Lane) -> None:
    home_id = await lane.proposed()
    said = await asyncio.gather(
        lane.does(homes.agree, "wang", home_id),
        lane.does(homes.decline, "wang", home_id),
        lane.does(homes.agree, "wang", home_id),
    )
    assert len({CareOutcome.AGREED, CareOutcome.DECLINED} & {*said}) == 1
    assert sum(one in AGAIN for one in said) == 2


async def test_two_propose_one_person_at_once(lane: Lane) -> None:
    whom = lane.street.people["wang"]
    wish = proposing.CareWish(CareRhythm.WEEKLY, 2)
    made = await asyncio.gather(
        *(lane.does(proposing.propose, name, whom, wish) for name in ("zhao", "zhou"))
    )
    assert sorted(one.outcome for one in made) == [CareOutcome.HAS_HOME, CareOutcome.PROPOSED]
    async with transaction(lane.street.sessions) as session:
        assert len((await session.scalars(select(CareHomeRow))).all()) == 1


async def test_he_takes_on_what_she_refuses_at_once(lane: Lane) -> None:
    home_id = await lane.proposed()
    await lane.does(homes.agree, "wang", home_id)
    pair = await lane.pair("li")
    takes, refuses = await asyncio.gather(
        lane.does(pairs.take_on, "li", pair.id), lane.does(pairs.refuse, "wang", pair.id)
    )
    state = (await lane.pair("li")).state
    if takes is CareOutcome.PAIRED:
        assert (refuses in AGAIN, state) == (True, PairState.AGREED)
    else:
        assert (refuses, state) == (CareOutcome.REFUSED, PairState.DECLINED)


async def test_both_say_otherwise_at_once_and_one_thing_is_told(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.does(calls.coming, "li", one)
    await asyncio.gather(
        lane.does(calls.report, "li", one, CareFound.WELL),
        lane.does(calls.say, "wang", one, HomeSaid.DID_NOT),
    )
    concerns = await lane.concerns()
    assert [concern.kind for concern in concerns] == [Concern.MISMATCH]


async def test_he_comes_back_while_she_tells_of_him(lane: Lane) -> None:
    home_id = await lane.agreed()
    pair = await lane.pair("li")
    await lane.does(pairs.rest, "li", pair.id)
    back, told = await asyncio.gather(
        lane.does(pairs.come_back, "li", pair.id),
        lane.does(confiding.confide, "wang", home_id, Concern.MONEY),
    )
    assert told is CareOutcome.HEARD
    assert back in {CareOutcome.RETURNED, CareOutcome.ARRANGED_OTHERWISE}
    assert (await lane.pair("li")).state == PairState.RESTING


async def test_a_report_against_the_end_of_the_window(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.does(calls.coming, "li", one)
    ends_at = (await lane.occasions())[0].ends_at
    lane.street.now = ends_at
    said, _nothing = await asyncio.gather(
        lane.does(calls.report, "li", one, CareFound.WELL), lane.until(ends_at)
    )
    stands = await lane.stands(one)
    if said is CareOutcome.REPORTED:
        assert stands in {OccasionState.DONE, OccasionState.COVERED}
    else:
        assert (said in {*AGAIN, Refusal.NOT_ALLOWED}, stands) == (True, OccasionState.MISSED)


async def test_a_slip_taken_back_against_the_clock_that_closes(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.does(ending.end, "wang", home_id)
    at = closes_at(lane.street.now)
    lane.street.now = at
    back, _nothing = await asyncio.gather(
        lane.does(ending.take_back, "wang", home_id), lane.until(at)
    )
    row = await lane.home(home_id)
    if back is CareOutcome.TAKEN_BACK:
        assert (row.state, row.ended_at) == (HomeState.AGREED, None)
        assert row.wishes is not None
        assert (await lane.pair("li")).state == PairState.AGREED
        assert await mains(lane) == [PairState.AGREED]
    else:
        assert (back, row.state, row.wishes) == (Refusal.WRONG_TIME, HomeState.ENDED, None)
        assert await mains(lane) == [PairState.ENDED]


async def test_an_end_against_somebody_who_comes(lane: Lane) -> None:
    home_id = await lane.agreed()
    one = await lane.opened()
    ended, comes = await asyncio.gather(
        lane.does(ending.end, "wang", home_id), lane.does(calls.coming, "li", one)
    )
    assert ended is CareOutcome.ENDED
    assert comes in {CareOutcome.COMING, *AGAIN, CareOutcome.TAKEN}
    assert await lane.stands(one) is OccasionState.EXCUSED
    assert await pending(lane) == {"care.closes"}


async def test_she_takes_it_back_and_asks_anew_at_once(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.does(ending.end, "wang", home_id)
    back, made = await asyncio.gather(
        lane.does(ending.take_back, "wang", home_id),
        lane.does(proposing.ask_for_company, "wang", CareRhythm.MONTHLY, ""),
    )
    stands = (await lane.home(home_id)).state
    if back is CareOutcome.TAKEN_BACK:
        assert (made.outcome, stands) == (CareOutcome.HAS_HOME, HomeState.AGREED)
    else:
        assert (back, made.outcome) == (Refusal.WRONG_TIME, CareOutcome.ASKED_FOR)
        assert stands == HomeState.ENDED


CALLS_OFF = {
    "the visitor comes": (calls.coming, "li", True),
    "she rests": (homes.pause, "wang", False),
}
"""What calls off a request for company: the act, whose, and whether it is done to the call-on."""


async def looked_for(lane: Lane) -> tuple[int, int]:
    """Let a request look for company for a home whose door is known; give it and the call-on."""
    routers()
    await lane.agreed()
    await lane.street.volunteer("sun", "b2")
    await tell(lane.street, "wang", Field.DOOR, DOOR)
    await tell(lane.street, "wang", Field.PHONE, PHONE)
    one = await lane.opened()
    await lane.does(calls.cannot, "li", one)
    async with transaction(lane.street.sessions) as session:
        return (await session.get_one(CareRingRow, one)).request_id, one


async def shown(lane: Lane) -> list[str]:
    """Render every card with door and phone, and every change of one, as the sender does."""
    return [await rendered(lane.street, row) for row in await rows(lane.street)]


@pytest.mark.parametrize("how", CALLS_OFF)
async def test_who_was_found_sees_no_door_once_nobody_is_looked_for(lane: Lane, how: str) -> None:
    request_id, one = await looked_for(lane)
    act, who, on_call = CALLS_OFF[how]
    await lane.street.claim("sun", request_id)
    await lane.does(show_contact, "sun", request_id)
    await sent(lane.street)
    assert any(DOOR in text and PHONE in text for text in await shown(lane))
    await lane.does(act, who, one if on_call else 1)
    first, change = await shown(lane)
    assert not any(secret in first + change for secret in (DOOR, PHONE))
    assert await lane.does(show_contact, "sun", request_id) == "not_allowed"


@pytest.mark.parametrize("how", CALLS_OFF)
@pytest.mark.parametrize("move", [claim, show_contact])
async def test_a_look_against_the_calling_off_leaves_no_door_on_a_card(
    lane: Lane, how: str, move: Any
) -> None:
    request_id, one = await looked_for(lane)
    act, who, on_call = CALLS_OFF[how]
    if move is show_contact:
        await lane.street.claim("sun", request_id)
        await lane.does(show_contact, "sun", request_id)
        await sent(lane.street)
    await asyncio.gather(
        lane.does(move, "sun", request_id), lane.does(act, who, one if on_call else 1)
    )
    await lane.does(show_contact, "sun", request_id)
    assert not any(secret in text for text in await shown(lane) for secret in (DOOR, PHONE))
    changed = {row.target_id for row in await rows(lane.street) if row.target_id is not None}
    sent_ones = {row.id for row in await rows(lane.street) if row.message_id is not None}
    assert sent_ones <= changed, "what has been sent is changed as well"

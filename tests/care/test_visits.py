"""Homes, pairs and call-ons: what the mission asks of visits, and what people expect."""

import asyncio
from datetime import timedelta

from models.care.actions import calls, confiding, ending, homes, needs, pairs, proposing
from models.care.actions.proposing import CareWish
from models.care.queries.homes import home_opened
from models.care.records import buddies_of, visitors_of
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import CarePolicy, CareRhythm
from models.care.rules.states import (
    CareFound,
    CareReason,
    Concern,
    HomeSaid,
    HomeState,
    PairPart,
    PairState,
)
from models.care.tables import CareNeedRow, CareRingRow
from models.database import transaction
from models.help.actions.visits import report_done
from models.help.tables import RequestRow
from models.leaving.actions import leave
from models.people.actions.personal import looks_at_me
from models.people.rules import Leaving, Role
from models.people.tables import PersonRow
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from tests.care.lane import Lane

DUE, TAKEN, DONE = OccasionState.DUE, OccasionState.TAKEN, OccasionState.DONE
MISSED, COVERED, EXCUSED = OccasionState.MISSED, OccasionState.COVERED, OccasionState.EXCUSED


async def test_she_alone_agrees_and_then_the_neighbour_is_asked(lane: Lane) -> None:
    home_id = await lane.proposed()
    assert await lane.street.told(Notice.PROPOSED) == ["wang"]
    assert await lane.street.told(Notice.TAKE_ON) == []
    for name in ("zhao", "zhou", "li"):
        assert await lane.does(homes.agree, name, home_id) is Refusal.NOT_ALLOWED
    assert await lane.does(homes.agree, "wang", home_id) is CareOutcome.AGREED
    assert await lane.street.told(Notice.TAKE_ON) == ["li"]
    assert await lane.does(homes.agree, "wang", home_id) is Refusal.ALREADY
    await lane.pairs_up("li", home_id)
    assert (await lane.pair("li")).state == PairState.AGREED
    assert sorted(await lane.street.told(Notice.PAIRED)) == ["wang", "zhao"]


async def test_a_no_is_kept_for_a_year(lane: Lane) -> None:
    home_id = await lane.proposed()
    assert await lane.does(homes.decline, "wang", home_id) is CareOutcome.DECLINED
    assert await lane.street.told(Notice.ANSWERED) == ["zhao"]
    wish = CareWish(CareRhythm.WEEKLY, 2)
    again = await lane.does(proposing.propose, "zhao", lane.street.people["wang"], wish)
    assert again.outcome is CareOutcome.SAID_NO
    own = await lane.does(proposing.ask_for_company, "wang", CareRhythm.WEEKLY, "")
    assert own.outcome is CareOutcome.ASKED_FOR, "she herself can ask at any time"
    assert await lane.does(ending.end, "wang", own.home_id) is CareOutcome.ENDED
    await lane.passes(days=366)
    assert await lane.proposed() > home_id


async def test_she_would_rather_have_somebody_else(lane: Lane) -> None:
    home_id = await lane.proposed()
    assert await lane.does(homes.agree_with_another, "wang", home_id) is CareOutcome.AGREED
    assert (await lane.pair("li")).state == PairState.DECLINED
    assert await lane.street.told(Notice.TAKE_ON) == [], "he never hears of it"
    await lane.instead("chen", home_id, PairPart.MAIN)
    assert [one.who.name for one in (await lane.view("wang")).pairs] == ["chen"]


async def test_a_proxy_agrees_when_staff_have_seen_the_paper(lane: Lane) -> None:
    street = lane.street
    await street.add("son", "b2")
    await street.add("grandma", "b1", telegram=False, proxy="son")
    home_id = await lane.proposed("grandma")
    assert await street.told(Notice.PROPOSED) == ["son"]
    assert await lane.does(homes.agree, "son", home_id) is CareOutcome.NEEDS_PAPER
    assert await lane.does(homes.see_paper, "son", home_id) is Refusal.NOT_ALLOWED
    assert await lane.does(homes.see_paper, "zhao", home_id) is CareOutcome.PAPER_SEEN
    assert await lane.does(homes.agree, "son", home_id) is CareOutcome.AGREED
    assert (await lane.home(home_id)).consent == "proxy"


async def test_whoever_cannot_be_asked_is_not_proposed_to(lane: Lane) -> None:
    await lane.street.add("alone", "b1", telegram=False)
    wish = CareWish(CareRhythm.WEEKLY, 2)
    made = await lane.does(proposing.propose, "zhao", lane.street.people["alone"], wish)
    assert made.outcome is CareOutcome.NOT_REACHED
    refused = await lane.does(proposing.propose, "li", lane.street.people["wang"], wish)
    assert refused.outcome is Refusal.NOT_ALLOWED


async def test_nobody_is_paired_with_themselves_or_those_they_speak_for(lane: Lane) -> None:
    street = lane.street
    await street.add("son", "b2")
    await street.add("grandma", "b1", telegram=False, proxy="son")
    home_id = await lane.agreed(visitor=None)
    named = pairs.name_neighbour
    own = await lane.does(named, "zhao", home_id, street.people["wang"], PairPart.MAIN)
    assert own is CareOutcome.NOT_OWN_HOME
    theirs = await lane.proposed("grandma", None)
    son = await lane.does(named, "zhao", theirs, street.people["son"], PairPart.MAIN)
    assert son is CareOutcome.NOT_OWN_HOME


async def test_nobody_looks_in_on_more_homes_than_one_can(lane: Lane) -> None:
    most = CarePolicy().most_homes
    for number in range(most):
        await lane.street.add(f"h{number}", "b1")
        await lane.agreed(f"h{number}")
    wish = CareWish(CareRhythm.WEEKLY, 2, visitor_id=lane.street.people["li"])
    full = await lane.does(proposing.propose, "zhao", lane.street.people["wang"], wish)
    assert full.outcome is CareOutcome.TOO_MANY_HOMES
    assert full.home_id is None
    await lane.proposed(visitor="chen")


async def test_two_homes_ask_a_visitor_at_once_for_their_last_place(lane: Lane) -> None:
    most = CarePolicy().most_homes
    for number in range(most + 1):
        await lane.street.add(f"h{number}", "b1")
    ids = [await lane.proposed(f"h{number}") for number in range(most + 1)]
    for number, home_id in enumerate(ids):
        await lane.does(homes.agree, f"h{number}", home_id)
    asked = [await lane.pair("li", home_id) for home_id in ids]
    said = await asyncio.gather(*(lane.does(pairs.take_on, "li", pair.id) for pair in asked))
    assert said.count(CareOutcome.PAIRED) == most
    assert said.count(CareOutcome.TOO_MANY_HOMES) == 1


async def test_a_call_on_is_made_and_confirmed(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    assert await lane.street.told(Notice.CALL) == ["li"]
    assert await lane.does(calls.coming, "li", one) is CareOutcome.COMING
    assert await lane.street.told(Notice.COMING) == ["wang"]
    hers, his = await lane.call("wang", one), await lane.call("li", one)
    assert hers.door_word == his.door_word != ""
    assert (await lane.call("zhao", one)).door_word == "", "nobody else has the word"
    assert await lane.does(calls.report, "li", one, CareFound.WELL) is CareOutcome.REPORTED
    assert await lane.stands(one) is DONE
    assert await lane.street.told(Notice.CAME) == ["wang"]
    assert await lane.does(calls.say, "wang", one, HomeSaid.CAME) is CareOutcome.CONFIRMED
    assert await lane.concerns() == []


async def test_the_word_of_the_door_is_of_one_day_and_one_home(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    tomorrow = (lane.street.now + timedelta(days=1)).date()
    assert await lane.does(calls.coming, "li", one, day=tomorrow) is CareOutcome.LATER
    assert (await lane.call("wang", one)).door_word == ""
    await lane.passes(days=1)
    assert (await lane.call("wang", one)).door_word != ""


async def test_where_nobody_is_left_to_ask_a_request_looks_for_somebody(lane: Lane) -> None:
    await lane.agreed()
    await lane.street.volunteer("sun", "b2")
    one = await lane.opened()
    await lane.does(calls.cannot, "li", one)
    async with transaction(lane.street.sessions) as session:
        ring = await session.get_one(CareRingRow, one)
        request = await session.get_one(RequestRow, ring.request_id)
        assert (request.category, request.beneficiary_id) == (
            "company.visit",
            lane.street.people["wang"],
        )
    await lane.street.claim("sun", ring.request_id)
    await lane.does(report_done, "sun", ring.request_id)
    assert await lane.stands(one) is DONE
    assert (await lane.occasions())[0].done_by == lane.street.people["sun"]


async def test_when_he_can_after_all_nobody_is_looked_for_any_more(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    await lane.does(calls.cannot, "li", one)
    assert await lane.does(calls.coming, "li", one) is CareOutcome.COMING
    async with transaction(lane.street.sessions) as session:
        ring = await session.get_one(CareRingRow, one)
        assert (await session.get_one(RequestRow, ring.request_id)).state == "cancelled"


async def test_staff_have_a_missed_one_covered_with_one_tap(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    one = await lane.opened()
    await lane.until((await lane.occasions())[0].ends_at)
    told = len(await lane.street.told(Notice.CALL))
    assert await lane.does(calls.cover, "li", one) is Refusal.NOT_ALLOWED
    assert await lane.does(calls.cover, "zhao", one) is CareOutcome.COVERING
    assert await lane.does(calls.cover, "zhao", one) is Refusal.ALREADY, "nobody is asked twice"
    assert (await lane.call("zhao", one)).asked_lately
    assert sorted((await lane.street.told(Notice.CALL))[told:]) == ["chen", "li"]
    assert await lane.made("chen", one, CareFound.WELL) is CareOutcome.REPORTED
    assert await lane.stands(one) is COVERED
    assert await lane.street.told(Notice.COVERED) == ["zhao"]


async def test_who_forgets_is_reminded_and_the_next_is_asked(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    one = await lane.opened()
    await lane.passes(days=1, hours=12)
    assert await lane.street.told(Notice.CALL) == ["li", "li", "chen"]
    assert await lane.does(calls.coming, "chen", one) is CareOutcome.COMING


async def test_nobody_seen_is_not_well_and_is_told_at_once(lane: Lane) -> None:
    await lane.agreed()
    one = await lane.opened()
    assert await lane.made("li", one, CareFound.NO_ANSWER) is CareOutcome.NOT_SEEN
    assert await lane.stands(one) is TAKEN
    assert await lane.street.told(Notice.UNSEEN) == ["zhao"]
    await lane.until((await lane.occasions())[0].ends_at)
    assert await lane.stands(one) is MISSED


async def test_pause_and_opening_at_once_leave_nothing_open(lane: Lane) -> None:
    home_id = await lane.agreed()
    [ahead] = await lane.occasions()
    lane.street.now = ahead.opens_at
    await asyncio.gather(
        lane.does(homes.pause, "wang", home_id), lane.until(ahead.opens_at), return_exceptions=False
    )
    stands = {one.state for one in await lane.occasions()}
    assert stands <= {EXCUSED}, stands
    assert (await lane.home()).state == HomeState.PAUSED


async def test_money_was_asked_of_me_reaches_the_secretary_alone(lane: Lane) -> None:
    home_id = await lane.agreed()
    await lane.instead("chen")
    one = await lane.opened()
    await lane.does(calls.coming, "li", one)
    heard = await lane.does(confiding.confide, "wang", home_id, Concern.MONEY, words="他要借钱")
    assert heard is CareOutcome.HEARD
    assert await lane.street.told(Notice.CONCERN) == ["zhou"]
    assert (await lane.pair("li")).state == PairState.RESTING
    assert await lane.street.told(Notice.CALL) == ["li", "chen"], "somebody else goes"
    [concern] = await lane.concerns()
    assert concern.words is not None
    assert "借钱".encode() not in concern.words
    await lane.passes(days=2)
    assert (await lane.concerns())[0].above


async def test_what_concerns_the_secretary_is_told_above(lane: Lane) -> None:
    street = lane.street
    await street.add("shi", "b2")
    await street.grant("shi", Role.SECRETARY, "street")
    home_id = await lane.agreed(visitor="zhou")
    await lane.does(confiding.confide, "wang", home_id, Concern.ANOTHER)
    assert await street.told(Notice.CONCERN) == ["shi"]


async def test_a_visitor_who_speaks_for_her_confirms_nothing_of_their_own(lane: Lane) -> None:
    street = lane.street
    await street.add("son", "b2")
    await street.add("grandma", "b1", telegram=False, proxy="son")
    home_id = await lane.proposed("grandma")
    await lane.does(homes.see_paper, "zhao", home_id)
    await lane.does(homes.agree, "son", home_id)
    await lane.pairs_up("li", home_id)
    async with transaction(street.sessions) as session:
        (await session.get_one(PersonRow, street.people["grandma"])).proxy_id = street.people["li"]
    one = await lane.opened(home_id)
    await lane.does(calls.coming, "li", one)
    assert await lane.does(calls.report, "li", one, CareFound.WELL) is Refusal.OWN
    assert await lane.does(calls.say, "li", one, HomeSaid.CAME) is Refusal.OWN


async def test_a_need_is_carried_to_whoever_calls_next_and_asked_for_with_one_tap(
    lane: Lane,
) -> None:
    home_id = await lane.agreed()
    one = await lane.opened()
    await lane.made("li", one, CareFound.NEEDS)
    assert await lane.does(needs.note_need, "li", home_id, "纱窗坏了") is CareOutcome.NEEDED
    two = await lane.opened()
    seen = await lane.call("li", two)
    assert [need.words for need in seen.needs] == ["纱窗坏了"]
    assert (await lane.view("zhao")).needs[0].words == "", "opened by a look alone"
    asked = await lane.does(needs.ask_help, "li", seen.needs[0].id)
    assert asked is CareOutcome.REQUESTED
    async with transaction(lane.street.sessions) as session:
        need = await session.get_one(CareNeedRow, seen.needs[0].id)
        request = await session.get_one(RequestRow, need.request_id)
        assert (request.text, request.beneficiary_id) == ("纱窗坏了", lane.street.people["wang"])


async def test_what_is_sealed_is_read_by_whom_it_helps_and_each_look_is_on_record(
    lane: Lane,
) -> None:
    await lane.agreed()
    row = await lane.home()
    assert row.reasons is not None
    assert b"alone" not in row.reasons
    assert (await lane.view("zhao")).reasons == ()
    assert (await lane.view("wang")).reasons == (CareReason.ALONE, CareReason.FRAIL)
    seen = await lane.does(home_opened, "zhao", 1)
    assert seen.wishes == "喜欢下棋"
    assert await lane.does(home_opened, "li", 1) is Refusal.NOT_ALLOWED
    one = await lane.opened()
    assert (await lane.call("li", one)).wishes == "喜欢下棋"
    await lane.call("li", one)
    assert (await lane.call("zhao", one)).wishes == ""
    async with transaction(lane.street.sessions) as session:
        wang = await lane.street.actor(session, "wang")
        looked = [(look.name, look.fields) for look in await looks_at_me(session, wang)]
    assert looked == [("li", ("wishes",)), ("zhao", ("reasons", "wishes"))]


async def test_visitors_and_buddies_are_those_who_agreed(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    await lane.instead("qian", part=PairPart.BUDDY)
    people = lane.street.people
    async with transaction(lane.street.sessions) as session:
        assert await visitors_of(session, people["wang"]) == [people["li"], people["chen"]]
        assert await buddies_of(session, [people["wang"], people["zhao"]]) == {
            people["wang"]: [people["qian"]]
        }


async def test_when_a_visitor_leaves_the_next_is_asked(lane: Lane) -> None:
    await lane.agreed()
    await lane.instead("chen")
    one = await lane.opened()
    await lane.does(calls.coming, "li", one)
    assert await lane.does(leave, "li") is Leaving.LEFT
    assert await lane.stands(one) is DUE
    assert "chen" in await lane.street.told(Notice.CALL)


async def test_after_an_outage_what_was_missed_is_told_and_the_plan_goes_on(lane: Lane) -> None:
    await lane.agreed()
    [first] = await lane.occasions()
    await lane.returns_at(first.ends_at + timedelta(hours=5))
    assert await lane.stands(first.id) is MISSED
    assert await lane.street.told(Notice.MISSED) == ["zhao"]
    assert await lane.street.told(Notice.CALL) == []
    assert (await lane.occasions())[1].opens_at == first.opens_at + timedelta(days=7)


async def test_another_rhythm_plans_anew(lane: Lane) -> None:
    home_id = await lane.agreed()
    changed = await lane.does(homes.set_rhythm, "zhao", home_id, CareRhythm.MONTHLY, 0)
    assert changed is CareOutcome.CHANGED
    states = [one.state for one in await lane.occasions()]
    assert states.count(DUE) == 1
    assert await lane.does(homes.set_rhythm, "zhao", home_id, CareRhythm.MONTHLY, 0) is (
        Refusal.ALREADY
    )

"""Visits for festivals: of homes that agreed alone, each brought by one, each asked whether so."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.care.festivals import gift_screen, round_screen
from handlers.i18n import ENGLISH, speaking
from models.care.actions import ending, gifts, homes, pairs
from models.care.gift_rules import GIFTS, GiftMove, GiftRelation, GiftState, coming_festivals
from models.care.gifts import (
    GiftView,
    RoundView,
    arrangements,
    gift_view,
    round_view,
    rounds_for,
)
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import Concern, HomeState
from models.care.waiting import gifts_open
from models.database import transaction
from models.leaving.actions import leave
from models.people.actions.personal import looks_at_me, set_personal
from models.people.rules import Field, Role
from models.records.rules import Refusal
from models.routines.lunar import festival_day
from models.routines.rules import Festival
from tests.care.lane import Lane

SPRING = date(2027, 2, 6)
BEFORE = datetime(2027, 1, 25, 4, tzinfo=UTC)
"""Noon, twelve days before."""


async def near_the_festival(lane: Lane, *names: str) -> int:
    """Let homes agree, and have them visited for the Spring Festival; give the round."""
    lane.street.now = BEFORE
    for name in names or ("wang",):
        if name not in lane.street.people:
            await lane.street.add(name, "b1")
        await lane.agreed(name)
    return await arranged(lane)


async def arranged(lane: Lane, at: str = "gui") -> int:
    place = lane.street.places[at].id
    made = await lane.does(gifts.arrange, "zhao", place, Festival.SPRING)
    assert made.outcome is CareOutcome.VISITS_BEGUN, made
    assert made.round_id is not None
    return made.round_id


async def the_round(lane: Lane, name: str, round_id: int = 1) -> RoundView:
    found = await lane.does(round_view, name, round_id)
    assert isinstance(found, RoundView), found
    return found


async def the_gift(lane: Lane, name: str, gift_id: int = 1) -> GiftView:
    found = await lane.does(gift_view, name, gift_id)
    assert isinstance(found, GiftView), found
    return found


async def test_only_homes_that_agreed_are_on_the_list(lane: Lane) -> None:
    for name in ("rests", "ended", "asked"):
        await lane.street.add(name, "b1")
    lane.street.now = BEFORE
    await lane.agreed("rests")
    await lane.agreed("ended")
    await lane.does(homes.pause, "rests", 1)
    await lane.does(ending.end, "ended", 2)
    await lane.proposed("asked")
    place = lane.street.places["gui"].id
    made = await lane.does(gifts.arrange, "zhao", place, Festival.SPRING)
    assert made.outcome is CareOutcome.NOBODY_AGREED
    await lane.agreed("wang")
    view = await the_round(lane, "zhao", await arranged(lane))
    assert [one.home.name for one in view.gifts if one.home] == ["wang"]
    assert await lane.street.told(Notice.GIFTS) == ["li"]
    assert await lane.does(homes.resume, "rests", 1) is CareOutcome.RESUMED
    more = await lane.does(gifts.arrange, "zhao", place, Festival.SPRING)
    assert more.outcome is CareOutcome.VISITS_MORE
    assert await lane.street.told(Notice.GIFTS) == ["li"], "told once"
    assert len((await the_round(lane, "zhao")).gifts) == 2


async def test_from_the_list_to_her_word_that_it_came(lane: Lane) -> None:
    await near_the_festival(lane)
    async with transaction(lane.street.sessions) as session:
        wang = await lane.street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.DOOR, "302", now=lane.street.now)
    assert (await the_gift(lane, "li")).door == ""
    assert await lane.does(gifts.take, "li", 1) is CareOutcome.GIFT_TAKEN
    assert (await the_gift(lane, "li")).door == "302"
    async with transaction(lane.street.sessions) as session:
        looks = await looks_at_me(session, await lane.street.actor(session, "wang"))
    assert [(one.name, one.fields) for one in looks] == [("li", ("door",))]
    assert await lane.does(gifts.receive, "wang", 1) is Refusal.WRONG_TIME
    assert await lane.does(gifts.give, "li", 1) is CareOutcome.GIFT_GIVEN
    assert await lane.street.told(Notice.GIFT_CAME) == ["wang"]
    assert (await the_gift(lane, "li")).door == "", "the door is shown while they bring it"
    assert await lane.does(gifts.receive, "li", 1) is Refusal.NOT_ALLOWED
    assert await lane.does(gifts.receive, "wang", 1) is CareOutcome.GIFT_RECEIVED
    assert await lane.does(gifts.miss, "wang", 1) is Refusal.WRONG_TIME
    assert await lane.concerns() == []


async def test_a_no_goes_to_the_secretary_alone_and_can_be_put_right(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.does(gifts.take, "li", 1)
    await lane.does(gifts.give, "li", 1)
    assert await lane.does(gifts.miss, "wang", 1) is CareOutcome.GIFT_NOT
    (concern,) = await lane.concerns()
    assert (concern.kind, concern.about_id) == (Concern.GIFT, lane.street.people["li"])
    assert await lane.street.told(Notice.CONCERN) == ["zhou"]
    assert await lane.does(gifts.receive, "wang", 1) is CareOutcome.GIFT_RECEIVED


async def test_two_want_the_same_home_and_one_has_it(lane: Lane) -> None:
    await near_the_festival(lane, "wang", "sun")
    await lane.instead("chen", 1)
    said = await asyncio.gather(*(lane.does(gifts.take, name, 1) for name in ("li", "chen")))
    assert sorted(said) == sorted([CareOutcome.GIFT_TAKEN, CareOutcome.TAKEN])
    loser = ("li", "chen")[said.index(CareOutcome.TAKEN)]
    assert await lane.does(gifts.give, loser, 1) is Refusal.NOT_ALLOWED
    assert await lane.does(gifts.take, loser, 2) is CareOutcome.GIFT_TAKEN, "another home is free"


async def test_who_does_not_look_in_there_sees_no_name_before_they_go(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.street.add("sun", "b2")
    await lane.agreed("sun", "chen")
    await lane.does(gifts.arrange, "zhao", lane.street.places["gui"].id, Festival.SPRING)
    shown = (await the_round(lane, "chen")).gifts
    assert [one.home.name if one.home else None for one in shown] == ["sun", None]
    assert (await the_gift(lane, "chen", 1)).home is None
    assert await lane.does(round_view, "qian", 1) is Refusal.NOT_ALLOWED
    assert await lane.does(gift_view, "qian", 1) is Refusal.NOT_ALLOWED
    assert await lane.does(gifts.take, "qian", 1) is Refusal.NOT_ALLOWED
    await lane.does(gifts.take, "chen", 1)
    view = await the_gift(lane, "chen", 1)
    assert view.home is not None
    assert view.home.name == "wang"
    left = [one.id for one in (await the_round(lane, "li")).gifts]
    assert left == [shown[0].id], "taken by another"


async def test_nobody_brings_it_to_those_they_speak_for(lane: Lane) -> None:
    street = lane.street
    lane.street.now = BEFORE
    await street.add("grandma", "b1", telegram=False, proxy="li")
    home_id = await lane.proposed("grandma", "chen")
    await lane.does(homes.see_paper, "zhao", home_id)
    await lane.does(homes.agree, "li", home_id)
    await lane.pairs_up("chen", home_id)
    await lane.agreed("wang")
    await arranged(lane)
    assert await lane.does(gifts.take, "li", 1) is Refusal.OWN
    await lane.does(gifts.take, "chen", 1)
    await lane.does(gifts.give, "chen", 1)
    assert await street.told(Notice.GIFT_CAME) == ["li"], "the proxy is asked"
    assert await lane.does(gifts.receive, "li", 1) is CareOutcome.GIFT_RECEIVED


async def test_staff_hear_three_days_before_what_nobody_took_and_again_after_it(
    lane: Lane,
) -> None:
    await near_the_festival(lane, "wang", "sun")
    await lane.does(gifts.take, "li", 1)
    told = datetime(2027, 2, 3, 1, tzinfo=UTC)
    await lane.until(told - timedelta(seconds=1))
    assert await lane.street.told(Notice.GIFTS_LEFT) == []
    await lane.until(told)
    assert await lane.street.told(Notice.GIFTS_LEFT) == ["zhao"]
    async with transaction(lane.street.sessions) as session:
        assert await gifts_open(session, await lane.street.actor(session, "zhao")) == 1
        assert await gifts_open(session, await lane.street.actor(session, "li")) == 0
    await lane.until(datetime(2027, 2, 7, 1, tzinfo=UTC))
    view = await the_round(lane, "zhao")
    assert not view.on
    assert view.counts == {GiftState.TAKEN: 1, GiftState.LEFT: 1}
    assert await lane.street.told(Notice.GIFTS_LEFT) == ["zhao", "zhao"]
    assert await lane.does(gifts.give, "li", 1) is CareOutcome.GIFT_GIVEN, "ticked afterwards"
    assert (await the_gift(lane, "wang")).state is GiftState.GIVEN, "silence is no yes"


async def test_who_pauses_is_on_no_list_in_that_turn(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.does(gifts.take, "li", 1)
    assert await lane.does(homes.pause, "wang", 1) is CareOutcome.PAUSED
    assert (await the_gift(lane, "li")).state is GiftState.OFF
    assert await lane.does(gifts.give, "li", 1) is Refusal.WRONG_TIME
    assert (await lane.home()).state == HomeState.PAUSED


async def test_who_is_looked_in_on_again_is_on_the_list_again(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.does(gifts.take, "li", 1)
    await lane.does(homes.pause, "wang", 1)
    assert (await the_gift(lane, "zhao")).state == GiftState.OFF
    await lane.does(homes.resume, "wang", 1)
    view = await the_gift(lane, "zhao")
    assert (view.state, view.holder and view.holder.name) == (GiftState.TAKEN, "li")
    await lane.does(homes.pause, "wang", 1)
    place = lane.street.places["gui"].id
    again = await lane.does(gifts.arrange, "zhao", place, Festival.SPRING)
    assert again.outcome is Refusal.ALREADY, "nobody is put back who rests"


async def test_who_leaves_hands_back_what_they_were_to_bring(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.does(gifts.take, "li", 1)
    async with transaction(lane.street.sessions) as session:
        await leave(session, await lane.street.actor(session, "li"), now=lane.street.now)
    assert (await the_gift(lane, "zhao")).state is GiftState.OPEN


async def test_a_home_is_on_one_list_though_two_places_arrange_it(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.street.grant("zhou", Role.SECRETARY, "b1")
    made = await lane.does(gifts.arrange, "zhou", lane.street.places["b1"].id, Festival.SPRING)
    assert made.outcome is Refusal.ALREADY
    assert len(await lane.does(rounds_for, "zhou")) == 1


async def test_two_arrange_at_once_and_it_is_arranged_once(lane: Lane) -> None:
    lane.street.now = BEFORE
    await lane.agreed()
    place = lane.street.places["gui"].id
    made = await asyncio.gather(
        *(lane.does(gifts.arrange, name, place, Festival.SPRING) for name in ("zhao", "zhou"))
    )
    assert {one.outcome for one in made} == {CareOutcome.VISITS_BEGUN, Refusal.ALREADY}
    assert await lane.street.told(Notice.GIFTS) == ["li"]


async def test_only_a_desk_arranges_and_only_what_is_near(lane: Lane) -> None:
    lane.street.now = BEFORE
    await lane.agreed()
    place = lane.street.places["gui"].id
    for name, festival, why in (
        ("li", Festival.SPRING, Refusal.NOT_ALLOWED),
        ("zhao", Festival.MID_AUTUMN, Refusal.BAD_DATE),
    ):
        assert (await lane.does(gifts.arrange, name, place, festival)).outcome is why
    assert (await lane.does(gifts.arrange, "zhao", 999, Festival.SPRING)).outcome is Refusal.MISSING
    assert await lane.does(arrangements, "li") == []
    found = await lane.does(arrangements, "zhao")
    assert [(one.festival, one.day) for one in found] == [(Festival.SPRING, SPRING)]


async def test_screens_ask_one_thing_and_have_a_way_back(lane: Lane) -> None:
    await near_the_festival(lane)
    with speaking(ENGLISH):
        shown = round_screen(await the_round(lane, "li"), lane.street.now)
        assert "wang" in str(shown.keyboard)
        await lane.does(gifts.take, "li", 1)
        await lane.does(gifts.give, "li", 1)
        asked = gift_screen(await the_gift(lane, "wang"), lane.street.now)
    assert "li brought you something" in asked.text
    assert len(asked.keyboard.inline_keyboard) == 3


async def test_a_neighbour_who_ends_a_pair_still_has_what_they_took(lane: Lane) -> None:
    await near_the_festival(lane)
    await lane.does(gifts.take, "li", 1)
    await lane.does(pairs.part_with, "li", (await lane.pair("li")).id)
    assert await lane.does(gifts.let_go, "li", 1) is CareOutcome.GIFT_LEFT


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.integers(0, 60))
def test_coming_festivals_are_near_and_in_order(today: date, ahead: int) -> None:
    span = timedelta(days=ahead)
    days = [day for _, day in coming_festivals(today, span, festival_day)]
    assert days == sorted(days)
    assert all(today <= day <= today + span for day in days)


@given(st.sampled_from(GiftState), st.sampled_from(GiftMove))
def test_nobody_confirms_what_they_brought_themselves(state: GiftState, move: GiftMove) -> None:
    said = GIFTS.why_not(state, move, {GiftRelation.BOTH})
    assert said is Refusal.OWN
    both = GIFTS.why_not(state, GiftMove.RECEIVE, {GiftRelation.BOTH, GiftRelation.HOLDER})
    assert both is not None

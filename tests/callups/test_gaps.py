"""What becomes of a call-up when people change their minds, keep silent, or have two at once."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from models.callups.actions import calling, coming, on_site
from models.callups.rules import BadOrder, CallupOutcome, Notice, State
from models.outbox.rules import Lane
from models.people.rules import Role
from models.records.rules import Refusal
from models.seats.rules import SeatState
from models.teams import actions as teams
from tests.callups.muster import DAY, ORDER, Muster

ONE: dict[str, Any] = {"sites": ("东堤",), "number": 1, "days": 1}


async def test_who_takes_it_back_when_all_was_met_leaves_a_gap_that_is_rung_and_told(
    muster: Muster,
) -> None:
    await muster.called(**ONE)
    await muster.comes("li")
    await muster.passes(hours=1)
    await muster.goes_to(on=-1, hour=20)
    asked, told = len(await muster.told(Notice.CALL)), len(await muster.told(Notice.SHORT))
    assert await muster.away("li") is CallupOutcome.NOT_COMING
    await muster.passes(minutes=1)
    assert (await muster.told(Notice.CALL))[asked:] == ["chen"]
    await muster.passes(minutes=31)
    assert sorted((await muster.told(Notice.SHORT))[told:]) == ["li", "zhao", "zhou"]


async def test_a_day_that_is_called_up_late_is_told_of_when_it_begins(muster: Muster) -> None:
    made = await muster.draws_up(**ONE)
    await muster.goes_to(hour=6, minute=50)
    assert await muster.does(calling.approve, "zhou", made.callup_id) is CallupOutcome.CALLED
    await muster.goes_to(hour=7, minute=1)
    assert sorted(await muster.told(Notice.SHORT)) == ["li", "zhao", "zhou"]


async def test_who_stands_by_and_keeps_silent_holds_no_place(muster: Muster) -> None:
    await muster.called(**ONE)
    await muster.comes("li")
    await muster.comes("chen")
    await muster.passes(hours=1)
    await muster.away("li")
    assert await muster.stands("chen") is SeatState.ASKED
    await muster.passes(minutes=31)
    assert await muster.stands("chen") is None
    (part,) = (await muster.board()).parts
    assert part.filled.taken == 0
    await muster.goes_to(hour=6)
    assert "zhao" in await muster.told(Notice.SHORT)


async def test_a_drill_shuts_nobody_out_of_the_real_thing(muster: Muster) -> None:
    drill = await muster.called(**ONE, drill=True)
    real = await muster.called(**ONE, words="真的")
    assert await muster.comes("chen", drill) is CallupOutcome.COMING
    assert await muster.comes("chen", real) is CallupOutcome.COMING
    await muster.goes_to()
    for one in (drill, real):
        assert await muster.does(on_site.arrive, "chen", one) is CallupOutcome.ARRIVED


async def test_who_leaves_the_team_still_comes_or_takes_it_back(muster: Muster) -> None:
    await muster.called(**ONE)
    await muster.comes("chen")
    await muster.does(teams.leave, "chen", 1)
    assert await muster.stands("chen") is SeatState.HELD
    assert await muster.away("chen") is CallupOutcome.NOT_COMING
    assert (await muster.board()).parts[0].filled.taken == 0


async def test_who_stands_by_at_one_site_is_asked_for_the_other(muster: Muster) -> None:
    await muster.team("二队", "n1", "n2", "n3")
    await muster.called(teams=(2,), number=2, days=1)
    for name in ("n1", "n2", "n3"):
        await muster.comes(name)
    stood = await muster.part_of("n3")
    gone = "n1" if await muster.part_of("n1") != stood else "n2"
    await muster.away(gone)
    assert await muster.told(Notice.STAND_IN) == ["n3"]
    took = muster.does(coming.stand_in, "n3", 1, comes=True)
    assert await took is CallupOutcome.STANDING_IN
    assert [part.filled.taken for part in (await muster.board()).parts] == [1, 1]


async def test_hours_that_nobody_confirms_are_asked_for_until_somebody_does(
    muster: Muster,
) -> None:
    await muster.called(**ONE | {"number": 2})
    for name in ("li", "chen"):
        await muster.comes(name)
    await muster.goes_to()
    for name in ("li", "chen"):
        await muster.does(on_site.arrive, name, 1)
    await muster.goes_to(hour=16, minute=1)
    first = await muster.told(Notice.CONFIRM)
    assert sorted(first) == ["li", "zhao", "zhou"], "li cannot confirm their own"
    await muster.passes(days=1, minutes=1)
    assert "li" in (await muster.told(Notice.CONFIRM))[len(first) :]
    part = await muster.part_of("li")
    await muster.does(on_site.confirm, "li", part)
    await muster.does(on_site.confirm, "zhao", part)
    before = len(await muster.told(Notice.CONFIRM))
    await muster.passes(days=8)
    assert len(await muster.told(Notice.CONFIRM)) == before


async def test_nobody_stands_in_on_a_day_on_which_they_come_elsewhere(muster: Muster) -> None:
    first = await muster.called(**ONE)
    second = await muster.called(**ONE, words="巡堤")
    await muster.comes("li", first)
    await muster.comes("chen", first)
    assert await muster.comes("chen", second) is CallupOutcome.COMING
    await muster.away("li", first)
    took = muster.does(coming.stand_in, "chen", first, comes=True)
    assert await took is CallupOutcome.ELSEWHERE
    left = muster.does(coming.stand_in, "chen", first, comes=False)
    assert await left is CallupOutcome.NOT_COMING


async def test_after_a_night_at_the_dyke_one_rests(muster: Muster) -> None:
    night = await muster.called(**ONE | {"number": 2}, at=time(20), ends=time(4))
    next_day = DAY + timedelta(days=1)
    morning = await muster.called(**ONE, day=next_day, at=time(8), ends=time(12), words="巡堤")
    assert await muster.comes("chen", night) is CallupOutcome.COMING
    tired = muster.does(coming.come, "chen", morning, next_day, grown_up=True)
    assert await tired is CallupOutcome.ELSEWHERE


async def test_where_nobody_can_be_asked_it_is_said_and_looked_again(muster: Muster) -> None:
    await muster.team("空队", "n0")
    await muster.does(teams.remove, "zhao", 2, muster.street.people["n0"])
    made = await muster.draws_up(**ONE | {"teams": (2,)})
    said = await muster.does(calling.approve, "zhou", made.callup_id)
    assert said is CallupOutcome.NOBODY_ASKED
    await muster.passes(minutes=16)
    assert sorted(await muster.told(Notice.SHORT)) == ["zhao", "zhou"]
    await muster.goes_to(hour=8)
    assert await muster.does(calling.ring_again, "zhao", 1) is Refusal.TOO_LATE


async def test_two_rounds_are_some_minutes_apart_and_one_clock_goes_on(muster: Muster) -> None:
    await muster.called(**ONE)
    assert await muster.does(calling.ring_again, "zhao", 1) is CallupOutcome.JUST_RUNG
    await muster.passes(minutes=6)
    assert await muster.does(calling.ring_again, "zhao", 1) is CallupOutcome.RUNG
    assert len(await muster.told(Notice.CALL)) == 4
    await muster.passes(minutes=40)
    assert len(await muster.told(Notice.SHORT)) == 3, "told once: there is one clock"


async def test_people_of_a_team_that_is_full_are_left_in_peace(muster: Muster) -> None:
    await muster.team("二队", "n0")
    await muster.called(**ONE | {"teams": (1, 2), "number": 2})
    await muster.comes("li")
    await muster.passes(minutes=16)
    told = await muster.told(Notice.CALL)
    assert (told.count("chen"), told.count("n0")) == (1, 2)


async def test_after_enough_nobody_hears_that_somebody_is_missing(muster: Muster) -> None:
    await muster.called(**ONE | {"number": 2})
    await muster.comes("li")
    await muster.does(calling.enough, "zhou", 1)
    await muster.goes_to(hour=8)
    assert await muster.told(Notice.SHORT) == []


async def test_an_order_on_which_nobody_decides_is_asked_again_then_dropped_and_told(
    muster: Muster,
) -> None:
    made = await muster.draws_up(**ONE)
    await muster.passes(minutes=16)
    assert await muster.told(Notice.APPROVAL) == ["zhou", "zhou"]
    await muster.goes_to(hour=7, minute=1)
    assert (await muster.board(made.callup_id)).state is State.DROPPED
    assert await muster.told(Notice.DROPPED) == ["zhao"]


async def test_an_order_that_another_dropped_is_told_to_its_author(muster: Muster) -> None:
    made = await muster.draws_up(**ONE)
    assert await muster.does(calling.drop, "zhou", made.callup_id) is CallupOutcome.DROPPED
    assert await muster.told(Notice.DROPPED) == ["zhao"]


@pytest.mark.parametrize("stood_by", [False, True])
async def test_taken_off_after_the_end_nobody_is_expected(muster: Muster, stood_by: bool) -> None:
    await muster.called(**ONE | {"number": 1 if stood_by else 2})
    await muster.comes("li")
    await muster.comes("chen")
    await muster.goes_to()
    part = await muster.part_of("chen")
    chen = muster.street.people["chen"]
    assert await muster.does(on_site.tick, "li", part, chen, there=True) is CallupOutcome.TICKED
    await muster.goes_to(hour=16, minute=30)
    off = muster.does(on_site.tick, "li", part, chen, there=False)
    assert await off is CallupOutcome.UNTICKED
    assert await muster.stands("chen") is (None if stood_by else SeatState.ABSENT)


async def test_only_the_hours_of_the_day_count_and_a_paper_list_from_the_beginning(
    muster: Muster,
) -> None:
    await muster.called(**ONE | {"number": 2}, ends=time(8))
    for name in ("li", "chen"):
        await muster.comes(name)
    part = await muster.part_of("chen")
    await muster.goes_to(hour=6)
    await muster.does(on_site.arrive, "li", 1)
    await muster.goes_to(hour=7, minute=50)
    chen = muster.street.people["chen"]
    await muster.does(on_site.tick, "li", part, chen, there=True)
    await muster.goes_to(hour=8, minute=59)
    await muster.does(on_site.leave_site, "li", 1)
    await muster.does(on_site.leave_site, "chen", 1)
    people = {one.who.name: one.minutes for one in (await muster.list_of(part)).people}
    assert people == {"li": 60, "chen": 60}


async def test_who_worked_before_it_was_called_off_is_thanked(muster: Muster) -> None:
    await muster.called(**ONE | {"days": 2, "number": 2})
    await muster.comes("chen")
    await muster.comes("li", on=1)
    await muster.goes_to()
    await muster.does(on_site.arrive, "chen", 1)
    await muster.goes_to(hour=17)
    assert await muster.does(calling.call_off, "zhou", 1, "水退了") is CallupOutcome.CALLED_OFF
    assert await muster.told(Notice.OFF) == ["li"]
    assert await muster.told(Notice.THANKS) == ["chen"]


async def test_a_grid_calls_the_teams_of_its_community_and_no_other(muster: Muster) -> None:
    team = await muster.team("抢险队", "li", "chen")
    await muster.street.add("grid", "b1")
    await muster.street.grant("grid", Role.STAFF, "g1")
    place = muster.street.places["g1"].id
    order = replace(ORDER, token="g", teams=(team,))
    made = await muster.does(calling.draw_up, "grid", place, order)
    assert made.outcome is CallupOutcome.DRAFTED
    far = muster.street.places["lan"].id
    await muster.street.add("far", "l1")
    await muster.street.grant("far", Role.STAFF, "lan")
    other = await muster.does(calling.draw_up, "far", far, replace(order, token="f"))
    assert other.outcome is BadOrder.TEAMS


async def test_what_must_not_wait_for_the_morning_rings_at_night(muster: Muster) -> None:
    """At six somebody sets out for seven: what is called off then, or short, is told at once."""
    one = await muster.called(**ONE)
    await muster.comes("li")
    await muster.goes_to(hour=6, minute=1)
    assert await muster.lanes(Notice.SOON) == [Lane.NOTICE, Lane.LIVE]
    assert await muster.does(calling.call_off, "zhou", one, "水退了") is CallupOutcome.CALLED_OFF
    for kind in (Notice.APPROVAL, Notice.CALL, Notice.OFF):
        assert set(await muster.lanes(kind)) == {Lane.URGENT}, kind


async def test_nothing_rings_at_night_for_a_drill(muster: Muster) -> None:
    one = await muster.called(**ONE, drill=True)
    await muster.comes("li")
    await muster.goes_to(hour=6, minute=1)
    assert await muster.does(calling.call_off, "zhou", one, "练完了") is CallupOutcome.CALLED_OFF
    for kind in (Notice.APPROVAL, Notice.CALL, Notice.OFF):
        assert set(await muster.lanes(kind)) == {Lane.NOTICE}, kind

"""A call-up from the order to the thanks, each act by whom it is for and by whom it is not."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from models.callups import hooks
from models.callups.actions import calling, coming, on_site
from models.callups.boards import board, roster
from models.callups.queries import callup
from models.callups.rules import BadOrder, CallupOutcome, Notice, Relation, State
from models.callups.tables import CallupArrivalRow, CallupAskRow
from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Role
from models.records.rules import Refusal
from models.reminders.views import Due
from models.savings.actions.months import write_month
from models.savings.queries import team_months
from models.seats.rules import SeatState
from models.seats.tables import SeatRow
from models.seats.views import TimeGiven
from tests.callups.muster import DAY, Muster

HELD, WAITING, ASKED, CAME = SeatState.HELD, SeatState.WAITING, SeatState.ASKED, SeatState.CAME


async def confirmed(muster: Muster) -> list[tuple[str, int]]:
    """List whose time at a site counts, and how many minutes."""
    names = {number: name for name, number in muster.street.people.items()}
    async with transaction(muster.street.sessions) as session:
        rows = await session.scalars(
            select(CallupArrivalRow)
            .where(CallupArrivalRow.confirmed_at.is_not(None))
            .order_by(CallupArrivalRow.id)
        )
        return [(names[row.person_id], row.minutes or 0) for row in rows]


# 1
async def test_an_order_is_kept_in_parts_and_nobody_is_asked_before_a_second_person_agrees(
    muster: Muster,
) -> None:
    for number in (2, 3, 4):
        await muster.team(f"第{number}队", f"lead{number}")
    made = await muster.draws_up(teams=(1, 2, 3, 4), days=4, number=200)
    assert made.outcome is CallupOutcome.DRAFTED
    parts = await muster.parts()
    assert len(parts) == 32
    assert {quota for *_rest, quota in parts} == {25}
    assert await muster.told(Notice.CALL) == []
    assert await muster.told(Notice.APPROVAL) == ["zhou"]
    assert await muster.does(calling.approve, "zhao", 1) is Refusal.NOT_ALLOWED
    assert await muster.does(calling.approve, "zhou", 1) is CallupOutcome.CALLED
    asked = await muster.told(Notice.CALL)
    assert sorted(asked) == ["chen", "lead2", "lead3", "lead4", "li"]
    assert sorted(await muster.told(Notice.BOARD)) == ["zhao", "zhou"]
    assert await muster.does(calling.approve, "zhou", 1) is Refusal.ALREADY


async def test_only_who_may_tell_many_draws_one_up_and_somebody_can_be_the_second(
    muster: Muster,
) -> None:
    assert (await muster.draws_up("li")).outcome is Refusal.NOT_ALLOWED
    assert (await muster.draws_up(teams=(1, 99), number=4)).outcome is BadOrder.TEAMS
    assert (await muster.draws_up("zhou")).outcome is CallupOutcome.NO_SECOND
    made = await muster.draws_up()
    again = await muster.draws_up()
    assert (again.outcome, again.callup_id) == (Refusal.ALREADY, made.callup_id)
    assert await muster.does(calling.drop, "zhao", made.callup_id) is CallupOutcome.DROPPED
    assert await muster.told(Notice.CALL) == []


# 2
async def test_who_taps_when_it_is_full_is_thanked_and_stands_by(muster: Muster) -> None:
    names = [f"n{number:02}" for number in range(6)]
    await muster.team("二队", *names)
    await muster.called(teams=(2,), number=2)
    said = [await muster.comes(name) for name in names]
    assert said.count(CallupOutcome.COMING) == 2
    assert said.count(CallupOutcome.STANDING_BY) == 4
    sites = {(await muster.view(name)).days[0].site for name in names[:2]}
    assert sites == {"东堤", "西堤"}


async def test_once_it_is_asked_whether_somebody_is_grown_up(muster: Muster) -> None:
    await muster.called()
    assert await muster.comes("chen", grown_up=False) is CallupOutcome.ASK_AGE
    assert await muster.stands("chen") is None
    assert await muster.comes("chen") is CallupOutcome.COMING
    assert await muster.comes("chen", on=1, grown_up=False) is CallupOutcome.COMING
    assert await muster.comes("chen") is Refusal.ALREADY


async def test_nobody_is_at_two_places_on_one_day_or_more_than_four_days_running(
    muster: Muster,
) -> None:
    first = await muster.called(days=4, number=4)
    second = await muster.called(day=DAY + timedelta(days=3), days=3, number=4, words="巡堤")
    for on in range(3):
        assert await muster.comes("chen", first, on) is CallupOutcome.COMING
    third = DAY + timedelta(days=3)
    come = muster.does(coming.come, "chen", second, third)
    assert await come is CallupOutcome.COMING
    assert await muster.comes("chen", first, 3) is CallupOutcome.ELSEWHERE
    fifth = muster.does(coming.come, "chen", second, DAY + timedelta(days=4))
    assert await fifth is CallupOutcome.TOO_MANY_DAYS
    later = muster.does(coming.come, "chen", second, DAY + timedelta(days=5))
    assert await later is CallupOutcome.COMING


async def test_it_rings_every_quarter_of_an_hour_until_all_are_met_and_each_twice_at_most(
    muster: Muster,
) -> None:
    await muster.called()
    assert sorted(await muster.told(Notice.CALL)) == ["chen", "li"]
    assert await muster.comes("li") is CallupOutcome.COMING
    await muster.passes(minutes=16)
    assert sorted(await muster.told(Notice.CALL)) == ["chen", "chen", "li"]
    assert await muster.told(Notice.SHORT) == []
    await muster.passes(minutes=31)
    assert (await muster.told(Notice.CALL)).count("chen") == 2
    assert sorted(await muster.told(Notice.SHORT)) == ["li", "zhao", "zhou"]
    assert (await muster.details(Notice.SHORT))[0]["missing"] == 3
    await muster.passes(hours=5)
    assert len(await muster.told(Notice.SHORT)) == 3


async def test_volunteers_are_asked_where_anybody_is_wanted_and_who_was_asked_last_comes_last(
    muster: Muster,
) -> None:
    for number in range(25):
        await muster.street.volunteer(f"v{number:02}", "b1")
    await muster.called(teams=(None,))
    first = await muster.told(Notice.CALL)
    assert len(first) == 20
    assert await muster.does(callup, "v24", 1) is Refusal.NOT_ALLOWED
    await muster.called(teams=(None,), words="巡堤")
    second = (await muster.told(Notice.CALL))[20:]
    assert {"v20", "v21", "v22", "v23", "v24"} <= set(second)


async def test_enough_is_enough_until_another_round_is_asked(muster: Muster) -> None:
    await muster.called()
    assert await muster.comes("li") is CallupOutcome.COMING
    assert await muster.does(calling.enough, "zhou", 1) is CallupOutcome.ENOUGH_SAID
    assert await muster.comes("chen") is CallupOutcome.ENOUGH
    assert await muster.stands("li") is HELD
    await muster.passes(hours=2)
    assert len(await muster.told(Notice.CALL)) == 2
    assert await muster.does(calling.ring_again, "zhao", 1) is CallupOutcome.RUNG
    assert (await muster.told(Notice.CALL))[2:] == ["chen"]
    assert await muster.comes("chen") is CallupOutcome.COMING
    for name in ("li", "chen"):
        assert await muster.comes(name, on=1) is CallupOutcome.COMING
    assert await muster.does(calling.ring_again, "zhao", 1) is CallupOutcome.JUST_RUNG
    await muster.passes(minutes=6)
    assert await muster.does(calling.ring_again, "zhao", 1) is CallupOutcome.MET


async def test_who_comes_on_no_day_is_not_asked_again(muster: Muster) -> None:
    await muster.called()
    await muster.comes("chen")
    assert await muster.does(coming.decline, "chen", 1) is CallupOutcome.NOT_THIS_TIME
    assert await muster.stands("chen") is None
    assert (await muster.view("chen")).declined
    assert not (await muster.view("li")).declined
    await muster.passes(minutes=31)
    assert (await muster.told(Notice.CALL)).count("chen") == 1


async def test_who_stands_by_is_asked_when_a_place_becomes_free_and_has_half_an_hour(
    muster: Muster,
) -> None:
    await muster.team("二队", "n0", "n1", "n2")
    await muster.called(teams=(2,), sites=("东堤",), number=1)
    for name in ("n0", "n1", "n2"):
        await muster.comes(name)
    assert await muster.away("n0") is CallupOutcome.NOT_COMING
    assert await muster.told(Notice.STAND_IN) == ["n1"]
    assert await muster.stands("n1") is ASKED
    await muster.passes(minutes=31)
    assert await muster.told(Notice.STAND_IN) == ["n1", "n2"]
    late = muster.does(coming.stand_in, "n1", 1, comes=True)
    assert await late is Refusal.TOO_LATE
    took = muster.does(coming.stand_in, "n2", 1, comes=True)
    assert await took is CallupOutcome.STANDING_IN
    assert await muster.stands("n2") is HELD


async def test_arrival_departure_and_hours_that_count_on_anothers_word(muster: Muster) -> None:
    await muster.called(sites=("东堤",), days=1)
    for name in ("li", "chen"):
        assert await muster.comes(name) is CallupOutcome.COMING
    assert await muster.does(on_site.arrive, "chen", 1) is CallupOutcome.NO_PLACE_NOW
    await muster.goes_to(hour=6, minute=30)
    assert await muster.does(on_site.arrive, "chen", 1) is CallupOutcome.ARRIVED
    assert await muster.does(on_site.arrive, "chen", 1) is Refusal.ALREADY
    part = await muster.part_of("li")
    li, chen = muster.street.people["li"], muster.street.people["chen"]
    assert await muster.does(on_site.tick, "chen", part, li, there=True) is Refusal.NOT_ALLOWED
    assert await muster.does(on_site.tick, "li", part, li, there=True) is CallupOutcome.ARRIVED
    await muster.goes_to(hour=10)
    assert await muster.does(on_site.leave_site, "chen", 1) is CallupOutcome.LEFT
    assert await muster.does(on_site.leave_site, "chen", 1) is CallupOutcome.NOT_THERE
    assert await muster.does(on_site.confirm, "chen", part) is Refusal.NOT_ALLOWED
    assert await muster.does(on_site.confirm, "li", part) is CallupOutcome.CONFIRMED
    assert await confirmed(muster) == [("chen", 180)]
    assert await muster.does(on_site.tick, "li", part, chen, there=False) is Refusal.WRONG_TIME
    await muster.goes_to(hour=16, minute=1)
    assert await muster.does(on_site.confirm, "li", part) is CallupOutcome.OWN_HOURS
    assert await muster.does(on_site.confirm, "zhao", part) is CallupOutcome.CONFIRMED
    assert await confirmed(muster) == [("chen", 180), ("li", 480)]
    assert await muster.does(on_site.confirm, "zhao", part) is CallupOutcome.NOTHING_TO_CONFIRM


async def test_a_drill_is_played_to_its_end_and_no_hour_of_it_counts(
    muster: Muster, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []

    async def note(_session: object, given: list[TimeGiven], **_named: object) -> None:
        heard.extend(one.person_id for one in given)

    monkeypatch.setattr(hooks.served, "_joined", (note,))
    for drill in (True, False):
        one = await muster.called(
            sites=("东堤",),
            days=1,
            drill=drill,
            words=f"演练{drill}",
            day=DAY + timedelta(days=2 * (not drill)),
        )
        day = DAY + timedelta(days=2 * (not drill))
        assert await muster.does(coming.come, "chen", one, day, grown_up=True) is (
            CallupOutcome.COMING
        )
        await muster.goes_to(on=2 * (not drill))
        assert await muster.does(on_site.arrive, "chen", one) is CallupOutcome.ARRIVED
        part = await muster.part_of("chen", one)
        await muster.goes_to(on=2 * (not drill), hour=9)
        assert await muster.does(on_site.leave_site, "chen", one) is CallupOutcome.LEFT
        assert await muster.does(on_site.confirm, "li", part) is CallupOutcome.CONFIRMED
        assert len(heard) == int(not drill)


async def test_leads_are_told_what_is_missing_half_a_day_before(muster: Muster) -> None:
    await muster.called(number=4, days=1)
    await muster.comes("li")
    await muster.comes("chen")
    await muster.passes(hours=1)
    before = len(await muster.told(Notice.SHORT))
    await muster.goes_to(on=-1, hour=19, minute=1)
    assert sorted((await muster.told(Notice.SHORT))[before:]) == ["li", "zhao", "zhou"]
    assert (await muster.details(Notice.SHORT))[-1] == {
        "day": DAY.isoformat(),
        "missing": 2,
        "late": False,
    }


async def test_the_end_of_a_day_closes_its_lists_and_the_last_thanks_all(muster: Muster) -> None:
    await muster.team("二队", "n0", "n1")
    await muster.called(teams=(1, 2), number=2, sites=("东堤",))
    for name in ("li", "chen", "n0"):
        await muster.comes(name)
    await muster.comes("n1")
    assert await muster.stands("n1") is WAITING
    await muster.goes_to()
    assert await muster.does(on_site.arrive, "li", 1) is CallupOutcome.ARRIVED
    assert await muster.does(on_site.arrive, "n0", 1) is CallupOutcome.ARRIVED
    assert await muster.told(Notice.CONFIRM) == []
    await muster.goes_to(hour=16, minute=1)
    asked = sorted(await muster.told(Notice.CONFIRM))
    assert asked == ["li", "n0", "zhao", "zhou"], "each lead was there alone"
    assert await muster.told(Notice.THANKS) == []
    assert (await muster.board()).state is State.CALLED
    await muster.goes_to(on=1, hour=16, minute=1)
    assert sorted(await muster.told(Notice.THANKS)) == ["chen", "li", "n0", "n1"]
    assert (await muster.board()).state is State.CLOSED


async def test_called_off_everybody_to_come_is_told_once_with_the_reason(muster: Muster) -> None:
    await muster.called()
    for on in range(2):
        await muster.comes("li", on=on)
    assert await muster.does(calling.call_off, "zhou", 1, " ") is Refusal.EMPTY
    assert await muster.does(calling.call_off, "zhou", 1, "水退了") is CallupOutcome.CALLED_OFF
    assert await muster.told(Notice.OFF) == ["li"]
    assert (await muster.view("li")).why_off == "水退了"
    assert await muster.comes("chen") is Refusal.WRONG_TIME
    await muster.goes_to(on=3)
    assert await muster.told(Notice.THANKS) == []


@pytest.mark.parametrize("who", ["wang", "far"])
async def test_who_is_not_called_sees_nothing_and_does_nothing(muster: Muster, who: str) -> None:
    await muster.street.add("far", "l1")
    await muster.called()
    await muster.comes("li")
    part, li = await muster.part_of("li"), muster.street.people["li"]
    for act in (
        muster.does(callup, who, 1),
        muster.does(board, who, 1),
        muster.does(roster, who, part),
        muster.comes(who),
        muster.does(on_site.arrive, who, 1),
        muster.does(on_site.tick, who, part, li, there=True),
        muster.does(on_site.confirm, who, part),
        muster.does(calling.ring_again, who, 1),
        muster.does(calling.enough, who, 1),
        muster.does(calling.call_off, who, 1, "不要了"),
    ):
        assert await act is Refusal.NOT_ALLOWED


async def test_a_member_sees_no_names_and_a_lead_those_of_their_own_team(muster: Muster) -> None:
    await muster.team("二队", "n0", "n1")
    await muster.called(teams=(1, 2), number=4)
    await muster.comes("chen")
    await muster.comes("n1")
    chens, n1s = await muster.part_of("chen"), await muster.part_of("n1")
    assert await muster.does(roster, "chen", chens) is Refusal.NOT_ALLOWED
    assert await muster.does(roster, "li", n1s) is Refusal.NOT_ALLOWED
    seen = await muster.list_of(chens, "li")
    assert [one.who.name for one in seen.people] == ["chen"]
    assert await muster.does(board, "li", 1) is Refusal.NOT_ALLOWED


async def test_a_secretary_of_the_street_may_be_the_second_person(muster: Muster) -> None:
    await muster.street.add("street", "b4")
    await muster.street.grant("street", Role.SECRETARY, "street")
    made = await muster.draws_up("zhou")
    assert made.outcome is CallupOutcome.DRAFTED
    assert await muster.does(calling.approve, "street", made.callup_id) is CallupOutcome.CALLED
    assert Relation.SECOND in await _relations(muster, "street")


async def _relations(muster: Muster, who: str) -> object:
    async with transaction(muster.street.sessions) as session:
        from models.callups.queries import CALLUPS
        from models.callups.tables import CallupRow

        row = await session.get_one(CallupRow, 1)
        return await CALLUPS.relations(session, await muster.street.actor(session, who), row)


async def test_who_leaves_for_good_frees_their_place_and_who_stands_by_is_asked(
    muster: Muster,
) -> None:
    await muster.team("二队", "n0", "n1")
    await muster.called(teams=(2,), sites=("东堤",), number=1, days=1)
    await muster.comes("n0")
    await muster.comes("n1")
    async with transaction(muster.street.sessions) as session:
        await leave(session, await muster.street.actor(session, "n0"), now=muster.street.now)
    assert await muster.told(Notice.STAND_IN) == ["n1"]
    assert (await muster.board()).asked == 1


async def test_ninety_days_later_nobody_knows_who_was_asked(muster: Muster) -> None:
    await muster.called(days=1)
    await muster.comes("li")
    await muster.goes_to()
    await muster.does(on_site.arrive, "li", 1)
    await muster.goes_to(on=91, hour=17)
    async with transaction(muster.street.sessions) as session:
        for table, left in ((CallupAskRow, 0), (SeatRow, 0), (CallupArrivalRow, 1)):
            assert await session.scalar(select(func.count()).select_from(table)) == left


async def test_late_in_the_evening_until_the_small_hours_is_one_day(muster: Muster) -> None:
    await muster.called(at=time(20), ends=time(4), days=1)
    (day,) = (await muster.view("li")).days
    assert day.day == DAY
    assert day.ends_at - day.starts_at == timedelta(hours=8)


async def test_hours_of_a_team_are_told_to_the_secretary_of_five_people_and_more(
    muster: Muster,
) -> None:
    few, many = ["m0", "m1", "m2", "m3"], ["n0", "n1", "n2", "n3", "n4"]
    await muster.team("少", *few)
    await muster.team("多", *many)
    await muster.called(teams=(2, 3), sites=("东堤",), number=10, days=1)
    for name in (*few, *many):
        await muster.comes(name)
    await muster.goes_to()
    for name in (*few, *many):
        await muster.does(on_site.arrive, name, 1)
    await muster.goes_to(hour=16, minute=1)
    for part in {await muster.part_of(name) for name in (few[0], many[0])}:
        assert await muster.does(on_site.confirm, "zhao", part) is CallupOutcome.CONFIRMED
    async with transaction(muster.street.sessions) as session:
        later = muster.street.now + timedelta(days=31)
        month = Due(0, "", 0, later, late=False, detail={"month": "2026-12-01"})
        await write_month(session, month, later)
        told = await team_months(session, await muster.street.actor(session, "zhou"))
        assert [(one.team, one.hours) for one in told] == [("多", 40)]
        assert await team_months(session, await muster.street.actor(session, "zhao")) == []
        assert await team_months(session, await muster.street.actor(session, "n0")) == []

"""Posts of teams, two shifts at once, shifts that were missed, and those without a phone."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from models.database import transaction
from models.places.tables import PlaceRow
from models.posts.actions import coming, planning
from models.posts.notices import Notice, ShiftNotice
from models.posts.queries import open_posts, shift_roster
from models.posts.rules import BadPost, PostOutcome, WeeklyPlan, overlap, weekly_shifts
from models.posts.views import ShiftRoster
from models.records.rules import Refusal
from models.seats.rules import SeatOutcome, SeatState, Took
from models.teams import actions as teams
from models.teams.rules import TeamOutcome
from tests.posts.quarter import Quarter

STARTS = datetime.fromisoformat("2026-12-01T09:00:00+08:00")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HELD, WAITING, ASKED = SeatState.HELD, SeatState.WAITING, SeatState.ASKED


async def team_led_by(quarter: Quarter, lead: str, *members: str) -> int:
    """Found a team, with neighbours in it of whom one leads."""
    place = quarter.street.places["gui"].id
    made = await quarter.does(teams.found, "zhao", place, token="t", name="帮帮队", aim="帮忙")
    await quarter.neighbours(lead, *members)
    for name in (lead, *members):
        whom = quarter.street.people[name]
        await quarter.does(teams.join, name, made.team_id)
        await quarter.does(teams.admit, "zhao", made.team_id, whom, take_in=True)
    whom = quarter.street.people[lead]
    await quarter.does(teams.name_lead, "zhao", made.team_id, whom, lead=True)
    return int(made.team_id)


async def test_the_leads_of_a_team_lead_its_posts_and_only_while_they_lead(
    quarter: Quarter,
) -> None:
    team = await team_led_by(quarter, "li", "chen")
    await quarter.one(team_id=team, seats=2)
    assert isinstance(await quarter.does(shift_roster, "li", 1), ShiftRoster)
    assert await quarter.does(shift_roster, "chen", 1) is Refusal.NOT_ALLOWED
    await quarter.until(STARTS - DAY)
    assert sorted(await quarter.street.told(ShiftNotice.SHORT)) == ["li", "zhao"]
    await quarter.does(teams.leave, "li", team)
    assert await quarter.does(shift_roster, "li", 1) is Refusal.NOT_ALLOWED


async def test_the_leads_of_a_team_that_ended_lead_nothing(quarter: Quarter) -> None:
    team = await team_led_by(quarter, "li")
    await quarter.one(team_id=team)
    await quarter.does(teams.end, "zhao", team)
    assert await quarter.does(shift_roster, "li", 1) is Refusal.NOT_ALLOWED
    assert (await quarter.post("li")).team == "帮帮队"


async def test_a_lead_confirms_the_team_but_not_themselves_and_the_desk_hears_of_that(
    quarter: Quarter,
) -> None:
    team = await team_led_by(quarter, "li")
    await quarter.one(team_id=team)
    await quarter.does(planning.name_lead, "zhao", 1, quarter.street.people["li"])
    await quarter.comes("li")
    await quarter.until(STARTS)
    await quarter.does(coming.arrive, "li", 1)
    await quarter.passes(hours=2)
    assert await quarter.does(coming.confirm_all, "li", 1) is Refusal.OWN
    assert sorted(await quarter.street.told(ShiftNotice.CONFIRM)) == ["zhao", "zhou"]


async def test_where_a_lead_keeps_silent_the_desk_is_asked_to_confirm(quarter: Quarter) -> None:
    await quarter.neighbours("a", "lead")
    await quarter.one()
    await quarter.does(planning.name_lead, "zhao", 1, quarter.street.people["lead"])
    await quarter.comes("a")
    await quarter.until(STARTS)
    await quarter.does(coming.arrive, "a", 1)
    await quarter.passes(days=2)
    assert await quarter.street.told(ShiftNotice.CONFIRM) == ["lead", "lead"]
    await quarter.passes(days=6)
    last = (await quarter.street.told(ShiftNotice.CONFIRM))[2:]
    assert sorted(last) == ["lead", "zhao", "zhou"]


async def test_a_team_sees_its_own_posts_first(quarter: Quarter) -> None:
    team = await team_led_by(quarter, "li")
    await quarter.announces(place="gui", title="队里的", team_id=team)
    await quarter.announces(place="b1", title="近的")
    assert await quarter.listed("li") == ["队里的", "近的"]
    assert await quarter.listed("wang") == ["近的", "队里的"]


async def test_a_team_of_elsewhere_or_none_is_asked_again(quarter: Quarter) -> None:
    team = await team_led_by(quarter, "li")
    assert (await quarter.announces(team_id=999)).outcome is BadPost.TEAM
    await quarter.does(teams.end, "zhao", team)
    assert (await quarter.announces(team_id=team)).outcome is BadPost.TEAM


async def test_nothing_is_announced_at_a_place_that_is_no_more(quarter: Quarter) -> None:
    gone = quarter.street.places["b1"].id
    async with transaction(quarter.street.sessions) as session:
        (await session.get_one(PlaceRow, gone)).ended_at = quarter.street.now
    assert (await quarter.announces(place="b1")).outcome is Refusal.MISSING
    made = await quarter.does(teams.found, "zhao", gone, token="t", name="队", aim="帮忙")
    assert made.outcome is Refusal.MISSING


async def two_at_once(quarter: Quarter) -> None:
    """Announce two shifts whose times overlap."""
    await quarter.one(title="板报", once=(date(2026, 12, 1), time(9), time(11)))
    await quarter.one(title="门岗", once=(date(2026, 12, 1), time(10), time(12)))


async def test_nobody_has_two_shifts_at_once_but_may_change(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await two_at_once(quarter)
    assert await quarter.comes("a", 1) is Took.HELD
    assert await quarter.comes("b", 1) is Took.WAITING
    assert await quarter.comes("a", 2) is PostOutcome.CLASH
    assert [one.title for one in (await quarter.shift("a", 2)).clash] == ["板报"]
    assert await quarter.mine("a") == [1]
    assert await quarter.does(coming.take_instead, "a", 2) is Took.HELD
    assert await quarter.mine("a") == [2]
    assert await quarter.stands("b", 1) is ASKED


async def test_whoever_changes_to_a_full_shift_keeps_theirs_until_a_place_is_theirs(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a", "b")
    await two_at_once(quarter)
    await quarter.comes("a", 1)
    await quarter.comes("b", 2)
    assert await quarter.does(coming.take_instead, "a", 2) is Took.WAITING
    assert await quarter.stands("a", 1) is HELD
    await quarter.says("b", comes=False, one=2)
    assert await quarter.stands("a", 2) is ASKED
    assert await quarter.says("a", comes=True, one=2) is PostOutcome.CLASH
    assert await quarter.does(coming.take_instead, "a", 2) is SeatOutcome.HELD
    assert await quarter.mine("a") == [2]


async def test_who_stands_in_has_no_other_shift_then(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await two_at_once(quarter)
    await quarter.comes("a", 1)
    await quarter.comes("b", 2)
    await quarter.seeks("a", 1)
    assert await quarter.stands_in("b", "a", 1) is PostOutcome.CLASH
    assert await quarter.stands("a", 1) is HELD


async def test_one_shift_may_follow_another(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    await quarter.one(title="早", once=(date(2026, 12, 1), time(9), time(10)))
    await quarter.one(title="晚", once=(date(2026, 12, 1), time(10), time(11)))
    assert await quarter.comes("a", 1) is Took.HELD
    assert await quarter.comes("a", 2) is Took.HELD
    assert not overlap((STARTS, STARTS + HOUR), (STARTS + HOUR, STARTS + 2 * HOUR))


@pytest.mark.parametrize(("missed", "asked"), [(1, 2), (2, 3)])
async def test_who_missed_twice_is_asked_a_day_earlier_and_nobody_else(
    quarter: Quarter, missed: int, asked: int
) -> None:
    await quarter.neighbours("a", "b")
    for day in range(1, missed + 1):
        once = (date(2026, 12, day), time(9), time(10))
        await quarter.comes("a", await quarter.one(title=f"{day}", once=once))
    last = await quarter.one(title="后来", seats=2, once=(date(2026, 12, 9), time(9), time(10)))
    await quarter.comes("a", last)
    await quarter.comes("b", last)
    await quarter.until(STARTS + 3 * DAY)
    before = len(await quarter.street.told(ShiftNotice.SOON))
    await quarter.until(STARTS + 8 * DAY)
    told = (await quarter.street.told(ShiftNotice.SOON))[before:]
    assert (told.count("a"), told.count("b")) == (asked, 2)


async def test_who_sought_a_stand_in_did_not_stay_away_without_a_word(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    for day in (1, 2):
        once = (date(2026, 12, day), time(9), time(10))
        await quarter.comes("a", await quarter.one(title=f"{day}", once=once))
        await quarter.seeks("a", day)
    await quarter.comes("a", await quarter.one(once=(date(2026, 12, 9), time(9), time(10))))
    await quarter.until(STARTS + 3 * DAY)
    before = len(await quarter.street.told(ShiftNotice.SOON))
    await quarter.until(STARTS + 8 * DAY)
    assert (await quarter.street.told(ShiftNotice.SOON))[before:] == ["a", "a"]


async def test_of_a_place_that_is_given_up_late_the_lead_hears_at_once(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b", "lead")
    await quarter.one(seats=2)
    await quarter.does(planning.name_lead, "zhao", 1, quarter.street.people["lead"])
    for name in ("a", "b"):
        await quarter.comes(name)
    await quarter.until(STARTS - 5 * HOUR)
    await quarter.says("a", comes=False)
    assert await quarter.street.told(ShiftNotice.SHORT) == ["lead"]
    await quarter.until(STARTS - HOUR)
    before = len(await quarter.street.told(ShiftNotice.SHORT))
    await quarter.says("b", comes=False)
    told = (await quarter.street.told(ShiftNotice.SHORT))[before:]
    assert sorted(told) == ["lead", "zhao", "zhou"]


async def test_where_somebody_waits_the_lead_is_not_troubled(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.comes("b")
    await quarter.until(STARTS - 5 * HOUR)
    await quarter.says("a", comes=False)
    assert await quarter.street.told(ShiftNotice.SHORT) == []


async def test_somebody_without_a_phone_takes_part_through_whom_they_trust(
    quarter: Quarter,
) -> None:
    await quarter.street.add("li", "b1", telegram=False, proxy="wang")
    await quarter.neighbours("a")
    li = quarter.street.people["li"]
    await quarter.one()
    await quarter.comes("a")

    async def for_li(act: Any, name: str, **named: Any) -> Any:
        return await quarter.does(act, name, 1, whom=li, **named)

    assert await for_li(coming.claim_shift, "a") is Refusal.NOT_ALLOWED
    assert await for_li(coming.claim_shift, "wang") is Took.WAITING
    assert await for_li(coming.claim_shift, "wang") is Refusal.ALREADY
    await quarter.says("a", comes=False)
    assert await quarter.street.told(ShiftNotice.ASKED) == ["wang"]
    [other] = (await quarter.shift("wang")).others
    assert (other.who.name, other.seat.state) == ("li", ASKED)
    assert (await quarter.shift("a")).others == ()
    assert await for_li(coming.answer_shift, "a", comes=True) is Refusal.NOT_ALLOWED
    assert await for_li(coming.answer_shift, "wang", comes=True) is SeatOutcome.HELD
    listed = await quarter.does(shift_roster, "zhao", 1)
    assert [(one.who.name, one.by and one.by.name) for one in listed.helpers] == [("li", "wang")]
    assert await for_li(coming.answer_shift, "wang", comes=False) is SeatOutcome.LET_GO


async def test_a_post_is_held_by_somebody_without_a_phone(quarter: Quarter) -> None:
    await quarter.street.add("li", "b1", telegram=False, proxy="wang")
    li = quarter.street.people["li"]
    one = await quarter.held()
    await quarter.neighbours("a")
    assert await quarter.does(coming.claim_post, "a", one, whom=li) is Refusal.NOT_ALLOWED
    assert await quarter.does(coming.claim_post, "wang", one, whom=li) is Took.HELD
    assert [other.who.name for other in (await quarter.post("wang", one)).others] == ["li"]
    gone = await quarter.does(coming.answer_post, "wang", one, whom=li, comes=False)
    assert gone is SeatOutcome.LET_GO


async def test_the_desk_signs_up_whoever_asks_at_the_office_and_they_are_told(
    quarter: Quarter,
) -> None:
    await quarter.street.add("li", "b1", telegram=False, proxy="wang")
    await quarter.neighbours("a")
    await quarter.street.add("far", None)
    li, a, far = (quarter.street.people[name] for name in ("li", "a", "far"))
    await quarter.one(seats=2)

    async def at_desk(act: Any, whom: int, **named: Any) -> Any:
        return await quarter.does(act, "zhao", 1, whom=whom, **named)

    assert await at_desk(coming.claim_shift, far) is Refusal.NOT_ALLOWED
    assert await at_desk(coming.claim_shift, 9999) is Refusal.NOT_ALLOWED
    assert await at_desk(coming.claim_shift, a) is Took.HELD
    assert await at_desk(coming.claim_shift, li) is Took.HELD
    assert await at_desk(coming.claim_shift, li) is Refusal.ALREADY
    assert await quarter.street.told(ShiftNotice.SIGNED) == ["a", "wang"]
    assert await quarter.stands("a") is HELD
    assert await at_desk(coming.answer_shift, li, comes=False) is SeatOutcome.LET_GO
    assert await quarter.roster() == {"a": HELD}


async def test_the_desk_signs_up_who_holds_a_post(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    one, a = await quarter.held(), quarter.street.people["a"]
    assert await quarter.does(coming.claim_post, "b", one, whom=a) is Refusal.NOT_ALLOWED
    assert await quarter.does(coming.claim_post, "zhao", one, whom=a) is Took.HELD
    assert await quarter.street.told(Notice.SIGNED) == ["a"]
    gone = await quarter.does(coming.answer_post, "zhao", one, whom=a, comes=False)
    assert gone is SeatOutcome.LET_GO


async def test_who_is_signed_up_twice_at_one_hour_is_not(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    a = quarter.street.people["a"]
    await quarter.one()
    await quarter.one(title="门口")
    assert await quarter.does(coming.claim_shift, "zhao", 1, whom=a) is Took.HELD
    assert await quarter.does(coming.claim_shift, "zhao", 2, whom=a) is PostOutcome.CLASH


async def test_who_leads_lays_it_down_and_the_team_or_the_desk_hears(quarter: Quarter) -> None:
    team = await team_led_by(quarter, "li", "chen")
    await quarter.one(team_id=team)
    assert await quarter.does(planning.lay_down, "li", 1) is PostOutcome.NOT_THEIRS
    assert await quarter.does(planning.lay_down, "chen", 1) is Refusal.NOT_ALLOWED
    assert await quarter.does(planning.lay_down, "zhao", 1) is PostOutcome.LAID_DOWN
    assert await quarter.street.told(Notice.LAID_DOWN) == ["li"]
    assert (await quarter.post("zhao")).lead is None
    await quarter.does(planning.name_team, "zhao", 1, 0)
    chen = quarter.street.people["chen"]
    await quarter.does(planning.name_lead, "zhao", 1, chen)
    assert await quarter.does(planning.lay_down, "chen", 1) is PostOutcome.LAID_DOWN
    assert await quarter.street.told(Notice.LAID_DOWN) == ["li", "zhao", "zhou"]


async def test_a_post_is_given_to_a_team_and_taken_back(quarter: Quarter) -> None:
    team = await team_led_by(quarter, "li")
    await quarter.one()
    assert await quarter.does(planning.name_team, "li", 1, team) is Refusal.NOT_ALLOWED
    assert await quarter.does(planning.name_team, "zhao", 1, 99) is Refusal.BAD_CHOICE
    assert await quarter.does(planning.name_team, "zhao", 1, team) is PostOutcome.TEAM_NAMED
    assert await quarter.does(planning.name_team, "zhao", 1, team) is Refusal.ALREADY
    assert await quarter.street.told(Notice.TEAM) == ["li"]
    assert isinstance(await quarter.does(shift_roster, "li", 1), ShiftRoster)
    assert await quarter.does(planning.name_team, "zhao", 1, 0) is PostOutcome.TEAM_NAMED
    assert await quarter.does(shift_roster, "li", 1) is Refusal.NOT_ALLOWED


async def test_a_post_with_no_shift_to_come_is_not_called_full(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.until(STARTS + HOUR)
    found = await quarter.does(open_posts, "b")
    assert [(line.idle, line.next_at) for line in found.lines] == [(True, None)]


async def test_who_waits_is_not_in_it(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.comes("b")
    for name, expected in (("a", True), ("b", False)):
        found = await quarter.does(open_posts, name)
        assert [line.mine for line in found.lines] == [expected]


def test_a_weekly_plan_goes_over_the_new_year() -> None:
    now = datetime.fromisoformat("2026-12-28T12:00:00+08:00")
    plan = WeeklyPlan((3, 4), time(9), time(10))
    found = [start.date() for start, _end in weekly_shifts(plan, "Asia/Shanghai", now)]
    assert found == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 7), date(2027, 1, 8)]


async def test_a_second_tap_on_leaving_a_team_is_no_attack(quarter: Quarter) -> None:
    team = await team_led_by(quarter, "li")
    assert await quarter.does(teams.leave, "li", team) is TeamOutcome.LEFT
    assert await quarter.does(teams.leave, "li", team) is TeamOutcome.NOT_A_MEMBER

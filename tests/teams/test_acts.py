"""What is done with a team, each act by whom it is for and by whom it is not."""

import asyncio

import pytest
from sqlalchemy import func, select

from models.audit.tables import AuditRow
from models.broadcasts.queries.reach import paths_of, people_in
from models.broadcasts.rules.audience import Audience, Condition, Group
from models.database import transaction
from models.leaving.actions import leave as leave_for_good
from models.people.rules import Role
from models.records.rules import Refusal
from models.teams import actions
from models.teams.queries import roster_of, team, told
from models.teams.rules import Membership, Notice, TeamOutcome, TeamPolicy
from models.teams.tables import MemberRow, TeamWordsRow
from models.teams.views import TeamRoster
from tests.teams.crew import Crew


async def refusals(crew: Crew) -> int:
    async with transaction(crew.street.sessions) as session:
        found = select(func.count()).select_from(AuditRow).where(AuditRow.act == "denied")
        return await session.scalar(found) or 0


async def test_only_a_desk_founds_a_team_and_one_form_founds_one(crew: Crew) -> None:
    made = await crew.founds("wang", token="u")
    assert made.outcome is Refusal.NOT_ALLOWED
    assert await refusals(crew) == 1
    again = await crew.founds("zhao")
    assert (again.outcome, again.team_id) == (Refusal.ALREADY, 1)
    assert (await crew.founds(token="v", aim="  ")).outcome is Refusal.EMPTY


async def test_joining_is_asked_of_the_leads_and_agreed(crew: Crew) -> None:
    await crew.joined("li")
    assert await crew.leads("li") is TeamOutcome.NAMED_LEAD
    assert await crew.told(Notice.LEAD) == [("li", {})]
    await crew.neighbours("chen")
    assert await crew.does(actions.join, "chen", 1) is TeamOutcome.ASKED
    assert await crew.does(actions.join, "chen", 1) is Refusal.ALREADY
    asked = (await crew.told(Notice.WANTS))[-1]
    assert asked == ("li", {"person": crew.street.people["chen"]})
    assert await crew.admits("li", "chen") is TeamOutcome.ADMITTED
    assert await crew.admits("zhao", "chen", take_in=False) is Refusal.ALREADY
    assert ("chen", {}) in await crew.told(Notice.ADMITTED)
    assert await crew.stands("chen") is Membership.IN


async def test_without_a_lead_the_desk_is_asked(crew: Crew) -> None:
    assert await crew.does(actions.join, "wang", 1) is TeamOutcome.ASKED
    assert {name for name, _detail in await crew.told(Notice.WANTS)} == {"zhao", "zhou"}


async def test_nobody_answers_the_leads_and_the_desk_are_asked_once_more(crew: Crew) -> None:
    await crew.joined("li")
    await crew.leads("li")
    await crew.does(actions.join, "wang", 1)
    before = len(await crew.told(Notice.WANTS))
    await crew.passes(days=2, hours=1)
    asked = {name for name, _detail in (await crew.told(Notice.WANTS))[before:]}
    assert asked == {"li", "zhao", "zhou"}
    await crew.passes(days=9)
    assert len(await crew.told(Notice.WANTS)) == before + 3


async def test_who_was_declined_is_told_and_may_ask_again(crew: Crew) -> None:
    await crew.does(actions.join, "wang", 1)
    assert await crew.admits("zhao", "wang", take_in=False) is TeamOutcome.DECLINED
    assert await crew.told(Notice.DECLINED) == [("wang", {})]
    assert await crew.does(actions.join, "wang", 1) is TeamOutcome.ASKED
    await crew.passes(days=1)
    assert await crew.does(actions.leave, "wang", 1) is TeamOutcome.TAKEN_BACK
    assert await crew.admits("zhao", "wang") is TeamOutcome.NOT_IN_IT


async def test_a_member_sees_the_leads_and_nobody_else(crew: Crew) -> None:
    await crew.joined("li", "chen")
    await crew.leads("li")
    view = await crew.view("chen")
    assert [who.name for who in view.leads] == ["li"]
    assert view.line.size == 2
    before = await refusals(crew)
    assert await crew.roster("chen") is Refusal.NOT_ALLOWED
    assert await crew.roster("wang") is Refusal.NOT_ALLOWED
    assert await refusals(crew) == before + 2
    roster = await crew.roster("li")
    assert isinstance(roster, TeamRoster)
    assert [(one.who.name, one.lead) for one in roster.members] == [("li", True), ("chen", False)]


@pytest.mark.parametrize("name", ["chen", "wang", "far"])
async def test_what_leads_do_is_for_nobody_else(crew: Crew, name: str) -> None:
    await crew.joined("li", "chen")
    await crew.leads("li")
    await crew.street.add("far", "l1")
    li = crew.street.people["li"]
    for act in (
        crew.does(actions.remove, name, 1, li),
        crew.does(actions.write, name, 1, "大家好"),
        crew.does(actions.say_aim, name, 1, "别的"),
        crew.does(actions.name_lead, name, 1, li, lead=False),
        crew.does(actions.end, name, 1),
    ):
        assert await act is Refusal.NOT_ALLOWED
    assert await crew.told(Notice.WORDS) == []


async def test_a_lead_takes_members_off_but_no_lead(crew: Crew) -> None:
    await crew.joined("li", "chen", "sun")
    await crew.leads("li")
    await crew.leads("sun")
    people = crew.street.people
    assert await crew.does(actions.remove, "li", 1, people["chen"]) is TeamOutcome.REMOVED
    assert await crew.told(Notice.REMOVED) == [("chen", {})]
    assert await crew.does(actions.remove, "li", 1, people["sun"]) is Refusal.NOT_ALLOWED
    assert await crew.does(actions.remove, "zhao", 1, people["sun"]) is TeamOutcome.REMOVED
    assert await crew.does(actions.name_lead, "li", 1, people["li"], lead=False) is (
        Refusal.NOT_ALLOWED
    )
    assert await crew.leads("li", lead=False) is TeamOutcome.LEAD_NO_MORE


async def test_the_whole_team_is_told_but_three_times_a_day_at_most(crew: Crew) -> None:
    await crew.joined("li", "chen")
    await crew.leads("li")
    most = TeamPolicy().team_words_a_day
    for number in range(most):
        said = await crew.does(actions.write, "li", 1, f"第{number}次")
        assert said is TeamOutcome.WRITTEN
    assert await crew.does(actions.write, "li", 1, "又一次") is TeamOutcome.TOO_OFTEN
    heard = await crew.told(Notice.WORDS)
    assert [name for name, _detail in heard] == ["chen"] * most
    async with transaction(crew.street.sessions) as session:
        first = heard[0][1]["words"]
        seen = await told(session, crew.street.people["chen"], first)
        assert seen is not None
        assert seen.words == "第0次"
        assert await told(session, crew.street.people["wang"], first) is None
    await crew.passes(days=1, minutes=1)
    assert await crew.does(actions.write, "li", 1, "第二天") is TeamOutcome.WRITTEN
    assert await crew.does(actions.write, "li", 1, " \n ") is Refusal.EMPTY


async def test_an_ended_team_tells_everybody_and_takes_nobody(crew: Crew) -> None:
    await crew.joined("li", "chen")
    await crew.does(actions.join, "wang", 1)
    assert await crew.does(actions.end, "zhao", 1) is TeamOutcome.ENDED
    assert {name for name, _detail in await crew.told(Notice.ENDED)} == {"li", "chen", "wang"}
    assert await crew.does(actions.join, "wang", 1) is Refusal.WRONG_TIME


async def test_two_leads_answer_at_once_and_one_answer_holds(crew: Crew) -> None:
    await crew.joined("li", "sun")
    await crew.leads("li")
    await crew.leads("sun")
    await crew.neighbours("chen")
    await crew.does(actions.join, "chen", 1)
    said = await asyncio.gather(
        crew.admits("li", "chen"), crew.admits("sun", "chen", take_in=False)
    )
    assert Refusal.ALREADY in said
    told_ = [*await crew.told(Notice.ADMITTED), *await crew.told(Notice.DECLINED)]
    assert sum(name == "chen" for name, _detail in told_) == 1


async def test_somebody_asks_twice_at_once_and_stands_on_the_list_once(crew: Crew) -> None:
    said = await asyncio.gather(*(crew.does(actions.join, "wang", 1) for _tap in range(3)))
    assert sorted(said) == [Refusal.ALREADY, Refusal.ALREADY, TeamOutcome.ASKED]


async def test_who_leaves_for_good_is_in_no_team_and_their_words_are_gone(crew: Crew) -> None:
    await crew.joined("li", "chen")
    await crew.leads("li")
    await crew.does(actions.write, "li", 1, "周六见")
    li = crew.street.people["li"]
    async with transaction(crew.street.sessions) as session:
        await leave_for_good(session, await crew.street.actor(session, "li"), now=crew.street.now)
    async with transaction(crew.street.sessions) as session:
        row = await session.scalar(select(MemberRow).where(MemberRow.person_id == li))
        assert row is not None
        assert (row.state, row.lead) == (Membership.LEFT, False)
        assert list(await session.scalars(select(TeamWordsRow.words))) == [""]
    assert (await crew.view("chen")).leads == ()


async def test_a_team_is_an_audience_at_its_place_and_at_no_other(crew: Crew) -> None:
    await crew.joined("li", "chen")
    await crew.does(actions.join, "wang", 1)
    people, places = crew.street.people, crew.street.places
    async with transaction(crew.street.sessions) as session:
        for place, expected in (("gui", {people["li"], people["chen"]}), ("lan", set[int]())):
            one = Audience((Group(places[place].id, Condition.TEAM, "1"),))
            paths = await paths_of(session, one)
            assert set(await session.scalars(people_in(one, paths))) == expected


async def test_a_stranger_sees_no_team_and_a_party_member_no_more_than_a_neighbour(
    crew: Crew,
) -> None:
    await crew.street.add("far", "l1")
    assert await crew.does(team, "far", 1) is Refusal.NOT_ALLOWED
    await crew.street.grant("wang", Role.PARTY_MEMBER, "gui")
    assert await crew.does(roster_of, "wang", 1) is Refusal.NOT_ALLOWED

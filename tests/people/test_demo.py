"""The demo neighbourhood: as the sandbox introduces it, however often it is seeded."""

from sqlalchemy import func, select

from bot.demo import (
    NEEDED,
    NEIGHBOURS,
    SAMPLES,
    STREET,
    seed_demo,
    seed_proposals,
    seed_street,
)
from models.audit.tables import AuditRow
from models.database import Sessions, transaction
from models.outbox.reaching import recognise
from models.people.rules import Right, Role
from models.places.queries import find_code
from models.places.tables import PlaceRow
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from sandbox.people import DEMO_PEOPLE


async def test_everybody_with_a_phone_on_the_page_has_a_home(sessions: Sessions, now) -> None:
    assert {phone.id for phone in DEMO_PEOPLE} == set(NEIGHBOURS) | set(STREET)
    async with transaction(sessions) as session:
        await seed_demo(session, now)
        await seed_street(session, now)
        for phone in DEMO_PEOPLE:
            person = await recognise(session, phone.id, now)
            assert person is not None
            assert person.registered
            assert person.place_id is not None
            assert person.volunteer == (phone.id in {1003, 1004})
        emma, zhao, zhou = [await recognise(session, number, now) for number in (1002, 1005, 1006)]
        building_5, building_6 = [await find_code(session, code) for code in ("b5", "b6")]
        he = await recognise(session, 1008, now)
        sun, community = await recognise(session, 1007, now), await find_code(session, "guihua")
    assert emma
    assert zhao
    assert zhou
    assert building_5
    assert building_6
    assert sun
    assert community
    assert (emma.name, emma.language) == ("Emma Clarke", "en")
    assert zhao.may(Right.WORK_DESK, building_5.path)
    assert not zhao.may(Right.WORK_DESK, building_6.path)
    assert zhou.may(Right.WORK_DESK, building_6.path)
    assert [role for role, _ in zhou.grants] == [Role.SECRETARY]
    assert sun.may(Right.APPROVE_BROADCAST, community.path)
    assert he
    assert he.may(Right.MANAGE_PLACES, community.path)
    assert he.may(Right.GRANT_ALL, community.path)


async def test_seeding_again_changes_nothing(sessions: Sessions, now) -> None:
    async def counts() -> list[int | None]:
        async with transaction(sessions) as session:
            tables = (PlaceRow, AuditRow)
            return [await session.scalar(select(func.count()).select_from(t)) for t in tables]

    async with transaction(sessions) as session:
        await seed_demo(session, now)
        await seed_street(session, now)
    once = await counts()
    async with transaction(sessions) as session:
        await seed_demo(session, now)
        await seed_street(session, now)
    assert await counts() == once


async def test_sample_proposals_wait_to_be_seconded_once(sessions: Sessions, now) -> None:
    for _ in range(2):
        async with transaction(sessions) as session:
            await seed_demo(session, now)
            await seed_proposals(session, now)
    async with transaction(sessions) as session:
        found = [(one.state, one.needed) for one in await session.scalars(select(ProposalRow))]
    assert found == [(State.SECONDING, NEEDED)] * len(SAMPLES)
    assert len(NEIGHBOURS) > NEEDED

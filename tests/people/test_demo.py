"""The demo neighbourhood: as the sandbox introduces it, however often it is seeded."""

from sqlalchemy import func, select

from bot.demo import NEIGHBOURS, seed_demo
from models.audit.tables import AuditRow
from models.database import Sessions, transaction
from models.people.queries import recognise
from models.people.rules import Right, Role
from models.places.queries import find_code
from models.places.tables import PlaceRow
from sandbox.people import DEMO_PEOPLE


async def test_everybody_with_a_phone_on_the_page_has_a_home(sessions: Sessions, now) -> None:
    assert {phone.id for phone in DEMO_PEOPLE} == set(NEIGHBOURS)
    async with transaction(sessions) as session:
        await seed_demo(session, now)
        for phone in DEMO_PEOPLE:
            person = await recognise(session, phone.id, now)
            assert person is not None
            assert person.registered
            assert person.place_id is not None
            assert person.volunteer == (phone.id in {1003, 1004})
        emma, zhao, zhou = [await recognise(session, number, now) for number in (1002, 1005, 1006)]
        building_5, building_6 = [await find_code(session, code) for code in ("b5", "b6")]
    assert emma
    assert zhao
    assert zhou
    assert building_5
    assert building_6
    assert (emma.name, emma.language) == ("Emma Clarke", "en")
    assert zhao.may(Right.WORK_DESK, building_5.path)
    assert not zhao.may(Right.WORK_DESK, building_6.path)
    assert zhou.may(Right.WORK_DESK, building_6.path)
    assert [role for role, _ in zhou.grants] == [Role.SECRETARY]


async def test_seeding_again_changes_nothing(sessions: Sessions, now) -> None:
    async def counts() -> list[int | None]:
        async with transaction(sessions) as session:
            tables = (PlaceRow, AuditRow)
            return [await session.scalar(select(func.count()).select_from(t)) for t in tables]

    async with transaction(sessions) as session:
        await seed_demo(session, now)
    once = await counts()
    async with transaction(sessions) as session:
        await seed_demo(session, now)
    assert await counts() == once

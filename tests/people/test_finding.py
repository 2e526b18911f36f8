"""Finding residents for the desk: by name, at the desk's places alone."""

from models.database import Session, transaction
from models.leaving.actions import leave
from models.people.actions.proxies import add_person_without_phone
from models.people.actions.registering import set_name
from models.people.queries import FOUND_AT_MOST, find_residents
from models.people.rules import Role
from models.people.tables import PersonRow
from models.people.views import Card, Person
from tests.town import Town


async def called(session: Session, actor: Person, text: str) -> list[str]:
    return [card.name for card in await find_residents(session, actor, text)]


async def test_residents_are_found_only_where_one_works_the_desk(town: Town) -> None:
    staff = await town.settle(1, "b1", (Role.STAFF, "gui"))
    elsewhere = await town.settle(2, "l3", (Role.STAFF, "lan"))
    member = await town.settle(3, "b1", (Role.PARTY_MEMBER, "gui"))
    await town.settle(40, "b3")
    await town.settle(41, "l3")
    async with transaction(town.sessions) as session:
        assert await called(session, staff, "person 4") == ["Person 40"]
        assert await called(session, elsewhere, "4") == ["Person 41"]
        assert await called(session, member, "Person") == []
        for nothing in ("", " ", "\u200b", "%", "_", "\\"):
            assert await called(session, staff, nothing) == []


async def test_one_letter_is_enough_and_eight_are_the_most(town: Town) -> None:
    staff = await town.settle(1, "b1", (Role.STAFF, "gui"))
    for number in range(20, 30):
        await town.settle(number)
    exact = await town.settle(50)
    async with transaction(town.sessions) as session:
        await set_name(session, exact, "P")
        found = await called(session, staff, "p")
    assert len(found) == FOUND_AT_MOST == 8
    assert found[0] == "P"


async def test_people_with_and_without_telegram_but_not_those_who_left(town: Town) -> None:
    staff = await town.settle(1, "b1", (Role.STAFF, "gui"))
    resident, gone = await town.settle(60, "b3"), await town.settle(61, "b3")
    async with transaction(town.sessions) as session:
        home = town.places["b2"].id
        granny = await add_person_without_phone(
            session, resident, "Person Granny", home, resident.id, now=town.now
        )
        assert isinstance(granny, Card)
        session.add(
            PersonRow(
                telegram_id=62, name="Person 62", language="en", place_id=home, created_at=town.now
            )
        )
        await leave(session, gone, now=town.now)
        assert await called(session, staff, "Person") == ["Person 1", "Person 60", "Person Granny"]

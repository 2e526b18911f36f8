"""Personal fields: sealed, opened with a reason, every look shown to the one concerned."""

import pytest
from sqlalchemy import select, update

from models.audit.rules import AuditAct
from models.database import transaction
from models.people.actions.personal import look, looks_at_me, set_personal
from models.people.actions.proxies import add_person_without_phone
from models.people.queries import spoken_for
from models.people.rules import (
    SPOKEN_FOR_AT_MOST,
    Adding,
    Field,
    PersonalSet,
    Right,
    Role,
)
from models.people.tables import PersonalRow
from models.people.views import Because, Card, Denied
from models.vault import SealError
from tests.audit.reading import acts, lines
from tests.town import Town

BOTH = (Field.PHONE, Field.DOOR)


async def test_fields_lie_sealed_and_open_for_their_owner(town: Town) -> None:
    person = await town.settle(1)
    async with transaction(town.sessions) as session:
        saved = await set_personal(
            session, person, person.id, Field.PHONE, "138 0000 1001", now=town.now
        )
        assert saved is PersonalSet.SAVED
        row = (await session.scalars(select(PersonalRow))).one()
        assert b"13800001001" not in row.sealed
        assert await look(session, person, person.id, BOTH, now=town.now) == {
            Field.PHONE: "13800001001"
        }
        assert await acts(session, AuditAct.LOOKED) == 0
        cleared = await set_personal(session, person, person.id, Field.PHONE, " ", now=town.now)
        assert cleared is PersonalSet.CLEARED
        assert await look(session, person, person.id, BOTH, now=town.now) == {}


async def test_what_does_not_serve_is_not_kept(town: Town) -> None:
    person = await town.settle(1)
    async with transaction(town.sessions) as session:
        for field, text, outcome in (
            (Field.PHONE, "call me", PersonalSet.NOT_A_PHONE),
            (Field.DOOR, "x" * 41, PersonalSet.TOO_LONG),
        ):
            wrong = await set_personal(session, person, person.id, field, text, now=town.now)
            assert wrong is outcome
        assert (await session.scalars(select(PersonalRow))).all() == []


async def test_a_look_needs_the_right_or_a_reason_and_is_shown(town: Town) -> None:
    resident = await town.settle(1, "b3")
    staff = await town.settle(2, "b1", (Role.STAFF, "gui"))
    stranger = await town.settle(3, "b3", (Role.STAFF, "lan"))
    async with transaction(town.sessions) as session:
        for field, text in ((Field.PHONE, "13800001001"), (Field.DOOR, "301")):
            await set_personal(session, resident, resident.id, field, text, now=town.now)
        refused = await look(session, stranger, resident.id, BOTH, now=town.now)
        assert refused == Denied(Right.SEE_PERSONAL)
        assert await look(session, staff, resident.id, BOTH, now=town.now) == {
            Field.PHONE: "13800001001",
            Field.DOOR: "301",
        }
        because = Because("help", 12)
        await look(session, stranger, resident.id, [Field.DOOR], now=town.now, because=because)
        assert await acts(session, AuditAct.DENIED) == 1
        seen = await looks_at_me(session, resident)
    assert [(look.name, look.subject, look.fields) for look in seen] == [
        (stranger.name, "help", (Field.DOOR,)),
        (staff.name, "person", BOTH),
    ]


async def test_nobody_writes_into_a_strangers_fields(town: Town) -> None:
    resident, stranger = await town.settle(1), await town.settle(2)
    async with transaction(town.sessions) as session:
        for target in (resident.id, 2**62):
            outcome = await set_personal(session, stranger, target, Field.DOOR, "1", now=town.now)
            assert outcome is PersonalSet.NOT_ALLOWED
        assert await acts(session, AuditAct.DENIED) == 2


async def test_a_sealed_field_moved_to_another_person_does_not_open(town: Town) -> None:
    one, other = await town.settle(1), await town.settle(2)
    async with transaction(town.sessions) as session:
        await set_personal(session, one, one.id, Field.DOOR, "301", now=town.now)
        await session.execute(update(PersonalRow).values(person_id=other.id))
    async with transaction(town.sessions) as session:
        with pytest.raises(SealError):
            await look(session, other, other.id, BOTH, now=town.now)


async def test_somebody_without_a_phone_is_spoken_for(town: Town) -> None:
    daughter = await town.settle(1, "b3")
    b3 = town.places["b3"].id
    async with transaction(town.sessions) as session:
        entered = [
            await add_person_without_phone(
                session, daughter, "王奶奶", b3, daughter.id, door="301", now=town.now
            )
            for _ in range(2)
        ]
        assert entered[0] == entered[1]
        assert isinstance(entered[0], Card)
        assert await spoken_for(session, daughter.id) == [entered[0]]
        assert await look(session, daughter, entered[0].id, BOTH, now=town.now) == {
            Field.DOOR: "301"
        }
        (line,) = await lines(session, AuditAct.PERSON_ADDED)
        assert line.concerning_id == entered[0].id
        assert [look.name for look in await looks_at_me(session, daughter)] == []


async def test_who_may_be_entered_by_whom(town: Town) -> None:
    resident = await town.settle(1, "b3")
    staff = await town.settle(2, "b1", (Role.STAFF, "gui"))
    b3, l3 = town.places["b3"].id, town.places["l3"].id

    async with transaction(town.sessions) as session:

        async def add(actor, name, place_id, proxy_id, **fields):
            return await add_person_without_phone(
                session, actor, name, place_id, proxy_id, now=town.now, **fields
            )

        assert isinstance(await add(staff, "张爷爷", b3, resident.id), Card)
        assert await add(staff, "张爷爷", l3, resident.id) is Adding.NOT_ALLOWED
        assert await add(resident, "张爷爷", b3, staff.id) is Adding.NOT_ALLOWED
        assert await add(resident, "\u200b", b3, resident.id) is Adding.NO_NAME
        assert await add(resident, "张", 2**62, resident.id) is Adding.NO_SUCH_PLACE
        assert await add(staff, "张", b3, 2**62) is Adding.NO_SUCH_PROXY
        assert await add(resident, "张", b3, None) is Adding.NOT_ALLOWED
        alone = await add(staff, "赵奶奶", b3, None)
        assert isinstance(alone, Card)
        assert alone.proxy_id is None
        assert await add(staff, "赵奶奶", b3, None) == alone
        assert await add(resident, "张", b3, resident.id, phone="x") is Adding.NOT_A_PHONE
        assert await add(resident, "张", b3, resident.id, door="x" * 41) is Adding.TOO_LONG
        for number in range(1, SPOKEN_FOR_AT_MOST):
            assert isinstance(await add(resident, f"邻居{number}", l3, resident.id), Card)
        assert await add(resident, "又一位", b3, resident.id) is Adding.TOO_MANY
        assert isinstance(await add(resident, "张爷爷", b3, resident.id), Card)
        assert isinstance(await add(staff, "又一位", b3, staff.id), Card)

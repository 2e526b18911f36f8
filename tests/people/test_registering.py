"""Coming in, being recognised, changing one's entry."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from models.audit.rules import AuditAct
from models.database import transaction
from models.outbox.reaching import recognise, set_reachable
from models.people.actions.registering import register, set_language, set_name, set_place
from models.people.queries import person_by_id
from models.people.rules import CONSENT_VERSION, Registering, Right, Role
from models.people.tables import PersonRow
from models.places.rules import NoSuchPlaceError
from tests.audit.reading import lines
from tests.town import Town


async def test_registering_twice_is_registering_once(town: Town) -> None:
    first = await town.settle(42, "b3")
    again = await town.settle(42, "l3")
    assert first == again
    assert first.registered
    assert first.place_path == town.places["b3"].path
    async with transaction(town.sessions) as session:
        (line,) = await lines(session, AuditAct.CONSENTED)
        assert line.detail == {"version": CONSENT_VERSION}
        assert await recognise(session, 43, town.now) is None


async def test_an_agreement_to_an_older_text_is_asked_for_anew(town: Town) -> None:
    known = await town.settle(42, "b3", (Role.STAFF, "gui"))
    async with transaction(town.sessions) as session:
        row = await session.get_one(PersonRow, known.id)
        row.consent_version = "2020-01"
    async with transaction(town.sessions) as session:
        assert not (await town.again(session, 42)).registered
        renewed = await register(session, 42, "王", "zh_Hans", known.place_id, town.now)
    assert (renewed.id, renewed.registered, renewed.grants) == (known.id, True, known.grants)


async def test_nobody_lives_where_nobody_can_live(town: Town) -> None:
    async with transaction(town.sessions) as session:
        for place_id in (town.places["gui"].id, 2**62):
            with pytest.raises(NoSuchPlaceError):
                await register(session, 1, "A", "en", place_id, town.now)
        with pytest.raises(ValueError, match="nothing to show"):
            await register(session, 1, "\u200b", "en", None, town.now)


async def test_two_first_messages_at_once_make_one_person(town: Town) -> None:
    async def come() -> int:
        async with transaction(town.sessions) as session:
            home = town.places["b1"].id
            return (await register(session, 7, "A", "en", home, town.now)).id

    assert len(set(await asyncio.gather(*(come() for _ in range(8))))) == 1


async def test_recognising_takes_one_statement(town: Town) -> None:
    roles = ((Role.STAFF, "gui"), (Role.PARTY_MEMBER, "b3"))
    await town.settle(42, "b3", *roles)
    async with transaction(town.sessions) as session:
        seen: list[str] = []
        connection = (await session.connection()).sync_connection
        event.listen(connection, "before_cursor_execute", lambda *args: seen.append(args[2]))
        person = await recognise(session, 42, town.now)
        await session.flush()
    assert len(seen) == 1
    assert person is not None
    assert {role for role, _ in person.grants} == {Role.STAFF, Role.PARTY_MEMBER}
    assert person.may(Right.WORK_DESK, town.places["b1"].path)
    assert not person.may(Right.WORK_DESK, town.places["l3"].path)
    assert person.paths_with(Right.WORK_DESK) == (town.places["gui"].path,)


async def test_whoever_writes_is_reachable_again(town: Town) -> None:
    person = await town.settle(42)

    async def mark():
        async with transaction(town.sessions) as session:
            return await session.scalar(select(PersonRow.unreachable_at))

    async with transaction(town.sessions) as session:
        await set_reachable(session, 42, reachable=False, dated=town.now, now=town.now)
        await set_reachable(session, 999, reachable=False, dated=town.now, now=town.now)
    assert await mark() == town.now
    async with transaction(town.sessions) as session:
        await recognise(session, 42, town.now + timedelta(minutes=1))
    assert await mark() is None
    assert person.registered


async def test_changing_ones_entry(town: Town) -> None:
    person = await town.settle(42, "b3")
    async with transaction(town.sessions) as session:
        assert (await set_language(session, person, "zh_Hans")).language == "zh_Hans"
        assert await set_name(session, person, "\u202e") is Registering.NO_NAME
        assert await set_name(session, person, " 王\n秀英 ") is Registering.CHANGED
        community = town.places["gui"].id
        no_home = await set_place(session, person, community, now=town.now)
        assert no_home is Registering.NO_SUCH_PLACE
        moved = await set_place(session, person, town.places["l3"].id, now=town.now)
        assert moved is Registering.CHANGED
    async with transaction(town.sessions) as session:
        changed = await person_by_id(session, person.id)
    assert changed is not None
    assert (changed.name, changed.language) == ("王 秀英", "zh_Hans")
    assert changed.place_path == town.places["l3"].path

"""Roles given and taken back."""

import asyncio

import pytest
from sqlalchemy import func, select

from models.audit.rules import AuditAct
from models.database import transaction
from models.outbox.tables import OutboxRow
from models.people.queries import find_grant, find_people, standing_grants
from models.people.rules import Granting, Right, Role
from models.people.tables import GrantRow
from models.people.views import Denied
from models.roles.actions.granting import grant, grantee, open_roles, revoke
from tests.audit.reading import acts, lines
from tests.town import Town


async def _grant_id(town: Town, person_id: int, role: Role) -> int:
    async with transaction(town.sessions) as session:
        return next(g.id for g in await standing_grants(session, person_id) if g.role is role)


async def test_a_role_is_given_once_told_once_and_taken_back_once(town: Town) -> None:
    secretary = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    resident = await town.settle(2, "b3")
    gui = town.places["gui"].id
    async with transaction(town.sessions) as session:
        for expected in (Granting.GRANTED, Granting.ALREADY):
            given = await grant(session, secretary, resident.id, Role.STAFF, gui, now=town.now)
            assert given is expected
        (notice,) = await session.scalars(select(OutboxRow))
        assert (notice.kind, notice.recipient_id) == ("people.granted", resident.id)
        assert (await town.again(session, 2)).may(Right.WORK_DESK, town.places["b1"].path)
    grant_id = await _grant_id(town, resident.id, Role.STAFF)
    async with transaction(town.sessions) as session:
        for expected in (Granting.REVOKED, Granting.ALREADY):
            assert await revoke(session, secretary, grant_id, now=town.now) is expected
        assert not (await town.again(session, 2)).grants
        again = await grant(session, secretary, resident.id, Role.STAFF, gui, now=town.now)
        assert again is Granting.GRANTED
        (revoked,) = await lines(session, AuditAct.REVOKED)
        assert (revoked.actor_id, revoked.concerning_id) == (secretary.id, resident.id)
        assert revoked.detail == {"role": "staff", "place": gui}


@pytest.mark.parametrize(
    ("role", "at", "given", "where"),
    [
        (Role.STAFF, "gui", Role.STAFF, "gui"),
        (Role.SECRETARY, "gui", Role.SECRETARY, "gui"),
        (Role.SECRETARY, "gui", Role.ADMIN, "b3"),
        (Role.SECRETARY, "gui", Role.STAFF, "street"),
        (Role.SECRETARY, "gui", Role.STAFF, "lan"),
        (Role.ADMIN, "gui", Role.ADMIN, "street"),
        (Role.PARTY_MEMBER, "street", Role.PARTY_MEMBER, "b3"),
    ],
)
async def test_nobody_gives_what_is_not_theirs_to_give(
    town: Town, role: Role, at: str, given: Role, where: str
) -> None:
    actor = await town.settle(1, "b1", (role, at))
    other = await town.settle(2, "b3")
    async with transaction(town.sessions) as session:
        place_id = town.places[where].id
        outcome = await grant(session, actor, other.id, given, place_id, now=town.now)
        assert outcome is Granting.NOT_ALLOWED
        (line,) = await lines(session, AuditAct.DENIED)
        assert (line.actor_id, line.concerning_id) == (actor.id, other.id)
        assert not (await town.again(session, 2)).grants


async def test_a_revoked_role_no_longer_serves(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    secretary = await town.settle(2, "b1", (Role.SECRETARY, "gui"))
    resident = await town.settle(3, "b3")
    grant_id = await _grant_id(town, secretary.id, Role.SECRETARY)
    async with transaction(town.sessions) as session:
        assert await revoke(session, admin, grant_id, now=town.now) is Granting.REVOKED
    async with transaction(town.sessions) as session:
        former = await town.again(session, 2)
        gui = town.places["gui"].id
        outcome = await grant(session, former, resident.id, Role.STAFF, gui, now=town.now)
        assert outcome is Granting.NOT_ALLOWED
        assert await open_roles(session, former, now=town.now) == Denied(Right.GRANT_STAFF)
        assert await acts(session, AuditAct.DENIED) == 2


async def test_unknown_people_places_and_grants_are_named(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    b1 = town.places["b1"].id
    async with transaction(town.sessions) as session:
        missing = await grant(session, admin, 2**62, Role.STAFF, b1, now=town.now)
        assert missing is Granting.NO_SUCH_PERSON
        nowhere = await grant(session, admin, admin.id, Role.STAFF, 2**62, now=town.now)
        assert nowhere is Granting.NO_SUCH_PLACE
        assert await revoke(session, admin, 2**62, now=town.now) is Granting.NO_SUCH_GRANT
        assert await find_grant(session, 2**62) is None


async def test_the_last_admin_stays(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    local = await town.settle(2, "b1", (Role.ADMIN, "gui"))
    own, lower = (
        await _grant_id(town, admin.id, Role.ADMIN),
        await _grant_id(town, local.id, Role.ADMIN),
    )
    async with transaction(town.sessions) as session:
        assert await revoke(session, admin, own, now=town.now) is Granting.LAST_ADMIN
        assert await revoke(session, admin, lower, now=town.now) is Granting.REVOKED


async def test_two_admins_who_revoke_each_other_at_once_leave_one(town: Town) -> None:
    one = await town.settle(1, "b1", (Role.ADMIN, "street"))
    two = await town.settle(2, "b1", (Role.ADMIN, "street"))
    grants = {
        one.id: await _grant_id(town, one.id, Role.ADMIN),
        two.id: await _grant_id(town, two.id, Role.ADMIN),
    }

    async def strike_down(actor, target: int) -> Granting:
        async with transaction(town.sessions) as session:
            return await revoke(session, actor, target, now=town.now)

    outcomes = await asyncio.gather(
        strike_down(one, grants[two.id]), strike_down(two, grants[one.id])
    )
    assert sorted(outcomes) == [Granting.LAST_ADMIN, Granting.REVOKED]


async def test_a_role_given_by_many_at_once_stands_once(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    resident = await town.settle(2, "b3")

    async def give() -> Granting:
        async with transaction(town.sessions) as session:
            gui = town.places["gui"].id
            return await grant(session, admin, resident.id, Role.STAFF, gui, now=town.now)

    outcomes = await asyncio.gather(*(give() for _ in range(8)))
    assert sorted(outcomes) == [Granting.ALREADY] * 7 + [Granting.GRANTED]
    async with transaction(town.sessions) as session:
        rows = select(func.count()).where(GrantRow.person_id == resident.id)
        assert await session.scalar(rows) == 1


async def test_people_are_found_only_where_one_may_grant(town: Town) -> None:
    secretary = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    near = await town.settle(2002, "b3")
    await town.settle(2003, "l3")
    staff = await town.settle(4, "b1", (Role.STAFF, "gui"))
    async with transaction(town.sessions) as session:
        assert [c.id for c in await find_people(session, secretary, "person 2")] == [near.id]
        assert [c.id for c in await find_people(session, secretary, "2002")] == [near.id]
        assert await find_people(session, secretary, "%") == []
        assert await find_people(session, secretary, "9" * 40) == []
        assert await find_people(session, staff, "person") == []
        listed = await open_roles(session, secretary, now=town.now)
    assert not isinstance(listed, Denied)
    assert {(g.person_id, g.role) for g in listed} == {
        (secretary.id, Role.SECRETARY),
        (staff.id, Role.STAFF),
    }


async def test_a_name_is_for_those_who_grant_where_its_bearer_lives_or_serves(town: Town) -> None:
    secretary = await town.settle(1, "b1", (Role.SECRETARY, "gui"))
    near, far = await town.settle(2, "b3"), await town.settle(3, "l3")
    serving = await town.settle(4, "l3", (Role.STAFF, "gui-g1"))
    async with transaction(town.sessions) as session:
        for person, shown in ((near, near.name), (far, f"№ {far.id}"), (serving, serving.name)):
            card = await grantee(session, secretary, person.id)
            assert card is not None
            assert (card.id, card.name) == (person.id, shown)
        assert await grantee(session, secretary, 999_999) is None

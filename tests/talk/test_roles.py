"""The first admin, the tree of places, roles given and taken back in the chat."""

from handlers.roles.callbacks import RoleSure, RoleWhere, RoleWho
from models.audit.rules import AuditAct
from models.database import transaction
from models.outbox.reaching import recognise
from models.people.actions.registering import register
from models.people.queries import standing_grants
from models.people.rules import Role
from models.roles.actions.codes import make_admin_code
from models.roles.actions.granting import strike
from tests.audit.reading import acts
from tests.talk.neighbourhood import Neighbourhood, Phone


async def test_from_an_empty_house_to_a_community_with_a_secretary(
    empty_street: Neighbourhood,
) -> None:
    street = empty_street
    async with transaction(street.house.sessions) as session:
        code = await make_admin_code(session, street.world.clock.now())
    zhou = await street.phone(1006).start()
    await zhou.tap("同意")
    assert "登记好了" in zhou.last
    await zhou.write("/admin")
    assert "/admin ABCD" in zhou.last
    await zhou.write("/admin WRONG")
    assert "无效" in zhou.last
    await zhou.write(f"/admin {code}")
    assert "您现在是管理员了" in zhou.last
    assert "工作台" in zhou.keyboard
    assert {"roles", "places", "desk"} <= set(zhou.commands)
    await _grow(zhou)

    emma = await street.phone(1002).start()
    await emma.tap("Agree")
    await emma.tap("Building 2")
    assert "Building 2" in emma.last
    await zhou.write("/roles")
    await zhou.tap("授予角色")
    await zhou.write("没有这个人")
    assert "没有找到" in zhou.last
    await zhou.write("emma")
    await zhou.tap("➕ 书记")
    await zhou.tap("邻里")
    await zhou.tap("桂花社区")
    await zhou.tap("✅ 桂花社区")
    assert "让Emma Clarke担任" in zhou.last
    await zhou.tap("✅ 是")
    assert "好了" in zhou.last
    assert "You are now secretary at Guihua" in emma.last
    assert "roles" in emma.commands
    await zhou.tap("回到角色")
    await zhou.tap("Emma Clarke")
    await zhou.tap("是，收回")
    assert "has ended" in emma.last
    assert "roles" not in emma.commands


async def _grow(zhou: Phone) -> None:
    await zhou.write("/places")
    await zhou.tap("邻里")
    await zhou.tap("➕ 社区")
    await zhou.write("桂花社区 / Guihua")
    assert "已添加1处" in zhou.last
    await zhou.tap("桂花社区")
    await zhou.tap("➕ 楼栋")
    await zhou.write("1号楼 / Building 1\n2号楼 / Building 2")
    assert "已添加2处" in zhou.last
    await zhou.tap("1号楼")
    assert "https://t.me/linli_demo_bot?start=b-" in zhou.last
    await zhou.tap("改名")
    await zhou.write("甲楼")
    assert "已改名" in zhou.last


async def test_a_shared_contact_finds_somebody(street: Neighbourhood) -> None:
    zhou = await street.phone(1006).write("/roles")
    await zhou.tap("授予角色")
    zhou.person.send_contact("+8613800001006")
    await street.settled()
    assert "周正" in zhou.last
    assert "书记" in zhou.last


async def test_a_made_up_button_does_not_tell_who_a_stranger_is(street: Neighbourhood) -> None:
    async with transaction(street.house.sessions) as session:
        now = street.world.clock.now()
        stranger = await register(session, 5001, "Secret Stranger", "en", None, now)
        admin = await recognise(session, 1006, now)
        assert admin
        top = (await standing_grants(session, admin.id))[0].place_id
    zhou = await street.phone(1006).write("/roles")
    for made_up in (
        RoleWho(person_id=stranger.id),
        RoleWhere(person_id=stranger.id, role=Role.STAFF),
        RoleSure(person_id=stranger.id, role=Role.STAFF, place_id=top),
    ):
        await zhou.press(made_up.pack())
        assert f"№ {stranger.id}" in zhou.last
        assert "Stranger" not in zhou.last


async def test_a_revoked_roles_old_button_is_refused_and_written_down(
    street: Neighbourhood,
) -> None:
    zhou = await street.phone(1006).write("/roles")
    old = zhou.person.messages[-1]
    now = street.world.clock.now()
    async with transaction(street.house.sessions) as session:
        secretary = await recognise(session, 1006, now)
        emma = await recognise(session, 1002, now)
        assert secretary
        assert emma
        (grant,) = await standing_grants(session, secretary.id)
        await strike(session, grant, by=emma, now=now)
        before = await acts(session, AuditAct.DENIED)
    for data in (f"rg:{emma.id}:staff:{grant.place_id}", "rl:0", "rf", f"rw:{emma.id}"):
        zhou.person.press(old["message_id"], data)
        await street.settled()
        refused = zhou.toast + zhou.last
        assert "无权" in refused or "由书记和管理员" in refused
    async with transaction(street.house.sessions) as session:
        assert await acts(session, AuditAct.DENIED) == before + 2, (
            "giving, and three looks at the list"
        )
        assert (await recognise(session, 1002, now)).grants == ()


async def test_a_resident_cannot_open_roles_or_places(street: Neighbourhood) -> None:
    emma = await street.phone(1002).write("/roles")
    assert "by the secretary and the admins" in emma.last
    await emma.write("/places")
    assert "by the admins" in emma.last
    async with transaction(street.house.sessions) as session:
        assert await acts(session, AuditAct.DENIED) == 2

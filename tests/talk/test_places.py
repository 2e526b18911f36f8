"""The tree's shape changed in the chat."""

from models.database import transaction
from models.outbox.reaching import recognise
from models.people.rules import Role
from models.places.queries import find_code
from models.roles.actions.granting import appoint
from tests.talk.neighbourhood import Neighbourhood, Phone


async def admin_of(street: Neighbourhood) -> Phone:
    """Make the secretary an admin of the community."""
    now = street.world.clock.now()
    async with transaction(street.house.sessions) as session:
        zhou = await recognise(session, 1006, now)
        community = await find_code(session, "guihua")
        assert zhou
        assert community
        await appoint(session, zhou.id, Role.ADMIN, community.id, now=now)
    return await street.phone(1006).write("/places")


async def test_a_building_moves_to_another_grid_and_back_is_asked_too(
    street: Neighbourhood,
) -> None:
    zhou = await admin_of(street)
    for step in ("桂花社区", "第一网格", "5号楼", "移动", "桂花社区", "第二网格", "放在这里"):
        await zhou.tap(step)
    assert "第一网格 5号楼”移到“滨江市" in zhou.last
    assert "住在那里的人：1位" in zhou.last
    await zhou.tap("是，移动")
    assert "已移动" in zhou.last
    assert "第二网格 5号楼" in zhou.last
    await zhou.write("/places")
    for step in ("桂花社区", "第二网格", "5号楼", "移动", "不改了"):
        await zhou.tap(step)
    assert "第二网格 5号楼" in zhou.last


async def test_a_building_added_twice_is_merged_and_an_empty_one_removed(
    street: Neighbourhood,
) -> None:
    zhou = await admin_of(street)
    for step in ("桂花社区", "第一网格", "➕ 楼栋"):
        await zhou.tap(step)
    await zhou.write("五号\n3号楼\n八号楼")
    assert "已添加2处" in zhou.last
    assert "本来就有：“3号楼”" in zhou.last
    for step in ("五号", "合并", "5号楼"):
        await zhou.tap(step)
    assert "五号”并入“" in zhou.last
    await zhou.tap("是，合并")
    assert "已合并" in zhou.last
    assert zhou.last.rstrip().find("第一网格 5号楼") > 0
    await zhou.write("/places")
    for step in ("桂花社区", "第一网格", "八号楼", "撤掉"):
        await zhou.tap(step)
    assert "没有什么和它有关" in zhou.last
    await zhou.tap("是，撤掉")
    assert "已撤掉" in zhou.last
    await zhou.write("/places")
    for step in ("桂花社区", "第一网格"):
        await zhou.tap(step)
    assert "五号" not in zhou.buttons
    assert "八号楼" not in zhou.buttons


async def test_a_building_that_is_lived_in_cannot_be_removed(street: Neighbourhood) -> None:
    zhou = await admin_of(street)
    for step in ("桂花社区", "第一网格", "5号楼", "撤掉"):
        await zhou.tap(step)
    assert "住在那里的人：1位" in zhou.last
    assert "还有人住在这里" in zhou.last
    assert not any("是，撤掉" in label for label in zhou.buttons)

"""Changing one's own entry, seeing who looked, leaving."""

from models.database import transaction
from models.help.actions.filing import file_request
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.outbox.reaching import recognise
from models.people.actions.personal import look
from models.people.rules import Field
from models.people.views import Because
from tests.talk.neighbourhood import Neighbourhood


async def test_name_building_phone_and_door(street: Neighbourhood) -> None:
    emma = await street.phone(1002).write("/settings")
    assert "138****1002" in emma.last
    await emma.tap("Name")
    await emma.write("\u202e")
    assert "at most 64" in emma.last
    await emma.write("x" * 65)
    assert "64" in emma.last
    await emma.write("Emma C.")
    assert "Name: Emma C." in emma.last
    await emma.tap("Building")
    await emma.write("6号楼")
    assert "Building 6" in emma.last
    await emma.tap("Phone")
    await emma.write("no number")
    assert "telephone number" in emma.last
    await emma.write("+86 138 0000 9999")
    assert "9999" in emma.last
    await emma.tap("Door")
    await emma.tap("Remove it")
    assert "Door: not given" in emma.last


async def test_a_contact_is_a_phone_number(street: Neighbourhood) -> None:
    wang = await street.phone(1001).write("设置")
    await wang.tap("电话")
    wang.person.send_contact("+8613900007777")
    await street.settled()
    assert "7777" in wang.last


async def test_who_looked_is_shown_with_the_reason(street: Neighbourhood) -> None:
    now = street.world.clock.now()
    async with transaction(street.house.sessions) as session:
        wang, zhao = [await recognise(session, number, now) for number in (1001, 1005)]
        assert wang
        assert zhao
        await look(session, zhao, wang.id, [Field.PHONE, Field.DOOR], now=now)
    phone = await street.phone(1001).write("/settings")
    await phone.tap("谁看过")
    assert "赵敏：电话" in phone.last
    assert "今天" in phone.last
    await phone.tap("上一步")
    assert "设置" in phone.last


async def test_a_look_for_a_request_names_the_number_on_the_receipt(street: Neighbourhood) -> None:
    now = street.world.clock.now()
    async with transaction(street.house.sessions) as session:
        wang, li = [await recognise(session, number, now) for number in (1001, 1003)]
        assert wang
        assert li
        draft = Draft("a form", "repairs.plumbing", Urgency.ORDINARY, "漏水")
        receipt = (await file_request(session, wang, draft, now=now)).receipt
        assert receipt
        why = Because("help", receipt.request_id)
        await look(session, li, wang.id, [Field.DOOR], now=now, because=why)
    assert receipt.number != receipt.request_id
    phone = await street.phone(1001).write("/settings")
    await phone.tap("谁看过")
    assert f"李强：门牌（{receipt.number}号求助）" in phone.last


async def test_leaving_asks_once_more_and_then_forgets(street: Neighbourhood) -> None:
    wang = await street.phone(1001).write("/settings")
    await wang.tap("退出")
    assert "退出了就找不回来了" in wang.last
    await wang.tap("不，留下")
    assert "王秀英" in wang.last
    await wang.tap("退出")
    await wang.tap("是，抹去")
    assert "都抹掉了" in wang.last
    assert wang.keyboard == []
    await wang.write("求助")
    assert "欢迎来到邻里" in wang.last
    assert wang.commands == ["start", "language", "help", "cancel"]


async def test_a_copy_of_all_that_is_held_is_offered_before_leaving(street: Neighbourhood) -> None:
    wang = await street.phone(1001).write("/settings")
    await wang.tap("退出")
    await wang.tap("先拿一份我的信息")
    file = [m for m in wang.person.messages if "document" in m][-1]
    assert file["document"]["file_name"] == "linli-my-data.html"
    assert "请收好" in file["caption"]
    await wang.write("/settings")
    await wang.tap("我的信息副本")
    assert len([m for m in wang.person.messages if "document" in m]) == 2

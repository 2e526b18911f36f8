"""Groups on the page, and words that are forwarded to the bot."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.world import World
from tests.browser.bot import BotHands, buttons
from tests.browser.desk import Desk, bubble, phone, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, EMMA, LI, CHEN = 1001, 1002, 1003, 1004


async def opened(world: World, page: Page) -> int:
    """Open a group of Mrs Wang and Chen Jing; its id."""
    await page.get_by_role("button", name="建个群").click()
    dialog = page.locator("#group-dialog")
    await dialog.get_by_label("群名").fill("五号楼")
    for name in ("Emma Clarke", "李强"):
        await dialog.get_by_label(name).uncheck()
    await dialog.get_by_label("陈静").check()
    await dialog.get_by_role("button", name="建群").click()
    name = page.locator(".phone-names h2", has_text="五号楼")
    await expect(name).to_be_in_viewport(ratio=0.9)
    (group,) = world.bot.groups()
    assert group.members == {WANG, CHEN, world.bot.id}
    return group.id


async def pushed(bot: BotHands, kind: str) -> dict[str, Any]:
    """The newest update of a kind."""
    updates = await bot.call("getUpdates", timeout=0)
    found: dict[str, Any] = [update[kind] for update in updates if kind in update][-1]
    return found


async def test_a_group_is_opened_and_its_people_speak(
    world: World, bot: BotHands, desk: Desk
) -> None:
    page = await desk.open()
    group = await opened(world, page)
    field = phone(page, group).locator("textarea")
    await field.fill("/help")
    await field.press("Enter")
    await phone(page, group).get_by_role("button", name="陈静").click()
    await field.fill("大家好")
    await field.press("Enter")
    await expect(words(page, group)).to_have_text(["/help", "大家好"])
    await expect(phone(page, group).locator(".message.out .words")).to_have_text(["大家好"])
    heard = await pushed(bot, "message")
    assert (heard["text"], heard["from"]["id"], heard["chat"]["id"]) == ("/help", WANG, group)


async def test_what_the_bot_says_in_a_group_is_seen_tapped_and_replied_to(
    world: World, bot: BotHands, desk: Desk
) -> None:
    page = await desk.open()
    group = await opened(world, page)
    said = await bot.say(group, "请到私聊里说", reply_markup=buttons([("去私聊", "go")]))
    await phone(page, group).get_by_role("button", name="陈静").click()
    await phone(page, group).locator(".inline-key").click()
    query = await bot.callback_query()
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (CHEN, group)
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="只在私聊里")
    await expect(phone(page, group).locator(".toast")).to_have_text("只在私聊里")
    await expect(phone(page, group).locator(".waiting")).to_have_count(0)

    card = bubble(page, group, said)
    await card.hover()
    await card.get_by_role("button", name="回复").click()
    field = phone(page, group).locator("textarea")
    await field.fill("好的")
    await field.press("Enter")
    await expect(words(page, group)).to_have_text(["请到私聊里说", "好的"])
    heard = await pushed(bot, "message")
    assert heard["reply_to_message"]["message_id"] == said


async def test_in_a_group_only_the_writer_edits(world: World, desk: Desk) -> None:
    page = await desk.open()
    group = await opened(world, page)
    chat = world.bot.chats[group]
    mine = world.person(CHEN).send_text("三号楼", chat=chat)["message_id"]
    edit = bubble(page, group, mine).get_by_role("button", name="修改")
    await expect(bubble(page, group, mine)).to_be_visible()
    await expect(edit).to_have_count(0)
    await phone(page, group).get_by_role("button", name="陈静").click()
    await bubble(page, group, mine).hover()
    await edit.click()
    field = phone(page, group).locator("textarea")
    await field.fill("五号楼")
    await field.press("Enter")
    await expect(words(page, group)).to_have_text(["五号楼"])


async def test_what_somebody_said_is_forwarded_from_another_phone(
    world: World, bot: BotHands, desk: Desk
) -> None:
    said = world.person(WANG).send_text("修好了")
    page = await desk.open()
    card = bubble(page, WANG, said["message_id"])
    await card.hover()
    await card.get_by_role("button", name="转发给邻里").click()
    await phone(page, WANG).get_by_label("从谁的手机").select_option("李强")
    await phone(page, WANG).locator(".dialog-ok").click()
    await expect(phone(page, LI).locator(".forwarded")).to_have_text("转发自 王秀英")
    await expect(phone(page, LI)).to_be_in_viewport(ratio=0.9)
    heard = await pushed(bot, "message")
    assert (heard["text"], heard["from"]["id"], heard["chat"]["id"]) == ("修好了", LI, LI)
    origin = heard["forward_origin"]
    assert (origin["type"], origin["sender_user"]["id"]) == ("user", WANG)
    assert origin["date"] == said["date"]


async def test_ones_own_phone_forwards_what_the_bot_said(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    said = await bot.say(WANG, "李强会来帮您", reply_markup=buttons([("好", "ok")]))
    page = await desk.open()
    card = bubble(page, WANG, said)
    await card.hover()
    await card.get_by_role("button", name="转发给邻里").click()
    await phone(page, WANG).locator(".dialog-ok").click()
    await expect(words(page, WANG).last).to_have_text("李强会来帮您")
    sent = world.person(WANG).messages[-1]
    assert sent["forward_origin"]["sender_user"]["is_bot"]
    assert "reply_markup" not in sent


async def test_a_protected_message_cannot_be_forwarded(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    said = await bot.say(WANG, "门牌：301", protect_content=True)
    page = await desk.open()
    await expect(bubble(page, WANG, said)).to_be_visible()
    forward = bubble(page, WANG, said).get_by_role("button", name="转发给邻里")
    await expect(forward).to_have_count(0)
    with pytest.raises(ValueError, match="protected"):
        world.person(WANG).forward(said)

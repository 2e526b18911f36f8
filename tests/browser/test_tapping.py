"""What a person does on a phone reaches the bot, and its answer comes back to that phone."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox import samples
from sandbox.world import World
from tests.browser.bot import BotHands, buttons
from tests.browser.desk import Desk, bubble, phone, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, EMMA = 1001, 1002


async def started(world: World, desk: Desk) -> Page:
    """The page with 王秀英 having started the bot."""
    world.person(WANG).start()
    return await desk.open()


async def test_start_is_the_first_thing_and_opens_the_composer(world: World, desk: Desk) -> None:
    page = await desk.open()
    wang = phone(page, WANG)
    await expect(wang.locator("textarea")).to_be_hidden()
    await wang.get_by_role("button", name="开始", exact=True).click()
    await expect(words(page, WANG)).to_have_text(["/start"])
    await expect(wang.locator("textarea")).to_be_visible()


async def test_start_with_an_invitation_code(world: World, desk: Desk) -> None:
    page = await desk.open()
    wang = phone(page, WANG)
    await wang.get_by_role("button", name="带邀请码开始").click()
    await wang.get_by_label("邀请码").fill("b5")
    await wang.locator(".dialog-ok").click()
    await expect(words(page, WANG)).to_have_text(["/start b5"])


async def test_what_is_written_is_sent(world: World, desk: Desk) -> None:
    page = await started(world, desk)
    field = phone(page, WANG).locator("textarea")
    await field.fill("水管漏了")
    await field.press("Enter")
    await expect(phone(page, WANG).locator(".message.out .words").last).to_have_text("水管漏了")
    await expect(field).to_have_value("")
    assert world.person(WANG).messages[-1]["text"] == "水管漏了"


async def test_a_refused_text_returns_to_the_composer(world: World, desk: Desk) -> None:
    page = await started(world, desk)
    await page.route(
        "**/sandbox/people/1001/text", lambda route: route.fulfill(status=500, body="x")
    )
    field = phone(page, WANG).locator("textarea")
    await field.fill("水管漏了")
    await field.press("Enter")
    await expect(phone(page, WANG).locator(".toast.error")).to_be_visible()
    await expect(field).to_have_value("水管漏了")


async def test_a_pressed_button_spins_until_the_toast(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    message_id = await bot.say(
        WANG, "要帮忙吗", reply_markup=buttons([("要", "yes"), ("不", "no")])
    )
    page = await desk.open()
    key = bubble(page, WANG, message_id).get_by_role("button", name="要")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    query = await bot.callback_query()
    assert query["data"] == "yes"
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="已记下")
    await expect(phone(page, WANG).locator(".toast")).to_have_text("已记下")
    await expect(phone(page, EMMA).locator(".toast")).to_have_count(0)
    await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_an_answer_without_words_ends_the_spinner(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    await bot.say(WANG, "好吗", reply_markup=buttons([("好", "ok")]))
    page = await desk.open()
    key = phone(page, WANG).locator(".inline-key")
    await key.click()
    query = await bot.callback_query()
    await expect(key).to_have_attribute("aria-busy", "true")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await expect(key).not_to_have_attribute("aria-busy", "true")
    await expect(phone(page, WANG).locator(".toast")).to_have_count(0)


async def test_an_alert_stays_until_it_is_read(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    await bot.say(WANG, "好吗", reply_markup=buttons([("好", "ok")]))
    page = await desk.open()
    await phone(page, WANG).locator(".inline-key").click()
    query = await bot.callback_query()
    await bot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="名额满了", show_alert=True
    )
    dialog = phone(page, WANG).get_by_role("alertdialog")
    await expect(dialog).to_contain_text("名额满了")
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)


async def test_a_reply_key_sends_its_text(world: World, bot: BotHands, desk: Desk) -> None:
    page = await started(world, desk)
    keyboard: dict[str, Any] = {"keyboard": [["求助", "帮忙"]], "resize_keyboard": True}
    await bot.say(WANG, "您要什么？", reply_markup=keyboard)
    await phone(page, WANG).locator(".reply-key", has_text="帮忙").click()
    await expect(words(page, WANG).last).to_have_text("帮忙")
    assert world.person(WANG).messages[-1]["text"] == "帮忙"
    await expect(phone(page, WANG).locator(".reply-keyboard")).to_be_visible()


async def test_a_one_time_keyboard_hides_and_can_be_brought_back(
    world: World, bot: BotHands, desk: Desk
) -> None:
    page = await started(world, desk)
    wang = phone(page, WANG)
    await bot.say(WANG, "选", reply_markup={"keyboard": [["甲"]], "one_time_keyboard": True})
    await wang.locator(".reply-key").click()
    await expect(wang.locator(".reply-keyboard")).to_be_hidden()
    await wang.get_by_role("button", name="显示快捷按键").click()
    await expect(wang.locator(".reply-keyboard")).to_be_visible()
    await bot.say(WANG, "不用选了", reply_markup={"remove_keyboard": True})
    await expect(wang.locator(".icon-keyboard")).to_be_hidden()


async def test_the_command_menu_lists_and_sends(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    commands = [{"command": "help", "description": "家里有事要人帮忙"}]
    await bot.call("setMyCommands", commands=commands)
    page = await desk.open()
    wang = phone(page, WANG)
    await wang.get_by_role("button", name="命令菜单").click()
    await wang.get_by_role("menuitem", name="/help 家里有事要人帮忙").click()
    await expect(words(page, WANG).last).to_have_text("/help")


@pytest.mark.parametrize(
    ("kind", "field", "shown"),
    [
        ("photo.sample", "photo", ".media-photo img"),
        ("voice", "voice", ".media-voice .voice-play"),
        ("location", "location", ".map-card svg.map"),
        ("document.sample", "document", ".media-document .file-card"),
        ("contact", "contact", ".contact-card"),
        ("sticker", "sticker", ".media-sticker"),
    ],
)
async def test_samples_are_sent_and_shown(
    world: World, desk: Desk, kind: str, field: str, shown: str
) -> None:
    page = await started(world, desk)
    wang = phone(page, WANG)
    await wang.locator(".icon-attach").click()
    await wang.locator(f'.attach-cell[data-kind="{kind}"]').click()
    await expect(wang.locator(f".message.out {shown}")).to_be_visible()
    assert field in world.person(WANG).messages[-1]


async def test_a_photo_is_drawn_from_its_bytes(world: World, desk: Desk) -> None:
    page = await started(world, desk)
    world.person(WANG).send_photo(caption="漏水的地方")
    image = phone(page, WANG).locator(".media-photo img")
    await expect(image).to_be_visible()
    await image.evaluate("image => image.decode()")
    await expect(phone(page, WANG).locator(".words").last).to_have_text("漏水的地方")


async def test_a_link_to_this_bot_starts_it_in_the_same_phone(
    world: World, bot: BotHands, desk: Desk
) -> None:
    page = await started(world, desk)
    link = {"text": "登记五号楼", "url": f"https://t.me/{world.bot.user['username']}?start=b5"}
    await bot.say(WANG, "扫码也行", reply_markup={"inline_keyboard": [[link]]})
    await phone(page, WANG).locator(".inline-key").click()
    await expect(words(page, WANG).last).to_have_text("/start b5")


async def test_blocking_and_letting_in_again(world: World, desk: Desk) -> None:
    page = await started(world, desk)
    wang = phone(page, WANG)
    await wang.get_by_role("button", name="更多").click()
    await wang.get_by_role("menuitem", name="停用机器人").click()
    await expect(wang.locator(".blocked-bar")).to_be_visible()
    await expect(wang.locator("textarea")).to_be_hidden()
    await wang.get_by_role("button", name="重新启用").click()
    await expect(wang.locator("textarea")).to_be_visible()


async def test_changing_what_one_wrote(world: World, desk: Desk) -> None:
    page = await started(world, desk)
    message_id = world.person(WANG).send_text("三号楼")["message_id"]
    mine = bubble(page, WANG, message_id)
    await mine.hover()
    await mine.get_by_role("button", name="修改").click()
    field = phone(page, WANG).locator("textarea")
    await expect(field).to_have_value("三号楼")
    await field.fill("五号楼")
    await field.press("Enter")
    await expect(mine.locator(".words")).to_have_text("五号楼")


async def test_a_chosen_photo_goes_with_the_written_words(world: World, desk: Desk) -> None:
    page = await started(world, desk)
    wang = phone(page, WANG)
    await wang.locator("textarea").fill("我拍的")
    await wang.locator(".icon-attach").click()
    async with page.expect_file_chooser() as chosen:
        await wang.locator('.attach-cell[data-kind="photo"]').click()
    chooser = await chosen.value
    await chooser.set_files(
        {"name": "pipe.png", "mimeType": "image/png", "buffer": samples.picture(80, 60)}
    )
    await wang.locator(".media-photo img").evaluate("image => image.decode()")
    await expect(wang.locator("textarea")).to_have_value("")
    sent = world.person(WANG).messages[-1]
    assert (sent["caption"], sent["photo"][-1]["width"]) == ("我拍的", 80)


async def test_a_request_for_the_phone_number_asks_first(
    world: World, bot: BotHands, desk: Desk
) -> None:
    page = await started(world, desk)
    wang = phone(page, WANG)
    key = {"text": "告诉手机号", "request_contact": True}
    await bot.say(WANG, "怎么找您？", reply_markup={"keyboard": [[key]]})
    await wang.locator(".reply-key").click()
    await wang.get_by_role("button", name="取消").click()
    assert "contact" not in world.person(WANG).messages[-1]
    await wang.locator(".reply-key").click()
    await wang.get_by_role("button", name="告诉它").click()
    await expect(wang.locator(".contact-card")).to_be_visible()
    assert world.person(WANG).messages[-1]["contact"]["user_id"] == WANG

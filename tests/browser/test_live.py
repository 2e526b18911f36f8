"""What the bot does shows on the phones by itself."""

import pytest
from playwright.async_api import expect

from sandbox.server import serve
from sandbox.world import World
from tests.browser.bot import BotHands
from tests.browser.desk import Desk, bubble, phone, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, EMMA, ZHOU = 1001, 1002, 1006


async def test_a_text_arrives_live_and_is_announced(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    page = await desk.open()
    await bot.say(WANG, "您好，这里是邻里。")
    await expect(words(page, WANG).last).to_have_text("您好，这里是邻里。")
    await expect(page.locator("#announcer")).to_contain_text("王秀英收到：您好，这里是邻里。")
    await expect(words(page, EMMA)).to_have_count(0)


async def test_an_edit_changes_the_message_in_place(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    message_id = await bot.say(WANG, "等人来接")
    await bot.say(WANG, "后面的话")
    page = await desk.open()
    await bot.call(
        "editMessageText", chat_id=WANG, message_id=message_id, text="李强接了", reply_markup=None
    )
    edited = bubble(page, WANG, message_id)
    await expect(edited.locator(".words")).to_have_text("李强接了")
    await expect(edited.locator(".edited")).to_have_text("已修改")
    await expect(words(page, WANG)).to_have_text(["/start", "李强接了", "后面的话"])


async def test_an_edit_lights_up_for_a_moment(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    message_id = await bot.say(WANG, "一")
    page = await desk.open()
    await bot.call("editMessageText", chat_id=WANG, message_id=message_id, text="二")
    await expect(phone(page, WANG).locator(".message.flash .words")).to_have_text("二")


async def test_a_deleted_message_leaves(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    message_id = await bot.say(WANG, "发错了")
    page = await desk.open()
    await expect(words(page, WANG)).to_have_count(2)
    await bot.call("deleteMessage", chat_id=WANG, message_id=message_id)
    await expect(words(page, WANG)).to_have_text(["/start"])


async def test_typing_shows_until_the_message_comes(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    page = await desk.open()
    await bot.call("sendChatAction", chat_id=WANG, action="typing")
    typing = phone(page, WANG).locator(".typing")
    await expect(typing).to_be_visible()
    await bot.say(WANG, "来了")
    await expect(typing).to_be_hidden()


async def test_messages_out_of_view_are_counted_on_the_strip(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(ZHOU).start()
    page = await desk.open()
    await bot.say(ZHOU, "第一件")
    await bot.say(ZHOU, "第二件")
    tab = page.locator(f'.tab[data-tab="{ZHOU}"]')
    await expect(tab.locator(".badge [aria-hidden]")).to_have_text("2")
    await tab.click()
    await expect(phone(page, ZHOU)).to_be_in_viewport(ratio=0.9)
    await expect(tab.locator(".badge")).to_have_count(0)


async def test_the_page_finds_its_way_back_after_the_sandbox_was_away(
    world: World, bot: BotHands, desk: Desk
) -> None:
    async with serve(world) as url:
        away = desk.elsewhere(url)
        page = await away.open()
    await expect(page.locator("#link")).to_have_attribute("data-state", "lost")
    world.person(WANG).start()
    await bot.say(WANG, "你不在时说的")
    async with serve(world, port=int(url.rpartition(":")[2])):
        await expect(page.locator("#link")).to_have_attribute("data-state", "live")
        await expect(words(page, WANG)).to_have_text(["/start", "你不在时说的"])
        await away.close()
    assert away.troubles == []


async def test_an_album_hangs_together(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    file_id = world.person(WANG).send_photo()["photo"][-1]["file_id"]
    page = await desk.open()
    media = [{"type": "photo", "media": file_id} for _ in range(3)]
    media[0]["caption"] = "上周义诊"
    await bot.call("sendMediaGroup", chat_id=WANG, media=media)
    album = phone(page, WANG).locator(".message.in")
    await expect(album).to_have_count(1)
    await expect(album.locator(".album img")).to_have_count(3)
    await expect(album.locator(".words")).to_have_text("上周义诊")

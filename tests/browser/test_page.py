"""The page around the phones: clock, newcomers, languages, screens, faults."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from sandbox.world import World
from tests.browser.bot import BotHands
from tests.browser.desk import PHONE, Desk, phone, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, EMMA, LI, CHEN = 1001, 1002, 1003, 1004


async def test_the_clock_button_moves_time(world: World, desk: Desk) -> None:
    page = await desk.open()
    before = world.clock.now()
    shown = page.locator(".clock-day")
    today = await shown.text_content()
    await page.get_by_role("button", name="+1 天").click()
    await expect(shown).not_to_have_text(str(today))
    moved = world.clock.now() - before
    assert timedelta(days=1) <= moved < timedelta(days=1, minutes=5)


async def test_the_clock_follows_other_hands(world: World, desk: Desk) -> None:
    page = await desk.open()
    today = await page.locator(".clock-day").text_content()
    world.advance(timedelta(days=7).total_seconds())
    await expect(page.locator(".clock-day")).not_to_have_text(str(today))


async def test_days_are_set_apart(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    world.advance(timedelta(days=1).total_seconds())
    await bot.say(WANG, "第二天")
    page = await desk.open()
    days = phone(page, WANG).locator(".day")
    await expect(days).to_have_count(2)
    await expect(days.last).to_contain_text("今天")


async def test_a_newcomer_gets_a_phone(world: World, desk: Desk) -> None:
    page = await desk.open()
    await page.get_by_role("button", name="添加邻居").click()
    await page.get_by_label("名字").fill("Olga")
    await page.get_by_label("手机语言").select_option("en")
    await page.get_by_role("button", name="递上手机").click()
    new = next(person for person in world.phones.values() if person.first_name == "Olga")
    await expect(phone(page, new.id)).to_be_in_viewport(ratio=0.9)
    await expect(phone(page, new.id).locator(".start-button")).to_be_visible()
    assert new.language_code == "en"


@pytest.mark.parametrize(
    ("locale", "title"),
    [("zh-CN", "制造麻烦"), ("en-US", "Make trouble"), ("fr-FR", "制造麻烦")],
)
async def test_the_page_guesses_the_readers_language(desk: Desk, locale: str, title: str) -> None:
    page = await desk.open(locale=locale)
    await expect(page.locator("#trouble")).to_have_text(title)


async def test_the_language_button_changes_everything_in_place(world: World, desk: Desk) -> None:
    world.person(WANG).start()
    page = await desk.open()
    await phone(page, WANG).locator("textarea").fill("写了一半")
    await page.locator("#language").click()
    await expect(page.locator("#trouble")).to_have_text("Make trouble")
    await expect(phone(page, WANG).locator(".role")).to_have_text("Resident")
    await expect(phone(page, WANG).locator("textarea")).to_have_value("写了一半")
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_both_catalogues_have_the_same_keys(desk: Desk) -> None:
    page = await desk.open()
    keys = await page.evaluate(
        """async () => {
          const { CATALOGUES } = await import("/static/js/strings.js");
          return [Object.keys(CATALOGUES.zh), Object.keys(CATALOGUES.en)];
        }"""
    )
    assert keys[0] == keys[1]


async def test_several_phones_stand_side_by_side_on_a_laptop(desk: Desk) -> None:
    page = await desk.open()
    for person_id in (WANG, EMMA, LI, CHEN):
        await expect(phone(page, person_id)).to_be_in_viewport(ratio=0.98)


async def test_one_phone_at_a_time_on_a_phone(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(EMMA).start()
    page = await desk.open(PHONE, locale="en-GB")
    await expect(phone(page, WANG)).to_be_visible()
    await expect(phone(page, EMMA)).to_be_hidden()
    await bot.say(EMMA, "Welcome!")
    tab = page.locator(f'.tab[data-tab="{EMMA}"]')
    await expect(tab.locator(".badge [aria-hidden]")).to_have_text("1")
    await tab.click()
    await expect(phone(page, WANG)).to_be_hidden()
    await expect(words(page, EMMA).last).to_be_in_viewport()
    await expect(tab.locator(".badge")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


async def test_the_tools_unfold_on_a_phone(desk: Desk) -> None:
    page = await desk.open(PHONE)
    await expect(page.locator("#clock")).to_be_hidden()
    await page.locator("#tools").click()
    await expect(page.get_by_role("button", name="+1 小时")).to_be_in_viewport(ratio=1)


async def test_trouble_is_armed_and_cleared(world: World, desk: Desk) -> None:
    page = await desk.open()
    await page.locator("#trouble").click()
    await page.locator('[data-fault="error"]').click()
    await expect(page.locator(".page-notices .toast")).to_contain_text("服务器错误")
    assert [rule.action for rule in world.faults.rules] == ["server_error"]
    await page.get_by_role("button", name="恢复正常").click()
    await expect(page.locator(".page-notices .toast").last).to_have_text("一切恢复正常")
    assert world.faults.rules == []


async def test_every_control_has_a_name(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    world.person(WANG).send_photo()
    world.person(WANG).send_voice()
    await bot.say(WANG, "好", reply_markup={"keyboard": [["求助"]]})
    page = await desk.open()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, input:not([type=file]), textarea")]
          .filter((node) => !node.closest("label"))
          .filter((node) => !(node.getAttribute("aria-label") || node.textContent).trim())
          .map((node) => node.outerHTML)"""
    )
    assert nameless == []


async def test_a_phone_can_be_used_by_keyboard_alone(
    world: World, bot: BotHands, desk: Desk
) -> None:
    world.person(WANG).start()
    await bot.say(WANG, "第一")
    page = await desk.open()
    await phone(page, WANG).locator(".timeline").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(phone(page, WANG).locator(".compose-context")).to_contain_text("回复：第一")
    await page.keyboard.type("知道了")
    await page.keyboard.press("Enter")
    await expect(phone(page, WANG).locator(".quote-words")).to_have_text("第一")

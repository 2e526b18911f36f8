"""Names and texts are foreign matter: shown letter by letter, never obeyed."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.world import World
from tests.browser.bot import BotHands
from tests.browser.desk import Desk, bubble, phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG = 1001
MARKUP = '<img src=x onerror="window.caught=1"><script>window.caught=1</script>"\'><b>x</b>'


async def untouched(page: Page) -> bool:
    """Whether no foreign script ran and no foreign element came to be."""
    return bool(
        await page.evaluate(
            "() => window.caught === undefined"
            " && !document.querySelector('img[src=x], .phone script, .tab b, .phone-names b')"
        )
    )


async def test_a_hostile_name_is_only_a_name(world: World, bot: BotHands, desk: Desk) -> None:
    page = await desk.open()
    person = world.add_person(MARKUP[:64], "\u202e反过来")
    name = phone(page, person.id).locator("h2 bdi").first
    await expect(name).to_contain_text("<img src=x")
    person.start()
    await bot.say(person.id, f"你好，{MARKUP}")
    await expect(phone(page, person.id).locator(".words").last).to_have_text(f"你好，{MARKUP}")
    assert await untouched(page)


async def test_a_hostile_text_button_and_toast(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    page = await desk.open()
    world.person(WANG).send_text(MARKUP)
    key = {"text": MARKUP, "callback_data": "x"}
    await bot.say(WANG, MARKUP, reply_markup={"inline_keyboard": [[key]]})
    await phone(page, WANG).locator(".inline-key").click()
    query = await bot.callback_query()
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text=MARKUP)
    await expect(phone(page, WANG).locator(".toast")).to_have_text(MARKUP)
    assert await untouched(page)


async def test_formatting_is_drawn_by_its_entities(world: World, bot: BotHands, desk: Desk) -> None:
    world.person(WANG).start()
    page = await desk.open()
    text = (
        "😀 <b>粗<i>斜</i></b> <code>a&lt;b</code> <tg-spoiler>门码 4471</tg-spoiler>"
        ' <a href="https://example.org/">网</a>\n<blockquote>引</blockquote>'
    )
    message_id = await bot.say(WANG, text, parse_mode="HTML")
    shown = bubble(page, WANG, message_id).locator(".words")
    await expect(shown.locator("strong")).to_have_text("粗斜")
    await expect(shown.locator("strong em")).to_have_text("斜")
    await expect(shown.locator("code")).to_have_text("a<b")
    await expect(shown.locator("blockquote")).to_have_text("引")
    link = shown.locator("a")
    await expect(link).to_have_attribute("href", "https://example.org/")
    await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    await shown.locator(".spoiler").click()
    await expect(shown).to_contain_text("门码 4471")
    await expect(shown.locator(".spoiler")).to_have_count(0)


async def test_a_script_address_is_no_link(desk: Desk) -> None:
    page = await desk.open()
    verdicts: dict[str, Any] = await page.evaluate(
        """async () => {
          const { safeHref } = await import("/static/js/links.js");
          const tries = ["javascript:alert(1)", " JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd",
            "java\\tscript:alert(1)", "https://example.org", "example.org/a", "tg://resolve?domain=x"];
          return Object.fromEntries(tries.map((text) => [text, safeHref(text)]));
        }"""
    )
    followed = {text for text, href in verdicts.items() if href is not None}
    assert followed == {"https://example.org", "example.org/a", "tg://resolve?domain=x"}


async def test_overlapping_and_wild_entities_lose_no_letter(desk: Desk) -> None:
    page = await desk.open()
    text = await page.evaluate(
        """async () => {
          const { renderText } = await import("/static/js/entities.js");
          const entities = [
            { type: "bold", offset: 0, length: 4 }, { type: "italic", offset: 2, length: 4 },
            { type: "underline", offset: 5, length: 99 }, { type: "code", offset: 40, length: 2 },
            { type: "no_such_kind", offset: 1, length: 2 }, { type: "bold", offset: 3, length: 0 },
          ];
          return renderText("abcdefghij", entities, {}).textContent;
        }"""
    )
    assert text == "abcdefghij"

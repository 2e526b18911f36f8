"""The sandbox's page under a test's eyes and hands."""

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

LAPTOP = (1440, 900)
PHONE = (390, 844)


class Desk:
    """Opens pages; `troubles` gathers script errors and breaches of the content policy."""

    def __init__(self, browser: Browser, sandbox_url: str) -> None:
        self._browser = browser
        self._url = sandbox_url
        self._contexts: list[BrowserContext] = []
        self.troubles: list[str] = []

    async def open(self, size: tuple[int, int] = LAPTOP, locale: str = "zh-CN") -> Page:
        """The page, connected and live, on a screen of `size` (CSS pixels)."""
        context = await self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=locale
        )
        self._contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._hear)
        await page.goto(self._url)
        await expect(page.locator("#link")).to_have_attribute("data-state", "live")
        return page

    def elsewhere(self, sandbox_url: str) -> "Desk":
        """The same browser before another sandbox."""
        return Desk(self._browser, sandbox_url)

    async def close(self) -> None:
        """Close every page that was opened."""
        for context in self._contexts:
            await context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        refused = "Content Security Policy" in message.text
        if message.type == "error" and (refused or "Uncaught" in message.text):
            self.troubles.append(message.text)


def phone(page: Page, person_id: int) -> Locator:
    """A person's phone."""
    return page.locator(f'.phone[data-chat="{person_id}"]')


def bubble(page: Page, person_id: int, message_id: int) -> Locator:
    """One message on a person's phone."""
    return phone(page, person_id).locator(f'.message[data-message="{message_id}"]')


def words(page: Page, person_id: int) -> Locator:
    """The texts of all messages on a person's phone."""
    return phone(page, person_id).locator(".words")

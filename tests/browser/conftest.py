"""Fixtures of the browser tests: Chromium, a sandbox, a bot's hands, pages that must stay sound.

All of it lives in one event loop for the session, so that the browser starts once.
"""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from sandbox.server import serve
from sandbox.world import World
from tests.browser.bot import BotHands
from tests.browser.desk import Desk

CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
"""How long an expectation may take on a busy machine; it ends as soon as it is met."""


def chromium_path(own: str) -> str:
    """Chromium's executable, the system's or else Playwright's own; none fails the test."""
    for name in ("chromium", "chromium-browser", "google-chrome", own):
        path = shutil.which(name)
        if path:
            return path
    pytest.fail("browser tests need Chromium on PATH; on Debian: apt-get install chromium")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One headless Chromium for the run."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(playwright.chromium.executable_path), args=CHROMIUM_ARGS
        )
        yield browser
        await browser.close()


@pytest.fixture
def world() -> World:
    """The demo community, nobody having started the bot."""
    return World()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox_url(world: World) -> AsyncIterator[str]:
    """Where that world is served."""
    async with serve(world) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sandbox_url: str) -> AsyncIterator[BotHands]:
    """The bot's side of the conversation, call by call."""
    async with BotHands(sandbox_url) as hands:
        yield hands


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, sandbox_url: str) -> AsyncIterator[Desk]:
    """Opens pages, and fails the test if one of them had an error in its script."""
    desk = Desk(browser, sandbox_url)
    yield desk
    await desk.close()
    assert desk.troubles == []

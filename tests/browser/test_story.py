"""What a newcomer sees after `make run`: one request goes all the way round, in the browser."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.desk import Desk, phone
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 30.0
WANG, EMMA, LI, CHEN, ZHAO = 1001, 1002, 1003, 1004, 1005


async def answers(url: str) -> None:
    """Wait until the page is served."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(START_SECONDS):
        while True:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


@pytest_asyncio.fixture(loop_scope="session")
async def running(tmp_path: Path) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The process that `make run` starts, in an empty folder with nothing set."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SANDBOX_PORT": str(port)},
    )
    try:
        await answers(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def tap(page: Page, person: int, label: str) -> None:
    """Tap the newest button with a label."""
    await phone(page, person).locator(".inline-key", has_text=label).last.click()


async def choose(page: Page, person: int, label: str) -> None:
    """Tap a key of the menu below the chat."""
    await phone(page, person).get_by_role("button", name=label, exact=True).click()


async def sees(page: Page, person: int, text: str) -> None:
    """Wait until the newest message with these words is on the phone."""
    await expect(phone(page, person).locator(".words", has_text=text).last).to_be_visible()


async def test_a_request_goes_all_the_way_round(
    browser: Browser, running: tuple[str, asyncio.subprocess.Process]
) -> None:
    url, process = running
    desk = Desk(browser, url)
    page = await desk.open()
    await sees(page, WANG, "王秀英，您好")
    await choose(page, WANG, "求助")
    await tap(page, WANG, "修理搬抬")
    await tap(page, WANG, "水管")
    await sees(page, WANG, "您慢慢说")
    writing = phone(page, WANG).locator("textarea")
    await writing.fill("厨房水龙头一直滴水")
    await writing.press("Enter")
    await tap(page, WANG, "越快越好")
    await tap(page, WANG, "发送")
    await sees(page, WANG, "您的求助号")

    await sees(page, LI, "为什么问您")
    await sees(page, CHEN, "为什么问您")
    await tap(page, LI, "我来帮")
    await sees(page, CHEN, "李强已经接下了")
    await sees(page, WANG, "李强会来帮您")
    await tap(page, LI, "门牌和电话")
    await sees(page, LI, "2单元301室")
    await expect(phone(page, CHEN).get_by_text("301室")).to_have_count(0)

    await tap(page, LI, "收起")
    await sees(page, LI, "门牌和电话已经收起")
    await expect(phone(page, LI).get_by_text("301室")).to_have_count(0)
    await tap(page, LI, "我出发了")
    await sees(page, WANG, "出发")
    await tap(page, LI, "办好了")
    await tap(page, LI, "是的，办好了")
    await sees(page, WANG, "解决了吗")
    await tap(page, WANG, "解决了")
    await tap(page, WANG, "非常满意")
    await sees(page, LI, "王秀英说解决了")
    assert desk.troubles == []
    await desk.close()

    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(STOP_SECONDS):
        assert await process.wait() == 0

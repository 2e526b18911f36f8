"""What to try first, and a jump of the clock that stops wherever the bot has something to do."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from sandbox.world import World
from tests.browser.desk import PHONE, Desk, phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, EMMA, LI = 1001, 1002, 1003


async def test_the_lines_lead_to_the_phones(world: World, desk: Desk) -> None:
    for person in (WANG, EMMA, LI):
        world.person(person).start()
    page = await desk.open(PHONE)
    guide = page.locator("#guide")
    await expect(guide.locator(".guide-line")).to_have_count(4)
    await guide.locator('[data-guide="guide.take"]').click()
    await expect(phone(page, LI)).to_be_visible()
    await guide.locator('[data-guide="guide.cry"]').click()
    await expect(phone(page, WANG).locator("textarea")).to_have_value("我摔倒了，起不来")
    assert "摔倒" not in world.person(WANG).messages[-1]["text"]  # it is for the reader to send


async def test_the_lines_follow_the_language(world: World, desk: Desk) -> None:
    world.person(EMMA).start()
    page = await desk.open(locale="en-GB")
    await page.locator('[data-guide="guide.cry"]').click()
    await expect(phone(page, EMMA).locator("textarea")).to_have_value("I fell and cannot get up")


async def test_the_lines_stay_away_once_closed_until_asked_for(desk: Desk) -> None:
    page = await desk.open()
    guide = page.locator("#guide")
    await expect(guide).to_be_visible()
    await guide.get_by_role("button", name="收起提示").click()
    await expect(guide).to_be_hidden()
    await page.reload()
    await expect(page.locator("#link")).to_have_attribute("data-state", "live")
    await expect(guide).to_be_hidden()
    await page.get_by_role("button", name="试试看").click()
    await expect(guide).to_be_visible()


class Hourly:
    """Has something to do at each full hour of the sandbox's clock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stops: list[datetime] = []

    async def settle(self) -> None:
        self.stops.append(self.world.clock.now())

    async def next_due(self) -> datetime:
        now = self.world.clock.now()
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


async def test_a_day_goes_by_stop_by_stop(world: World, desk: Desk) -> None:
    companion = Hourly(world)
    world.companion = companion
    page = await desk.open()
    begins = world.clock.now()
    await page.get_by_role("button", name="+1 天").click()
    await expect(page.locator(".toast")).to_contain_text("时间已拨到")
    assert world.clock.now() - begins >= timedelta(days=1)
    assert len({stop.replace(minute=0, second=0, microsecond=0) for stop in companion.stops}) >= 24
    await expect(page.locator(".clock-way")).to_be_hidden()
    await expect(page.get_by_role("button", name="+1 天")).to_be_enabled()


async def test_a_long_jump_ends_before_it_takes_for_ever(world: World, desk: Desk) -> None:
    class Restless(Hourly):
        async def next_due(self) -> datetime:
            return self.world.clock.now() + timedelta(seconds=1)

    world.companion = Restless(world)
    page = await desk.open()
    begins = world.clock.now()
    await page.get_by_role("button", name="+1 天").click()
    await expect(page.locator(".toast")).to_contain_text("再点一下接着走")
    assert world.clock.now() - begins < timedelta(days=1)

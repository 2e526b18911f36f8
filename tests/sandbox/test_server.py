"""Serving: beside a bot that never stops polling, and again after the end."""

import asyncio

import aiohttp

from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World
from tests.waiting import until

POLL_SECONDS = 50
"""How long a poll of the bot hangs where nothing comes."""


async def poll_for_ever(url: str, polls: list[int]) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.post(
                f"{url}/bot{DEMO_TOKEN}/getUpdates", json={"timeout": POLL_SECONDS}
            ) as answer:
                polls.append(answer.status)


async def test_the_server_ends_before_the_poll_beside_it_would() -> None:
    world = World()
    polls: list[int] = []
    async with asyncio.timeout(POLL_SECONDS - 5), serve(world) as url:
        poller = asyncio.create_task(poll_for_ever(url, polls))
        await until(lambda: world.bot.queue.is_polled)
    [failure] = await asyncio.gather(poller, return_exceptions=True)
    assert isinstance(failure, aiohttp.ClientConnectionError)
    assert polls[0] == 200


async def test_one_world_can_be_served_again() -> None:
    world = World()
    async with serve(world):
        world.person(1001).start()
    async with (
        serve(world) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/bot{DEMO_TOKEN}/getUpdates") as answer,
    ):
        assert len((await answer.json())["result"]) == 1

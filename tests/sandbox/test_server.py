"""Serving: beside a bot that never stops polling, and again after the end."""

import asyncio
import time

import aiohttp

from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World


async def poll_for_ever(url: str, polls: list[int]) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.post(
                f"{url}/bot{DEMO_TOKEN}/getUpdates", json={"timeout": 30}
            ) as answer:
                polls.append(answer.status)


async def test_the_server_ends_at_once_beside_a_poller() -> None:
    world = World()
    polls: list[int] = []
    async with serve(world) as url:
        poller = asyncio.create_task(poll_for_ever(url, polls))
        async with asyncio.timeout(5):
            while not world.bot.queue.is_polled:  # noqa: ASYNC110  # the queue tells nobody of it
                await asyncio.sleep(0)
        began = time.monotonic()
    assert time.monotonic() - began < 2
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

"""A served world, and three ways to talk to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World


@dataclass
class Raw:
    """Bot API calls by hand; the answer's body with its HTTP status checked against it."""

    url: str
    session: aiohttp.ClientSession

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/bot{DEMO_TOKEN}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def error(self, method: str, **params: Any) -> str:
        body = await self(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def result(self, method: str, **params: Any) -> Any:
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def page(self, path: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}/sandbox/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


@pytest.fixture
def world() -> World:
    return World(webhook_retry_s=0.02)


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    async with serve(world) as base:
        yield base


@pytest.fixture
async def raw(url: str) -> AsyncIterator[Raw]:
    async with aiohttp.ClientSession() as session:
        yield Raw(url, session)


@pytest.fixture
async def aiogram_bot(url: str) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot(DEMO_TOKEN, session=session) as bot:
        yield bot


@pytest.fixture
async def ptb_bot(url: str) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(
        DEMO_TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot"
    ) as bot:
        yield bot


@pytest.fixture
def elder(world: World) -> Any:
    """Somebody who has started the bot, which has not heard of it yet by an update."""
    person = world.person(1001)
    person.start()
    world.bot.queue.clear()
    return person

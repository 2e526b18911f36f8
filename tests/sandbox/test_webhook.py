"""Delivery to a webhook: secret, order, retries, calls in the answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox.person import Person
from sandbox.world import World
from tests.sandbox.conftest import Raw


class Receiver:
    """A bot's web server: keeps what came and answers what it is told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.failures = 0
        self.reply: dict[str, Any] | None = None
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update = await request.json()
        if self.failures:
            self.failures -= 1
            self.world.events.emit({"type": "refused"})
            return web.Response(status=500)
        self.updates.append(update)
        self.world.events.emit({"type": "received"})
        return web.json_response(self.reply) if self.reply else web.Response()

    async def count(self, number: int) -> None:
        await self.world.until(lambda: len(self.updates) >= number)


@pytest.fixture
async def receiver(world: World) -> AsyncIterator[Receiver]:
    receiver = Receiver(world)
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await world.bot.stop_webhook()
    await runner.cleanup()


async def test_updates_come_with_the_secret(raw: Raw, elder: Person, receiver: Receiver) -> None:
    elder.send_text("before")
    await raw.result("setWebhook", url=receiver.url, secret_token="s3cret-_")
    elder.send_text("after")
    await receiver.count(2)
    assert [update["message"]["text"] for update in receiver.updates] == ["before", "after"]
    assert receiver.secrets == ["s3cret-_"] * 2
    info = await raw.result("getWebhookInfo")
    assert info["url"] == receiver.url
    assert info["max_connections"] == 40


async def test_a_failed_delivery_is_repeated_in_order(
    raw: Raw, elder: Person, receiver: Receiver
) -> None:
    receiver.failures = 2
    await raw.result("setWebhook", url=receiver.url)
    for text in ("a", "b"):
        elder.send_text(text)
    await receiver.count(2)
    assert [update["message"]["text"] for update in receiver.updates] == ["a", "b"]
    info = await raw.result("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_a_call_in_the_answer_is_carried_out(
    raw: Raw, elder: Person, receiver: Receiver
) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": 1001, "text": "by return"}
    await raw.result("setWebhook", url=receiver.url)
    elder.send_text("hello")
    await elder.world.until(lambda: elder.messages[-1]["text"] == "by return")


async def test_nothing_comes_after_the_webhook_is_deleted(
    raw: Raw, elder: Person, receiver: Receiver
) -> None:
    await raw.result("setWebhook", url=receiver.url)
    elder.send_text("a")
    await receiver.count(1)
    await raw.result("deleteWebhook")
    elder.send_text("b")
    [update] = await raw.result("getUpdates")
    assert update["message"]["text"] == "b"
    assert len(receiver.updates) == 1


async def test_of_several_that_set_the_webhook_at_once_one_delivers(
    raw: Raw, elder: Person, receiver: Receiver
) -> None:
    """Workers that start together each set it: two deliveries would send each update twice."""
    await raw.result("setWebhook", url=receiver.url)
    await asyncio.gather(*(raw.result("setWebhook", url=receiver.url) for _ in range(5)))
    for number in range(10):
        elder.send_text(str(number))
    await receiver.count(10)
    await raw.result("deleteWebhook")
    assert [update["message"]["text"] for update in receiver.updates] == list("0123456789")
    deliveries = [task for task in asyncio.all_tasks() if "_Delivery" in repr(task.get_coro())]
    assert deliveries == []


async def test_what_telegram_keeps_no_more_is_not_delivered(
    raw: Raw, elder: Person, receiver: Receiver
) -> None:
    receiver.failures = 10**6
    await raw.result("setWebhook", url=receiver.url)
    elder.send_text("of yesterday")
    await elder.world.until(lambda: bool(receiver.secrets))
    elder.world.advance(25 * 3600)
    elder.send_text("of today")
    receiver.failures = 0
    await receiver.count(1)
    assert [update["message"]["text"] for update in receiver.updates] == ["of today"]

"""The start outlives whatever Telegram, or a gateway before it, answers."""

import asyncio

import pytest

from bot.greeting import acquainted
from bot.serve import polling
from bot.settings import Settings, SettingsError
from bot.webhook import webhook
from models.database import Sessions
from sandbox.world import World
from tests.bot.gateway import BAD_ANSWERS, gateway, result, said
from tests.bot.street import Street, open_to, opened
from tests.waiting import until

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("soon_again"),
]

ME = {"id": 7, "is_bot": True, "first_name": "L", "username": "linli_demo_bot"}
REFUSED = said(401, description="Unauthorized")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.insisting.FIRST_WAIT", 0.01)


def good(method: str) -> bytes:
    return result(ME if method == "getMe" else [] if method == "getUpdates" else True)


@pytest.mark.parametrize("kind", BAD_ANSWERS)
async def test_polling_begins_after_any_bad_answers(
    kind: str, world: World, database_url: str, sessions: Sessions
) -> None:
    def answers(method: str, before: int) -> bytes:
        return BAD_ANSWERS[kind] if before < 2 else good(method)

    async with gateway(answers) as (url, telegram):
        settings = open_to({"telegram_api_url": url, "database_url": database_url})
        async with opened(world, settings, sessions) as street:
            stopping = asyncio.Event()
            async with acquainted(street.house, again_seconds=0.01):
                task = asyncio.create_task(polling(street.house, stopping))
                await until(lambda: telegram.calls.count("getUpdates") >= 3)
                await until(lambda: street.house.turn.bot_username == "linli_demo_bot")
                await until(lambda: telegram.calls.count("setMyCommands") >= 3)
                stopping.set()
                await task
    assert telegram.calls.count("deleteWebhook") == 3


@pytest.mark.parametrize("kind", BAD_ANSWERS)
async def test_the_webhook_is_set_after_any_bad_answers(
    kind: str, world: World, database_url: str, sessions: Sessions
) -> None:
    def answers(method: str, before: int) -> bytes:
        return BAD_ANSWERS[kind] if before < 2 else good(method)

    async with gateway(answers) as (url, telegram):
        stopping = asyncio.Event()
        async with opened(world, hooked(url, database_url), sessions) as street:
            task = asyncio.create_task(webhook(street.house, stopping))
            await until(lambda: telegram.calls.count("setWebhook") == 3)
            stopping.set()
            await task


@pytest.mark.parametrize("method", ["deleteWebhook", "getUpdates"])
async def test_a_refused_token_ends_the_polling(
    method: str, world: World, database_url: str, sessions: Sessions
) -> None:
    def answers(called: str, _before: int) -> bytes:
        return REFUSED if called == method else good(called)

    async with gateway(answers) as (url, _):
        settings = open_to({"telegram_api_url": url, "database_url": database_url})
        async with opened(world, settings, sessions) as street:
            with pytest.raises(SettingsError, match="BOT_TOKEN"):
                await polling(street.house, asyncio.Event())


@pytest.mark.parametrize(
    ("answer", "setting"),
    [(REFUSED, "BOT_TOKEN"), (said(400, description="Bad Request: bad webhook"), "WEBHOOK_URL")],
)
async def test_a_wrong_setting_ends_the_webhook(
    answer: bytes, setting: str, world: World, database_url: str, sessions: Sessions
) -> None:
    async with (
        gateway(lambda *_: answer) as (url, _),
        opened(world, hooked(url, database_url), sessions) as street,
    ):
        with pytest.raises(SettingsError, match=setting):
            await webhook(street.house, asyncio.Event())


async def test_the_start_can_be_stopped_while_telegram_is_away(street: Street) -> None:
    street.world.faults.server_error(times=None, method="deleteWebhook")
    stopping = asyncio.Event()
    task = asyncio.create_task(polling(street.house, stopping))
    await until(lambda: len(street.calls("deleteWebhook")) > 2)
    stopping.set()
    await task
    assert street.calls("getUpdates") == []


async def test_a_wait_asked_for_is_kept_to_its_second(street: Street) -> None:
    for method in ("deleteWebhook", "getUpdates"):
        street.world.faults.too_many_requests(retry_after=1, method=method)
    stopping = asyncio.Event()
    task = asyncio.create_task(polling(street.house, stopping))
    await until(lambda: len(street.calls("getUpdates")) >= 2)
    stopping.set()
    await task
    for method in ("deleteWebhook", "getUpdates"):
        first, second, *_ = street.calls(method)
        assert second.monotonic - first.monotonic >= 1


def hooked(url: str, database_url: str) -> Settings:
    return open_to(
        {"telegram_api_url": url, "database_url": database_url},
        webhook_url="https://127.0.0.1/",
        webhook_secret="s3cret",
        webhook_port=0,
    )

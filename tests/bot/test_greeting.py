"""Getting acquainted: Telegram tells who we are when it can, and no turn waits for that."""

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.greeting import acquainted
from bot.settings import SettingsError
from handlers.people.profile import DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT
from tests.bot.street import Street, message
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_telegram_is_asked_until_it_answers(street: Street) -> None:
    turn, faults = street.house.turn, street.world.faults
    faults.server_error(times=None, method="getMe")
    async with acquainted(street.house, again_seconds=0.01):
        await until(lambda: len(street.calls("getMe")) > 2)
        assert turn.bot_username is None
        faults.clear()
        await until(lambda: turn.bot_username == "linli_demo_bot")
        await until(lambda: street.calls("setMyCommands"))


async def test_nobody_asks_once_it_has_answered(street: Street) -> None:
    async with acquainted(street.house):
        assert street.house.turn.bot_username == "linli_demo_bot"
    assert len(street.calls("getMe")) == 1


async def test_a_token_that_telegram_does_not_know_is_a_wrong_setting(street: Street) -> None:
    street.world.bots.clear()
    with pytest.raises(SettingsError, match="BOT_TOKEN"):
        async with acquainted(street.house):
            pytest.fail("it went on")


async def test_a_turn_does_not_ask(street: Street) -> None:
    told: list[str | None] = []

    async def hello(message: Message, bot_username: str | None) -> None:
        told.append(bot_username)

    router = Router()
    router.message.register(hello, Command("hello"))
    street.house.dispatcher.sub_routers.insert(0, router)
    await street.take(message(1, "/hello@linli_demo_bot"))
    assert street.calls("getMe") == []
    async with acquainted(street.house):
        await street.take(message(2, "/hello@linli_demo_bot", 2))
        await street.take(message(3, "/hello@another_bot", 3))
    assert told == [None, "linli_demo_bot"]


async def test_what_nobody_has_described_is_described_in_both_languages(street: Street) -> None:
    async with acquainted(street.house):
        await until(lambda: street.calls("getChatMenuButton"))
    (own,) = street.world.bots.values()
    assert "求助" in own.profile.descriptions["zh"]
    assert own.profile.descriptions["en"] == own.profile.descriptions[""]
    assert "Ask for help" in own.profile.descriptions["en"]
    assert set(own.profile.short_descriptions) == {"", "zh", "en"}
    assert all(len(text) <= DESCRIPTION_LIMIT for text in own.profile.descriptions.values())
    shorts = own.profile.short_descriptions.values()
    assert all(len(text) <= SHORT_DESCRIPTION_LIMIT for text in shorts)
    told = len(street.calls("setMyDescription"))
    async with acquainted(street.house):
        await until(lambda: len(street.calls("getChatMenuButton")) == 2)
    assert len(street.calls("setMyDescription")) == told == 3


async def test_what_the_operator_has_written_stays(street: Street) -> None:
    (own,) = street.world.bots.values()
    own.profile.descriptions[""] = "桂花社区自己的话"
    own.profile.names[""] = "桂花邻里"
    async with acquainted(street.house):
        await until(lambda: street.calls("getChatMenuButton"))
    assert own.profile.descriptions == {"": "桂花社区自己的话"}
    assert own.profile.names == {"": "桂花邻里"}


async def test_the_bot_works_where_it_cannot_describe_itself(street: Street) -> None:
    for method in ("getMyDescription", "setMyShortDescription", "getChatMenuButton"):
        street.world.faults.server_error(times=None, method=method)
    async with acquainted(street.house):
        assert street.house.turn.bot_username == "linli_demo_bot"

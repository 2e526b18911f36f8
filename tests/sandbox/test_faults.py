"""Misbehaviour comes as ordered, and only then."""

import aiohttp
import pytest
import telegram

from sandbox.person import Person
from sandbox.world import World
from tests.sandbox.conftest import Raw


async def test_an_answer_is_dropped_after_acting(raw: Raw, elder: Person) -> None:
    elder.world.faults.drop_answer(method="sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("sendMessage", chat_id=1001, text="ghost")
    assert elder.messages[-1]["text"] == "ghost"
    [call] = elder.world.calls.since(method="sendMessage")
    assert call.ok
    assert not call.answered
    await raw.result("sendMessage", chat_id=1001, text="seen")


async def test_python_telegram_bot_sees_network_trouble(
    ptb_bot: telegram.Bot, elder: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns of its own attribute
    elder.world.faults.drop_answer()
    with pytest.raises(telegram.error.NetworkError):
        await ptb_bot.send_message(1001, "ghost")
    elder.world.faults.too_many_requests(7)
    with pytest.raises(telegram.error.RetryAfter):
        await ptb_bot.send_message(1001, "late")
    elder.block()
    with pytest.raises(telegram.error.Forbidden):
        await ptb_bot.send_message(1001, "never")


async def test_errors_come_without_acting(raw: Raw, elder: Person) -> None:
    faults = elder.world.faults
    faults.too_many_requests(5, chat_id=1001)
    faults.server_error(502, times=2, method="SENDMESSAGE")
    send = {"chat_id": 1001, "text": "x"}
    before = len(elder.messages)
    assert (await raw("getMe"))["ok"]
    refused = await raw("sendMessage", **send)
    assert refused["parameters"] == {"retry_after": 5}
    assert [(await raw("sendMessage", **send))["error_code"] for _ in "12"] == [502, 502]
    assert len(elder.messages) == before
    assert (await raw("sendMessage", **send))["ok"]


async def test_a_seed_makes_chance_repeatable(world: World) -> None:
    def strikes(seed: int) -> list[bool]:
        world.faults.clear()
        world.faults.reseed(seed)
        world.faults.server_error(times=None).probability = 0.5
        return [bool(world.faults.strike("getMe", 0).error) for _ in range(40)]

    assert strikes(3) == strikes(3) != strikes(4)
    assert 5 < sum(strikes(3)) < 35


async def test_faults_over_http(raw: Raw, elder: Person) -> None:
    await raw.page("faults", action="server_error", status=500, times=None)
    assert (await raw("getMe"))["error_code"] == 500
    await raw.page("faults", action="clear")
    assert (await raw("getMe"))["ok"]
    async with raw.session.post(f"{raw.url}/sandbox/faults", json={"action": "x"}) as answer:
        assert answer.status == 400
    await raw.page("faults", action="block", person_id=1001)
    assert elder.chat.blocked


async def test_updates_repeat_and_change_their_numbers(raw: Raw, elder: Person) -> None:
    elder.send_text("once")
    [first] = await raw.result("getUpdates")
    after = first["update_id"] + 1
    await raw.page("faults", action="repeat_updates")
    assert await raw.result("getUpdates", offset=after) == [first]
    assert await raw.result("getUpdates", offset=after) == []

    await raw.page("faults", action="repeat_updates", new_ids=True)
    [again] = await raw.result("getUpdates", offset=after)
    assert again == {**first, "update_id": after}

    await raw.page("faults", action="renumber_updates", step=5_000)
    elder.send_text("up")
    [up] = await raw.result("getUpdates", offset=after + 1)
    assert up["update_id"] == after + 5_001
    await raw.page("faults", action="renumber_updates", step=-90_000)
    await raw.result("getUpdates", offset=-1)
    elder.send_text("down")
    updates = await raw.result("getUpdates", offset=up["update_id"] + 1)
    assert updates[-1]["update_id"] == up["update_id"] + 1 - 90_000


async def test_an_update_nobody_can_parse(raw: Raw, elder: Person) -> None:
    await raw.page("faults", action="inject_update", update={"message": {"text": 5}})
    elder.send_text("fine")
    broken, fine = await raw.result("getUpdates")
    assert broken["message"] == {"text": 5}
    assert fine["update_id"] == broken["update_id"] + 1

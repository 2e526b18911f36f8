"""A graceful stop: turns in hand are finished, calls in flight are recorded."""

import asyncio

import pytest

from bot.app import working
from bot.receive import POLL_SECONDS
from bot.settings import SettingsError
from tests.bot.street import A, B, Street, living, message
from tests.waiting import until


async def test_the_calls_in_flight_are_recorded(street: Street) -> None:
    street.world.faults.delay(0.4, method="sendMessage")
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await until(lambda: len(street.calls("sendMessage")) == 1)
    assert await street.states() == ["sent"]


async def test_the_turns_in_hand_are_finished_and_acknowledged(street: Street) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slowly(handler, event, data):  # type: ignore[no-untyped-def]  # aiogram's own shape
        begun.set()
        await may_end.wait()
        return await handler(event, data)

    street.house.dispatcher.message.middleware(slowly)
    async with working(street.house):
        street.world.person(A).send_text("one")
        street.world.person(B).send_text("two")
        poller = street.house.poller(poll_seconds=1)
        polling = asyncio.create_task(poller.run())
        await begun.wait()
        poller.stop()
        may_end.set()
        await polling
    assert sorted(await street.facts()) == ["one", "two"]
    assert len(street.world.bot.queue) == 0


async def test_a_wrong_setting_found_at_work_is_raised_as_itself(street: Street) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_PORT"):
        async with working(street.house):
            raise SettingsError("WEBHOOK_PORT: taken")


async def test_a_stop_while_waiting_for_updates_is_quick(street: Street) -> None:
    poller = street.house.poller(poll_seconds=POLL_SECONDS)
    polling = asyncio.create_task(poller.run())
    await until(lambda: len(street.calls("getUpdates")) > 0)
    poller.stop()
    async with asyncio.timeout(POLL_SECONDS - 5):
        await polling

"""A graceful stop: turns in hand are finished, calls in flight are recorded."""

import asyncio
import itertools

import pytest

from bot.app import working
from bot.receive import POLL_SECONDS
from bot.serve import polling
from bot.settings import SettingsError
from models.database import Sessions
from sandbox.world import World
from tests.bot.street import A, B, Street, living, message, open_to, opened
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


PEOPLE = range(2001, 2031)
ROUNDS = ("one", "two", "three", "four", "five")
LATE = "late"


def say(world: World, *rounds: str) -> None:
    """Let everybody say something, in rounds."""
    for word in rounds:
        for who in PEOPLE:
            world.person(who).send_text(f"{who} {word}")


@pytest.mark.parametrize("after", [1, 50, 120])
async def test_what_thirty_people_write_meanwhile_is_handled_once_or_waits(
    world: World, url: str, database_url: str, sessions: Sessions, after: int
) -> None:
    """Stop in the middle of a full batch, people writing on; a second bot takes what waits."""
    settings = open_to({"telegram_api_url": url, "database_url": database_url})
    for who in PEOPLE:
        world.add_person(f"P{who}", person_id=who).chat.started = True
    async with opened(world, settings, sessions) as street:
        stopping, begun = asyncio.Event(), itertools.count(1)

        async def stops(handler, event, data):  # type: ignore[no-untyped-def]  # aiogram's own shape
            if next(begun) == after:
                say(world, LATE)
                stopping.set()
            return await handler(event, data)

        street.house.dispatcher.message.middleware(stops)
        say(world, *ROUNDS)
        async with working(street.house):
            await polling(street.house, stopping)
        taken = await street.facts()
    all_said = [f"{who} {word}" for word in (*ROUNDS, LATE) for who in PEOPLE]
    assert len(set(taken)) + len(world.bot.queue) == len(all_said), "each is taken, or waits"
    assert after <= len(taken) == len(set(taken))
    assert len(world.bot.queue) >= len(PEOPLE), "what came late was not asked for any more"
    async with opened(world, settings, sessions) as street, living(street):
        await until(lambda: not world.bot.queue)
        await street.all_sent()
        facts = await street.facts()
    for who in PEOPLE:
        wrote = [f"{who} {word}" for word in (*ROUNDS, LATE)]
        assert [word for word in facts if word.startswith(f"{who}")] == wrote
        assert street.told(who) == [f"heard {word}" for word in wrote]


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

"""Who sends more than a hand can is put off alone, once told so; a cry for help always passes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.door import admit
from bot.floods import Floods, Passage
from bot.serve import run
from bot.settings import Settings
from bot.turn import TurnOutcome
from handlers.callbacks import Button
from handlers.help.callbacks import CallNow
from handlers.i18n import CHINESE, gettext, speaking
from handlers.people.menu import ALARM
from models.database import Sessions
from models.policy.floods import MINUTE, FloodPolicy, Pace
from sandbox.world import World
from tests.bot.street import A, B, Street, message, open_to, opened, tap
from tests.conftest import NOON
from tests.statements import statements
from tests.waiting import until

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
with speaking(CHINESE):
    ALARM_IN_CHINESE = gettext(ALARM)
MOST = FloodPolicy().most_a_minute
SECOND = timedelta(seconds=1)


class Hands:
    """People who write, each update with a number and an instant of its own."""

    def __init__(self, street: Street, now: list[datetime]) -> None:
        self.street = street
        self.now = now
        self.number = 0

    def at(self, when: datetime) -> None:
        """Let it be another time."""
        self.now[0] = when

    async def write(
        self, text: str, who: int = A, sent: datetime | None = None, **more: Any
    ) -> TurnOutcome:
        """Send a message, now or at another time."""
        self.number += 1
        date = int((sent or self.now[0]).timestamp())
        raw = message(self.number, text, self.number, who, **{"date": date, **more})
        return await self.street.take(raw)

    async def tap(self, data: str, who: int = A) -> TurnOutcome:
        """Tap a button."""
        self.number += 1
        return await self.street.take(tap(self.number, data, f"q{self.number}", who))

    async def flood(self) -> None:
        """Write as much as is taken, and the one too many."""
        for number in range(MOST):
            assert await self.write(f"{number}") is TurnOutcome.HANDLED
        assert await self.write("one too many") is TurnOutcome.HELD


@pytest.fixture
async def hands(
    world: World, url: str, database_url: str, sessions: Sessions
) -> AsyncIterator[Hands]:
    """A street that holds floods, at an hour that the test says."""
    now = [NOON]
    settings = open_to({"telegram_api_url": url, "database_url": database_url})
    house = {"clock": lambda: now[0], "holds_floods": True}
    async with opened(world, settings, sessions, **house) as street:
        yield Hands(street, now)


async def said(hands: Hands) -> list[str]:
    """List what was said of writing slowly: the texts of messages and of alerts."""
    rows = [row.payload or {} for row in await hands.street.rows()]
    return [row["text"] for row in rows if row.get("text", "").startswith("Slowly")]


@ON_SQLITE
async def test_a_flood_is_told_once_costs_nothing_and_nobody_waits(hands: Hands) -> None:
    """Of two who write in turns, one as fast as a machine: the other's turns are as ever."""
    flooder, other, told = [], [], []
    for number in range(3 * MOST):
        with statements(hands.street.house.sessions) as of_flooder:
            flooder.append(await hands.write(f"flood {number}"))
        told.append(len(of_flooder))
        if number % 10 == 0:
            with statements(hands.street.house.sessions) as of_other:
                other.append((await hands.write(f"hello {number}", B), len(of_other)))
    assert flooder == [TurnOutcome.HANDLED] * MOST + [TurnOutcome.HELD] * 2 * MOST
    assert sum(told[MOST + 1 :]) == 0 < told[MOST] <= told[MOST - 1]
    assert set(other[1:]) == {(TurnOutcome.HANDLED, told[1])}
    assert await said(hands) == [SLOWLY]
    assert [word for word in await hands.street.facts() if word.startswith("hello")] == [
        f"hello {number}" for number in range(0, 3 * MOST, 10)
    ]


SLOWLY = (
    "Slowly, please: that is more than I can read. This, and what you send in the next minute, "
    "is not read; send it again after that. “Help!” in writing, and 🆘, always get through."
)


@ON_SQLITE
async def test_after_a_minute_all_is_as_before(hands: Hands) -> None:
    await hands.flood()
    hands.at(NOON + MINUTE - SECOND)
    assert await hands.write("too soon") is TurnOutcome.HELD
    hands.at(NOON + MINUTE)
    await hands.flood()
    assert await said(hands) == [SLOWLY, SLOWLY]


@ON_SQLITE
@pytest.mark.parametrize(
    "words", ["救命", "我摔倒了起不来", "help!", "🆘 Emergency", ALARM_IN_CHINESE, "不想活了"]
)
async def test_a_cry_passes_and_what_follows_it_is_read(hands: Hands, words: str) -> None:
    await hands.flood()
    assert await hands.write("not this") is TurnOutcome.HELD
    assert await hands.write(words) is TurnOutcome.HANDLED
    assert await hands.write("door 301") is TurnOutcome.HANDLED
    assert (await hands.street.facts())[MOST:] == [words, "door 301"]


@ON_SQLITE
async def test_so_does_a_cry_that_is_the_one_too_many(hands: Hands) -> None:
    for number in range(MOST):
        await hands.write(f"{number}")
    assert await hands.write("救命") is TurnOutcome.HANDLED
    assert await said(hands) == []


@ON_SQLITE
async def test_a_tap_that_calls_for_help_passes_and_another_is_answered_once(hands: Hands) -> None:
    for number in range(MOST):
        assert await hands.tap(f"go:{number}") is TurnOutcome.HANDLED
    assert await hands.tap("go:home") is TurnOutcome.HELD
    assert await hands.tap("go:home") is TurnOutcome.HELD
    answered = [row.payload or {} for row in await hands.street.rows()][-1]
    assert answered == {
        "callback_query_id": f"q{MOST + 1}",
        "text": SLOWLY,
        "show_alert": True,
    }
    assert len(SLOWLY) <= 200, "Telegram's limit on an alert"
    assert await hands.tap(CallNow(message=7).pack()) is TurnOutcome.HANDLED


def test_the_buttons_that_call_for_help_are_these() -> None:
    urgent = {button.__name__ for button in Button.registry.values() if button.urgent}
    assert urgent == {"BeginReal", "CallNow", "CallUp", "Give", "OnDay", "OnListed"}


@ON_SQLITE
async def test_who_wrote_while_we_were_away_has_not_written_quickly(hands: Hands) -> None:
    for number in range(2 * MOST):
        sent = NOON - timedelta(hours=5) + number * 2 * SECOND
        assert await hands.write(f"{number}", sent=sent) is TurnOutcome.HANDLED
    assert len(await hands.street.facts()) == 2 * MOST


@ON_SQLITE
async def test_taps_that_waited_for_us_are_no_flood(hands: Hands) -> None:
    hands.street.house.turn.behind()
    for _ in range(MOST + 5):
        assert await hands.tap("plain") is TurnOutcome.HANDLED
    hands.at(hands.now[0] + MINUTE + SECOND)
    outcomes = [await hands.tap("plain") for _ in range(MOST + 2)]
    assert outcomes[MOST:] == [TurnOutcome.HELD] * 2


async def test_in_a_group_nothing_is_said_and_its_others_are_heard(hands: Hands) -> None:
    group = {"chat": {"id": -100, "type": "supergroup", "title": "5号楼"}}
    for _ in range(MOST):
        assert await hands.write("in the group", **group) is TurnOutcome.HANDLED
    assert await hands.write("in the group", **group) is TurnOutcome.HELD
    assert await hands.write("in the group", **group) is TurnOutcome.HELD
    assert await hands.write("救命", **group) is TurnOutcome.HANDLED
    for _ in range(MOST):
        await hands.write("in the group", **group)
    assert await hands.write("in the group", B, **group) is TurnOutcome.HANDLED
    assert await hands.write("in private") is TurnOutcome.HANDLED
    assert await said(hands) == []


@ON_SQLITE
async def test_what_comes_twice_counts_once(hands: Hands) -> None:
    for number in range(MOST):
        raw = message(number, f"{number}", number, date=int(NOON.timestamp()))
        assert await hands.street.take(raw) is TurnOutcome.HANDLED
        assert await hands.street.take(raw) is TurnOutcome.REPEATED
    hands.number = MOST
    assert await hands.write("one too many") is TurnOutcome.HELD


def test_whoever_has_sent_nothing_for_a_minute_is_forgotten() -> None:
    floods = Floods(MOST)
    for who in range(1, 1001):
        floods.note(admit(message(1, "hello", 1, who)), Passage.TAKEN, NOON)
    assert len(floods) == 1000
    floods.note(admit(message(1, "hello", 1, A)), Passage.TAKEN, NOON + MINUTE + SECOND)
    assert len(floods) == 1


def test_a_clock_that_is_set_back_holds_nobody_for_longer() -> None:
    pace = Pace(MOST, NOON)
    pace.hold(NOON)
    assert pace.is_held(NOON + MINUTE - SECOND)
    assert not pace.is_held(NOON + MINUTE)
    assert not pace.is_held(NOON - timedelta(hours=1))


@ON_SQLITE
async def test_the_bot_that_runs_holds_floods(
    world: World, url: str, database_url: str, sessions: Sessions
) -> None:
    settings: Settings = open_to({"telegram_api_url": url, "database_url": database_url})
    stopping = asyncio.Event()
    for number in range(MOST + 5):
        world.person(A).send_text(f"{number}")
    running = asyncio.create_task(run(settings, stopping))
    try:
        await until(lambda: any("Slowly" in text or "慢一点" in text for text in told(world)))
        await until(lambda: not world.bot.queue)
    finally:
        stopping.set()
        await running
    assert sum("Slowly" in text or "慢一点" in text for text in told(world)) == 1


def told(world: World) -> list[str]:
    """List what the bot has said to A."""
    return [one.get("text", "") for one in world.person(A).messages if one["from"]["is_bot"]]

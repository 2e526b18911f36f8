"""A Telegram that is away for an hour, and for longer than it keeps what people send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from bot.doctor import Health, examine
from bot.operate import POLLED_SECONDS
from bot.settings import Settings
from bot.webhook import webhook
from handlers.i18n import speaking
from handlers.status.screens import overview_screen
from models.database import Sessions, transaction
from models.outages.rules import Notice
from models.outages.tables import OutageRow
from models.outbox.tables import OutboxRow
from models.people.rules import Role
from models.status.queries.overview import overview
from sandbox.world import World
from tests.bot.street import A, B, message
from tests.crash.between import Line
from tests.faults.conftest import Tally, Trial, Trying
from tests.ports import free_port
from tests.town import Town, town
from tests.waiting import until

__all__ = ["town"]

STAFF = 1005


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours pass at once here: what waits by the machine's own clock waits shortly."""
    monkeypatch.setattr("bot.receive.FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.receive.LONGEST_WAIT", 0.2)
    monkeypatch.setattr("bot.webhook.ASKED_EVERY", 0.02)


@pytest.fixture
async def line(url: str) -> AsyncIterator[Line]:
    """The way to Telegram."""
    line = Line(url)
    await line.open()
    yield line
    await line.close()


def by(line: Line) -> str:
    """Give Telegram's address by way of a line."""
    return f"http://{urlsplit(line.url).netloc.rpartition('@')[2]}"


async def hours_away(tried: Trial, line: Line, hours: int, said: dict[int, str]) -> None:
    """Let hours pass in which Telegram is away, and let somebody write in some of them."""
    line.cut()
    for hour in range(hours):
        if hour in said:
            tried.write(said[hour])
        tried.street.world.advance(3600)
        seen = len(tried.logged("Telegram unreachable"))
        await until(lambda seen=seen: len(tried.logged("Telegram unreachable")) > seen)
    line.mend()
    tried.over()


async def test_an_hour_without_telegram(
    trial: Trying, line: Line, database_url: str, sessions: Sessions
) -> None:
    async with trial(database_url, sessions, by(line)) as tried:
        tried.write("before")
        await tried.answered()
        line.cut()
        tried.write("w1", "w2")
        tried.write("w3", who=B)
        await tried.street.take(message(1, "half-way"))  # its answer finds no way out
        await until(lambda: len(tried.logged("Telegram unreachable")) >= 3)
        tried.street.house.figures._polled_at = -POLLED_SECONDS  # as if an hour of polls had failed
        assert (await tried.ready())["updates"].startswith("no poll answered for")
        found = (await tried.doctor())["token"]
        assert (found.health, "cannot be reached" in found.told) == (Health.BAD, True)
        tried.street.world.advance(3600)
        line.mend()
        tried.over()
        tried.written.append("half-way")
        tried.write("after")
        await tried.recovers()
        assert await tried.tally() == Tally(written=6)
        assert tried.logged("updates may be lost") == []
        assert await outages_told(sessions) == []


async def test_longer_than_telegram_keeps_what_people_send(
    trial: Trying, line: Line, database_url: str, sessions: Sessions, town: Town
) -> None:
    staff = await town.settle(STAFF, "b3", (Role.STAFF, "gui"), language="zh-Hans")
    await town.settle(A)
    said_in = {0: "lost", 2: "kept", 24: "late"}
    async with trial(database_url, sessions, by(line)) as tried:
        world = tried.street.world
        world.person(STAFF).chat.started = True
        tried.write("before")
        await tried.answered()
        await hours_away(tried, line, 25, said_in)
        tried.write("after", "and again")
        await tried.answered("before", "kept", "late", "after", "and again")
        assert await tried.tally() == Tally(written=6, lost=1)
        (said,) = tried.logged("updates may be lost")
        since, until_ = (datetime.fromisoformat(said[name]) for name in ("since", "until"))
        assert since <= world.clock.now() - timedelta(hours=25)
        assert timedelta(minutes=59) <= until_ - since <= timedelta(minutes=62)
        told = [text for text in tried.street.told(A) if text.startswith("⚠️")]
        assert len(told) == 1
        assert "please do it once more" in told[0]
        (to_staff,) = tried.street.told(STAFF)
        assert to_staff.startswith("⚠️ 从11月24日周二 10:0")
        async with transaction(sessions) as session:
            person = await town.again(session, STAFF)
            shown = await overview(session, person, world.clock.now())
        assert shown.outage is not None
        with speaking("en"):
            assert "may be lost" in overview_screen(shown, world.clock.now()).full_text()
        assert staff.id == person.id
    await the_doctor_says_so(tried.settings, sessions)
    await told_once_more_to_nobody(trial, database_url, sessions, tried)


@asynccontextmanager
async def called(tried: Trial) -> AsyncIterator[None]:
    """Receive by webhook inside."""
    stopping = asyncio.Event()
    receiving = asyncio.create_task(webhook(tried.street.house, stopping))
    try:
        await until(lambda: tried.street.house.figures.webhook_set)
        yield
    finally:
        stopping.set()
        await receiving


async def hours_uncalled(tried: Trial, hours: int, said: dict[int, str]) -> None:
    """Let hours pass in which we ask Telegram whether something waits; let somebody write."""
    for hour in range(hours):
        if hour in said:
            tried.write(said[hour])
        tried.street.world.advance(3600)
        seen = len(tried.street.calls("getWebhookInfo"))
        await until(lambda seen=seen: len(tried.street.calls("getWebhookInfo")) > seen + 1)


async def test_a_webhook_that_telegram_cannot_reach_for_longer(
    trial: Trying, database_url: str, sessions: Sessions, town: Town
) -> None:
    """We reach Telegram all the while; it does not reach us."""
    await town.settle(STAFF, "b3", (Role.STAFF, "gui"), language="zh-Hans")
    await town.settle(A)
    port = free_port()
    way_in = Line(f"http://127.0.0.1:{port}")
    await way_in.open()
    hook = {
        "webhook_url": f"{by(way_in)}/telegram",
        "webhook_secret": "a-secret",
        "webhook_host": "127.0.0.1",
        "webhook_port": port,
    }
    async with trial(database_url, sessions, polls=False, changes=hook) as tried, called(tried):
        tried.street.world.person(STAFF).chat.started = True
        tried.write("before")
        await tried.answered()
        await hours_uncalled(tried, 26, {})
        assert tried.logged("updates may be lost") == []  # nobody wrote: nothing waited
        way_in.cut()
        await hours_uncalled(tried, 25, {0: "lost", 2: "kept", 24: "late"})
        way_in.mend()
        tried.write("after")
        await tried.answered("before", "kept", "late", "after")
        assert await tried.tally() == Tally(written=5, lost=1)
        assert len(tried.logged("updates may be lost")) == 1
        assert [text[:2] for text in tried.street.told(A)].count("⚠️") == 1
        (to_staff,) = tried.street.told(STAFF)
        assert to_staff.startswith("⚠️ 从11月25日周三")
    await way_in.close()


async def the_doctor_says_so(settings: Settings, sessions: Sessions) -> None:
    """The doctor goes by the machine's clock: put what has happened there."""
    async with transaction(sessions) as session:
        row = (await session.scalars(select(OutageRow).order_by(OutageRow.id))).first()
        assert row is not None
        assert row.heard_again_at is not None
        passed = datetime.now(UTC) - row.heard_again_at
        row.last_heard_at, row.heard_again_at = row.last_heard_at + passed, datetime.now(UTC)
    found = {found.name: found async for found in examine(settings)}["outage"]
    assert found.health is Health.NOTED
    assert "may be lost: Telegram keeps it for 24 hours" in found.told


async def told_once_more_to_nobody(
    trial: Trying, database_url: str, sessions: Sessions, before: Trial
) -> None:
    """Start anew: who has been told is not told again."""
    before_this = await outages_told(sessions)
    async with trial(database_url, sessions) as tried:
        tried.write("anew")
        await tried.answered()
        assert tried.logged("updates may be lost") == []
    assert await outages_told(sessions) == before_this
    assert sorted(before_this) == [Notice.STAFF, Notice.WRITER]
    assert before.logged("updates may be lost")


async def outages_told(sessions: Sessions) -> list[str]:
    """List the notices about outages."""
    async with transaction(sessions) as session:
        kinds = select(OutboxRow.kind).where(OutboxRow.kind.like("outages.%"))
        return [str(kind) for kind in (await session.scalars(kinds)).all()]


async def test_a_bot_that_was_off_for_longer_says_so_too(
    trial: Trying, database_url: str, sessions: Sessions, world: World
) -> None:
    async with trial(database_url, sessions) as tried:
        tried.write("before")
        await tried.answered()
    world.person(A).send_text("lost")
    world.advance(30 * 3600)
    async with trial(database_url, sessions) as tried:
        await until(lambda: tried.logged("updates may be lost"))
        tried.write("after")
        await tried.answered()
        tried.written = ["before", "lost", "after"]
        assert await tried.tally() == Tally(written=3, lost=1)

"""A running house in the demo neighbourhood, on each database in turn."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import open_house, working
from bot.demo import NEIGHBOURS, seed_demo, seed_street
from bot.greeting import introduce
from bot.pacer import Limits
from bot.settings import Settings
from models.database import Sessions, open_engine, open_sessions, transaction
from models.updates.tables import FailedRow
from models.vault import Vault
from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World
from tests import templates
from tests.conftest import MORNING
from tests.conversations.script import Someone, Story

WANG, EMMA, LI, CHEN, ZHAO, ZHOU, SUN = range(1001, 1008)


KEY = Vault.new_key()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file to copy in which the demo people live."""
    path = templates.sqlite_template(tmp_path_factory.mktemp("demo"))

    async def work() -> None:
        engine = open_engine(f"sqlite:///{path}")
        async with transaction(open_sessions(engine, Vault.from_text(KEY))) as session:
            await seed_demo(session, MORNING)
        await engine.dispose()

    templates.apart(work)
    return path


@pytest.fixture
async def story(database_url: str, sessions: Sessions) -> AsyncIterator[Story]:
    """The demo neighbourhood, with two volunteers, open and running."""
    world = World(starts=MORNING)
    async with serve(world) as url:
        settings = Settings(
            _env_file=None,
            bot_token=DEMO_TOKEN,
            telegram_api_url=url,
            database_url=database_url,
            encryption_key=KEY,
        )
        unpaced = Limits(per_second=None)
        async with (
            open_house(settings, clock=world.clock.now, limits=unpaced) as house,
            working(house),
        ):
            poller = house.poller(poll_seconds=1)
            polling = asyncio.create_task(poller.run())
            told = Story(world, house, sessions)
            try:
                assert await introduce(house)
                await settle(told, seeded=database_url.startswith("sqlite"))
                yield told
            finally:
                poller.stop()
                await polling
            await nothing_failed(sessions)


async def settle(story: Story, *, seeded: bool) -> None:
    """Let the demo people live here, unless the template has them, and open their chats."""
    if not seeded:
        async with transaction(story.house.sessions) as session:
            await seed_demo(session, story.world.clock.now())
    people = [story.somebody(account) for account in NEIGHBOURS]
    for someone in people:
        await someone.starts()
    for someone in people:
        await someone.sees(someone.person.phone.first_name)


async def nothing_failed(sessions: Sessions) -> None:
    """Hold that no update raised."""
    async with transaction(sessions) as session:
        failed = (await session.scalars(select(FailedRow))).all()
    assert [row.reason for row in failed] == []


@pytest.fixture
def wang(story: Story) -> Someone:
    """An elderly resident who reads Chinese."""
    return story.somebody(WANG)


@pytest.fixture
def emma(story: Story) -> Someone:
    """A resident who reads English."""
    return story.somebody(EMMA)


@pytest.fixture
def li(story: Story) -> Someone:
    """A volunteer, good with pipes."""
    return story.somebody(LI)


@pytest.fixture
def chen(story: Story) -> Someone:
    """A volunteer, a nurse."""
    return story.somebody(CHEN)


@pytest.fixture
def zhao(story: Story) -> Someone:
    """A grid worker."""
    return story.somebody(ZHAO)


@pytest.fixture
def zhou(story: Story) -> Someone:
    """The secretary."""
    return story.somebody(ZHOU)


@pytest.fixture
async def sun(story: Story) -> Someone:
    """Somebody of the street office, who answers for the community too and has opened the chat."""
    async with transaction(story.house.sessions) as session:
        await seed_street(session, story.world.clock.now())
    someone = story.somebody(SUN)
    await someone.starts()
    await someone.sees("孙丽")
    return someone

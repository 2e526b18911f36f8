"""The demo neighbourhood, open and running, on both databases."""

from collections.abc import AsyncIterator

import pytest

from bot.demo import seed_demo
from bot.settings import Settings
from models.database import Sessions, transaction
from models.vault import Vault
from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World
from tests.conftest import MORNING
from tests.talk.neighbourhood import Neighbourhood, lived_in


@pytest.fixture
async def empty_street(database_url: str, sessions: Sessions) -> AsyncIterator[Neighbourhood]:
    """A house without any places or people."""
    world = World(starts=MORNING)
    async with serve(world) as url:
        settings = Settings(
            _env_file=None,
            bot_token=DEMO_TOKEN,
            telegram_api_url=url,
            database_url=database_url,
            encryption_key=Vault.new_key(),
        )
        async with lived_in(world, settings, sessions) as street:
            yield street


@pytest.fixture
async def street(empty_street: Neighbourhood) -> Neighbourhood:
    """The demo neighbourhood with its six people."""
    async with transaction(empty_street.house.sessions) as session:
        await seed_demo(session, empty_street.world.clock.now())
    return empty_street

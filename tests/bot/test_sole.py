"""One process a SQLite file: the second is told which setting to change."""

import asyncio
from pathlib import Path

import pytest

from bot.app import alone, working
from bot.settings import SettingsError
from models.database import Sessions
from models.sole import sole_process
from sandbox.world import World
from tests.bot.street import Street, message, open_to, opened
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_second_process_on_one_file_says_what_to_change_and_touches_nothing(
    street: Street, world: World, sessions: Sessions
) -> None:
    told = {"telegram_api_url": street.url, "database_url": street.house.settings.database_url}
    settings, never = open_to(told), asyncio.Event()
    async with (
        alone(settings, never),
        working(street.house),
        opened(world, settings, sessions) as second,
    ):
        with pytest.raises(SettingsError, match=r"DATABASE_URL: .*PostgreSQL"):
            async with alone(second.house.settings, never):
                pytest.fail("two at work")
        await street.take(message(1, "one", 1))
        await until(lambda: street.told() == ["heard one"])


async def test_other_files_are_others(database_url: str, tmp_path: Path) -> None:
    other, never = f"sqlite:///{tmp_path / 'other.sqlite3'}", asyncio.Event()
    async with sole_process(database_url, never), sole_process(other, never):
        assert (tmp_path / "other.sqlite3.lock").exists()

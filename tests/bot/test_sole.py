"""One process a SQLite file: the second waits a while, and is told which setting to change."""

import asyncio
from pathlib import Path

import pytest

from bot.app import working
from bot.settings import SettingsError
from models import sole
from models.database import Sessions, open_engine
from models.sole import TakenError, sole_process
from sandbox.world import World
from tests.bot.street import Street, message, open_to, opened
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_second_process_on_one_file_says_what_to_change_and_touches_nothing(
    street: Street, world: World, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sole, "WAIT_SECONDS", 0.1)
    told = {"telegram_api_url": street.url, "database_url": street.house.settings.database_url}
    async with working(street.house), opened(world, open_to(told), sessions) as second:
        with pytest.raises(SettingsError, match=r"DATABASE_URL: .*PostgreSQL"):
            async with working(second.house):
                pytest.fail("two at work")
        await street.take(message(1, "one", 1))
        await until(lambda: street.told() == ["heard one"])


async def test_whoever_waits_goes_on_when_the_first_has_ended(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = open_engine(database_url), open_engine(database_url)
    begun, entered = asyncio.Event(), asyncio.Event()

    async def second() -> None:
        begun.set()
        async with sole_process(two):
            entered.set()

    async with sole_process(one):
        waiting = asyncio.create_task(second())
        await begun.wait()
        monkeypatch.setattr(sole, "WAIT_SECONDS", 0.1)
        with pytest.raises(TakenError):
            async with sole_process(open_engine(database_url)):
                pytest.fail("two at work")
        assert not entered.is_set()
    await waiting
    assert entered.is_set()


async def test_other_files_are_others(database_url: str, tmp_path: Path) -> None:
    other = open_engine(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    async with sole_process(open_engine(database_url)), sole_process(other):
        assert (tmp_path / "other.sqlite3.lock").exists()

"""The quarter, fresh for every test: SQLite copies a settled template, PostgreSQL settles anew."""

from datetime import datetime
from pathlib import Path

import pytest

from models.database import Sessions, open_engine, open_sessions
from models.vault import Vault
from tests import templates
from tests.conftest import NOON
from tests.matrix.quarter import NEWCOMER, Quarter, is_settled, settle

KEY = Vault.new_key()


@pytest.fixture
def vault() -> Vault:
    """The vault of the template."""
    return Vault.from_text(KEY)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settled SQLite file to copy."""
    path = templates.sqlite_template(tmp_path_factory.mktemp("quarter"))

    async def work() -> None:
        engine = open_engine(f"sqlite:///{path}")
        quarter = await settled(open_sessions(engine, Vault.from_text(KEY)), NOON)
        assert not quarter.complaints
        await engine.dispose()

    templates.apart(work)
    return path


async def settled(sessions: Sessions, now: datetime) -> Quarter:
    """Settle a quarter; the newcomer says hello."""
    await settle(sessions, now)
    quarter = Quarter(sessions, now)
    await quarter.send(NEWCOMER, text="/start")
    return quarter


@pytest.fixture
async def quarter(sessions: Sessions, now: datetime) -> Quarter:
    """A settled quarter; the newcomer has said hello and not agreed yet."""
    if not await is_settled(sessions):
        return await settled(sessions, now)
    quarter = Quarter(sessions, now)
    await quarter.look()
    return quarter

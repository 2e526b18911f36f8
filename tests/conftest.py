"""Fixtures of every test: both databases, the vault, the clock."""

import bot.lean  # noqa: F401 - before anything imports aiogram

# isort: split

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog

from models.database import Engine, Sessions, open_engine, open_sessions
from models.vault import Vault
from models.wiring import wire
from tests import databases, profile, templates, warm
from tests.postgres import Postgres, open_postgres
from tests.zygote import Zygote, open_zygote

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""A Monday, noon in Shanghai."""

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Shanghai: the desk is open, and nobody sleeps."""

MEMORY = Path("/dev/shm")

LONGEST = (
    "tests/crash/",
    "tests/faults/",
    "tests/benchmarks/test_harness.py",
    "tests/bot/test_settings_at_start.py",
    "tests/browser/",
    "tests/bot/test_sender.py",
    "tests/bot/test_lean.py",
    "tests/month/",
)
"""What is begun first, in this order: what waits for other processes and for real time, most of
all, so that one worker is at it while the others use the processors; then the longest lives."""

profile.load_profile()
warm.keep_compiled()
warm.keep_certificates()
wire()


def pytest_report_header() -> str:
    """Say what a run that found something can be repeated with."""
    return f"seed: {profile.SEED}, again with SEED={profile.SEED}"


def pytest_collection() -> None:
    """Let the garbage collector rest while tests and what they import are loaded."""
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest: else one worker is busy with it when all others have ended."""
    databases.without_what_one_shows(config, items)
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """Return where in LONGEST a test stands; all others follow, as they were collected."""
    found = (place for place, start in enumerate(LONGEST) if item.nodeid.startswith(start))
    return next(found, len(LONGEST))


def pytest_collection_finish() -> None:
    """Let it pass over all that from now on, as the bot itself does: a twentieth of the run.

    And let it come more seldom: what a test leaves is little, and gone with its last reference.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20)
    gc.enable()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """One PostgreSQL server for the run: this machine's, else an embedded one."""
    with open_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: quicker than migrating for every test."""
    return templates.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is one: our databases need not outlive the machine."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path_factory.mktemp("databases")
        return
    with TemporaryDirectory(prefix="linli", dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """What starts programs quickly."""
    with open_zygote() as zygote:
        yield zygote


@pytest.fixture
def own_logging(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that run in this process log as its tests do.

    What `set_up` sets is the whole process's, and loggers used meanwhile keep it: lines of later
    tests would go where nobody looks.
    """
    monkeypatch.setattr("bot.__main__.set_up", lambda *_given: None)


@pytest.fixture(autouse=True)
def _logging_left_alone() -> Iterator[None]:
    """Name the test that leaves the logging of the whole process changed."""
    yield
    changed = structlog.get_config()["cache_logger_on_first_use"]
    structlog.reset_defaults()
    assert not changed, "logging was set up, and not put back: see own_logging"


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, memory: Path) -> AsyncIterator[str]:
    """The address of a fresh, migrated database, of each kind in turn."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        with TemporaryDirectory(dir=memory) as folder:
            shutil.copy(template, f"{folder}/linli.sqlite3")
            yield f"sqlite:///{folder}/linli.sqlite3"
        return
    server: Postgres = request.getfixturevalue("postgres")
    async with server.fresh_database() as url:
        yield url


@pytest.fixture
def vault() -> Vault:
    """A vault with a key of its own."""
    return Vault.from_text(Vault.new_key())


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[Engine]:
    """An engine on the fresh database."""
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def sessions(engine: Engine, vault: Vault) -> Sessions:
    """Sessions on the fresh database."""
    return open_sessions(engine, vault)


@pytest.fixture
def now() -> datetime:
    """The instant at which tests begin."""
    return NOON

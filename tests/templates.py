"""Databases to copy: migrating once a run instead of once a test."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from models.database import open_engine
from models.migrate import migrate

T = TypeVar("T")


def apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run asynchronous work on a loop of its own, whether or not one runs here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def migrate_now(url: str) -> None:
    """Bring a database to the present schema."""

    async def work() -> None:
        engine = open_engine(url)
        await migrate(engine)
        await engine.dispose()

    apart(work)


def sqlite_template(folder: Path) -> Path:
    """Make a migrated SQLite file without a journal beside it."""
    path = folder / "template.sqlite3"
    migrate_now(f"sqlite:///{path}")
    return path

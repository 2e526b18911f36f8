"""One process a SQLite file: of two each would be sender and ticker, and all would be done twice.

On PostgreSQL leases decide who does what (`models.election`); here the file's own lock does.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import AsyncFileLock, FileLock, Timeout

from models.database import Engine

WAIT_SECONDS = 15.0
"""How long the next process waits for one that is stopping: it finishes its calls in 10."""


class TakenError(Exception):
    """Another process works with this SQLite file."""


@asynccontextmanager
async def sole_process(engine: Engine) -> AsyncIterator[None]:
    """Keep other processes from working with the same SQLite file; TakenError if one does.

    The lock is the operating system's, on a file beside the database's, and ends with the process,
    however that ends. On PostgreSQL, and in memory, there is nothing to keep.
    """
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    lock = AsyncFileLock(_beside(path), timeout=WAIT_SECONDS, poll_interval=0.2)
    try:
        await lock.acquire()
    except Timeout as error:
        raise TakenError(path) from error
    try:
        yield
    finally:
        await lock.release()


def is_taken(path: str) -> bool:
    """Return whether a process works with an SQLite file now."""
    try:
        with FileLock(_beside(path), timeout=0):
            return False
    except Timeout:
        return True


def _beside(path: str) -> str:
    """Name the lock's file: the same by whichever name or link the database is opened."""
    return f"{Path(path).resolve()}.lock"

"""One process a SQLite file: of two each would be sender and ticker, and all would be done twice.

On PostgreSQL leases decide who does what (`models.election`); here the file's own locks do. There
are two, of the operating system's, on files beside the database's; both end with their process,
however that ends. The one is held from before the file is migrated until nothing works with it any
more, the other until its process is told to stop: so whoever comes next knows at once whether to
wait.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from filelock import AsyncFileLock, FileLock, Timeout
from sqlalchemy import make_url

WAIT_SECONDS = 15.0
"""How long the next process waits for one that is stopping: it finishes its calls in 10."""


class TakenError(Exception):
    """Another process works with this SQLite file."""


@asynccontextmanager
async def sole_process(url: str, stopping: asyncio.Event) -> AsyncIterator[None]:
    """Keep other processes from working with the same SQLite file.

    TakenError at once where one does, and after `WAIT_SECONDS` where one was told to stop and has
    not ended. `stopping` says that we are told to stop. On PostgreSQL, and in memory, there is
    nothing to keep.
    """
    named = make_url(url)
    path = named.database
    if named.get_backend_name() != "sqlite" or not path or path == ":memory:":
        yield
        return
    async with AsyncExitStack() as held:
        try:
            serving = AsyncFileLock(_serving(path), timeout=0)
            await held.enter_async_context(serving)
            works = AsyncFileLock(_works(path), timeout=WAIT_SECONDS, poll_interval=0.2)
            await held.enter_async_context(works)
        except Timeout as error:
            raise TakenError(path) from error
        leaving = asyncio.create_task(_leave(serving, stopping))
        held.callback(leaving.cancel)
        yield


async def _leave(serving: AsyncFileLock, stopping: asyncio.Event) -> None:
    """Let the next process know that it has only to wait."""
    await stopping.wait()
    await serving.release()


def is_taken(path: str) -> bool:
    """Return whether a process works with an SQLite file now."""
    try:
        with FileLock(_works(path), timeout=0):
            return False
    except Timeout:
        return True


def _works(path: str) -> str:
    """Name the lock's file: the same by whichever name or link the database is opened."""
    return f"{Path(path).resolve()}.lock"


def _serving(path: str) -> str:
    return f"{Path(path).resolve()}.serving.lock"

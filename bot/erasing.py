"""Keeping the list of who has left, beside the data, while the bot runs (docs/backup.md)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from bot.settings import Settings
from models.database import Sessions, is_unavailable
from models.keeping.erasures import apply, erasures_beside, write_down

log = structlog.get_logger(__name__)

EVERY_SECONDS = 60.0
"""How often it is looked for who has left through another process, or was not written down."""


def erasures_of(settings: Settings) -> Path:
    """Name the list: as set, else beside the data."""
    return settings.erasures_file or erasures_beside(settings.database_url.get_secret_value())


class EraseKeeper:
    """Writes down who has left, as soon as it is committed, and at the start what was not."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that somebody has left."""
        self._woken.set()

    def stop(self) -> None:
        """Write down what there is, and no more."""
        self._stopping = True
        self._woken.set()

    async def erase_again(self, sessions: Sessions) -> None:
        """Erase whom a database brought back by whatever way still has, before anybody is served.

        A list that cannot be read is an error: nobody may come back unseen.
        """
        bound = await apply(sessions, self._path, self._clock())
        if bound:
            log.warning("erased again, though bound to others in the backup", people=bound)

    async def run(self, sessions: Sessions) -> None:
        """Keep the list until stopped; a database away or a full disk is tried again later."""
        while True:
            self._woken.clear()
            stopping = self._stopping
            await self._write(sessions)
            if stopping:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._woken.wait()

    async def _write(self, sessions: Sessions) -> None:
        try:
            await write_down(sessions, self._path)
        except OSError as error:
            told = {"file": str(self._path), "error": str(error)}
            log.warning("who has left cannot be written down", **told)
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.warning("writing down who has left put off", error=type(error).__name__)

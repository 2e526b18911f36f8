"""Replaying: takes failed updates again that somebody asked for.

A turn cannot replay another inside itself: each is a transaction of its own. So the wish is
written down with the turn that expresses it, and survives a crash; this takes it from there. Two
processes may see one wish: the first to lock the row replays it.
"""

import asyncio
from contextlib import suppress

import structlog

from bot.turn import PostponedError, Turn
from models.database import Sessions, is_unavailable, transaction
from models.updates.actions import asked

log = structlog.get_logger(__name__)

EVERY_SECONDS = 1.0


class Replayer:
    """Looks for wishes every second, for as long as it runs."""

    def __init__(self, sessions: Sessions, turn: Turn) -> None:
        self._sessions = sessions
        self._turn = turn
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take no more; the one in hand ends first."""
        self._stopping.set()

    async def run(self) -> None:
        """Replay until stopped; a database that is away is waited for."""
        while not self._stopping.is_set():
            try:
                await self.replay_asked()
            except PostponedError:
                log.warning("replay put off")
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._stopping.wait()

    async def replay_asked(self) -> None:
        """Replay what has been asked for by now; raises PostponedError for a database away."""
        for failed_id in await self._asked():
            if not self._stopping.is_set():
                await self._turn.replay(failed_id)

    async def _asked(self) -> list[int]:
        try:
            async with transaction(self._sessions) as session:
                return await asked(session)
        except Exception as error:
            if is_unavailable(error):
                raise PostponedError from error
            raise

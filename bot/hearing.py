"""Hearing from Telegram: when it answered last, and which hours are lost where that was long ago.

Who polls is answered, also where nobody wrote. A webhook that nobody calls may be one to which
nobody writes: it asks Telegram whether something waits for it.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from models.database import Session, Sessions, code_of, is_unavailable, transaction
from models.outages.actions import hear, tell_writer
from models.outages.queries import latest
from models.outages.rules import TOLD_FOR
from models.outages.views import Outage
from models.people.views import Person

log = structlog.get_logger(__name__)

NOTED_EVERY = timedelta(minutes=1)
"""How often it is written down that Telegram answers: by so much an outage may seem too long."""


class Hearing:
    """Notes that Telegram can give us what people send; remembers the outage of which people are
    still told."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock
        self._interrupted = True
        """Whether Telegram was not asked, or could not give us all, since it was noted last: as
        before the first poll."""
        self._noted_at: datetime | None = None
        self._noting = asyncio.Lock()
        self._outage: Outage | None = None

    def missed(self) -> None:
        """Note that Telegram did not answer, that something waits there, or that nothing could be
        taken of what it brought: for as long nobody hears what people send."""
        self._interrupted = True

    async def heard(self) -> None:
        """Note that what people sent until now is here; a database that is away is told later."""
        if self._is_noted():
            return
        async with self._noting:  # calls of a webhook come side by side
            if not self._is_noted():
                await self._note()

    async def _note(self) -> None:
        now = self._clock()
        try:
            async with transaction(self._sessions) as session:
                ended = await hear(session, now, interrupted=self._interrupted)
                self._outage = await latest(session, now, TOLD_FOR)
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.warning("not noted that Telegram answers", error=code_of(error))
            return
        self._interrupted, self._noted_at = False, now
        if ended is not None:
            log.error(
                "updates may be lost: Telegram keeps them for 24 hours",
                since=ended.last_heard_at.isoformat(),
                until=ended.lost_until.isoformat(),
            )

    async def tell(self, session: Session, person: Person, now: datetime) -> None:
        """Tell somebody who writes of an outage that ended lately."""
        if self._outage is not None and now < self._outage.heard_again_at + TOLD_FOR:
            await tell_writer(session, person, self._outage, now)

    def _is_noted(self) -> bool:
        if self._interrupted or self._noted_at is None:
            return False
        return abs(self._clock() - self._noted_at) < NOTED_EVERY

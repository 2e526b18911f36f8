"""The ticker: APScheduler wakes the sweep. It stores no jobs; the truth is in the table."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog

from models.audit import chain
from models.conversations import actions as conversations
from models.database import Session, Sessions, is_unavailable, transaction
from models.daychecks.actions import keeping as daychecks
from models.digests.actions import sending
from models.help.actions import deadlines
from models.help.actions import keeping as offers
from models.outbox import actions as outbox
from models.reminders import actions as reminders
from models.savings.actions import months
from models.updates import actions as updates
from scheduler.steady import Schedule
from scheduler.sweep import Effect, sweep_some

log = structlog.get_logger(__name__)

SWEEP_EVERY = timedelta(seconds=1)
LONGEST_REST = 0.1
"""Seconds between two rounds of a sweep, at the most: else as long as a round took. A reply is many
steps of the loop, from the update to Telegram's answer: with no rest each would wait for a round,
and replies to people take a second while thousands of reminders fire (measured)."""

TIDY_EVERY = timedelta(hours=1)
TIDY_FIRST = timedelta(seconds=30)
"""After the start: a bot that is started anew more often than hourly tidies too, and what waits at
the start is answered first."""

Work = Callable[[Session, datetime], Awaitable[None]]

FORGET: tuple[Work, ...] = (
    updates.forget_old,
    outbox.forget_old,
    reminders.forget_old,
    conversations.forget_old,
    daychecks.forget_old,
    offers.forget_old,
)
"""What drops rows that nobody needs any more, subject by subject; each says how long it keeps."""

CHAIN_EVERY = timedelta(minutes=1)
CHAIN: tuple[Work, ...] = (chain.link_new,)
"""What ties new lines of the audit book to those before: at most so long do they lie untied."""

ARRANGE: tuple[Work, ...] = (sending.arrange, deadlines.arrange, months.arrange)
"""What sets the reminders that recur, or that older rows lack; each may run at any time and never
sets one twice."""


class Ticker:
    """Sweeps every second, tidies and arranges soon after the start and every hour."""

    def __init__(
        self,
        sessions: Sessions,
        effects: Mapping[str, Effect],
        clock: Callable[[], datetime],
        on_swept: Callable[[], None] = lambda: None,
        tidy_first: timedelta = TIDY_FIRST,
        won: Callable[[], Awaitable[int | None]] | None = None,
        count: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._count = count
        """Is told how many reminders each round has settled."""
        self._won = won
        """Gives the term in which we tick for all; without it there is nobody else."""
        self._sessions = sessions
        self._effects = effects
        self._clock = clock
        self._on_swept = on_swept
        self._tidy_first = tidy_first
        self._schedule = Schedule()
        self._stopping = False
        self._working = asyncio.Lock()
        """Held by the work in hand, so that stopping can wait for it."""

    def start(self) -> None:
        """Begin to tick on the running loop."""
        self._schedule.every(SWEEP_EVERY, self.sweep_once, first=SWEEP_EVERY)
        self._schedule.every(TIDY_EVERY, self.tidy, first=self._tidy_first)
        self._schedule.every(TIDY_EVERY, self.arrange, first=self._tidy_first)
        self._schedule.every(CHAIN_EVERY, self.chain, first=CHAIN_EVERY)
        self._schedule.start()

    async def stop(self) -> None:
        """Tick no more; the transaction in hand ends first, the rest waits for the next start."""
        self._stopping = True
        async with self._working:
            await self._schedule.stop()

    async def sweep_once(self) -> int:
        """Sweep now, by the clock of each moment; give how many reminders were settled.

        A database that is away is tried again at the next tick.
        """
        settled = 0
        async with self._working:
            try:
                while await self._is_ours() and (done := await self._sweep_some()):
                    settled += done
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.warning("sweep put off", error=type(error).__name__)
        return settled

    async def _sweep_some(self) -> int:
        began = time.monotonic()
        settled = await sweep_some(self._sessions, self._effects, self._clock())
        if settled:
            self._count(settled)
            self._on_swept()
            await asyncio.sleep(min(time.monotonic() - began, LONGEST_REST))
        return settled

    async def _is_ours(self) -> bool:
        """Return whether we tick for all. Should two, for a moment, nothing is done twice."""
        return not self._stopping and (self._won is None or await self._won() is not None)

    async def tidy(self) -> None:
        """Drop what nobody needs any more."""
        async with self._working:
            ours = await self._is_ours()
        if ours:
            await self._each(FORGET, "tidying put off")

    async def chain(self) -> None:
        """Tie new lines of the audit book; a lock keeps two from doing it at once."""
        await self._each(CHAIN, "chaining the audit book put off")

    async def arrange(self) -> None:
        """Set what recurs: done hourly, its chain never breaks.

        Every process does: only those of this version know all that is to be set.
        """
        await self._each(ARRANGE, "arranging put off")

    async def _each(self, works: tuple[Work, ...], put_off: str) -> None:
        """Do each in a transaction of its own; one that is broken keeps none of the others back."""
        if not works:
            return
        try:
            await self._once(works[0], put_off)
        except Exception:
            await self._each(works[1:], put_off)
            raise
        await self._each(works[1:], put_off)

    async def _once(self, work: Work, put_off: str) -> None:
        """Do one; a database that is away is tried again later."""
        async with self._working:
            try:
                async with transaction(self._sessions) as session:
                    await work(session, self._clock())
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.warning(put_off, error=type(error).__name__)

"""Calls under way: what is carried to Telegram, in order within a chat, and what came of it.

Nothing here touches the database: outcomes are kept until the sender has written them down.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Coroutine, Sequence
from typing import Any, Protocol

import structlog

from bot.pacer import Load, Pacer
from bot.packing import Files, Parcel
from models.faults import named
from models.outbox.rules import SETTLED, Attempt, SendOutcome

log = structlog.get_logger(__name__)

STOP_SECONDS = 10.0
"""How long a stopping sender waits for the calls in flight."""


class Carrier(Protocol):
    """What carries one call to Telegram."""

    async def carry(self, method: str, payload: dict[str, Any], files: Files) -> Attempt:
        """Make one call and name what came of it."""


class Calls:
    """The calls of one sender; `on_end` is called whenever one has ended."""

    def __init__(self, carrier: Carrier, pacer: Pacer, on_end: Callable[[], None]) -> None:
        self._carrier = carrier
        self._pacer = pacer
        self._on_end = on_end
        self._tasks: set[asyncio.Task[None]] = set()
        self.in_flight: dict[int, Parcel] = {}
        """By row, until what came of it is written down."""
        self.ended: list[tuple[Parcel, Attempt]] = []
        """What is to be written down."""
        self.in_doubt: set[int] = set()
        """Rows whose taking may or may not have been committed; they did not leave."""
        self.underway: Counter[int | None] = Counter()
        """Calls for each chat whose places are taken, and of which it is not known yet that nothing
        has to go again: what is composed meanwhile must not overtake them."""

    def forget(self) -> None:
        """Forget all calls: others have judged them, so what comes of them is not written down."""
        self.in_flight, self.ended, self.in_doubt = {}, [], set()
        self.underway.clear()

    def reserve(self, load: Load) -> None:
        """Take a place for a call that is to be carried once it is committed."""
        self._pacer.leave(load)
        self.underway[load.chat_id] += 1

    def release(self, parcels: Collection[Parcel]) -> None:
        """Return places back: what was composed for them was rolled back."""
        for parcel in parcels:
            self._free_chat(parcel)
            self._pacer.answered(parcel.load)

    def doubt(self, parcels: Collection[Parcel]) -> None:
        """Return places back of what may have been committed: then it goes to the queue."""
        self.release(parcels)
        self.in_doubt |= {parcel.row.id for parcel in parcels}

    def unsure_of(self) -> set[int]:
        """List the rows in doubt. Where a number was rolled back, SQLite gives it to another row:
        one that is in hand is in no doubt."""
        return self.in_doubt - self.in_flight.keys()

    def carry(self, parcels: Sequence[Parcel]) -> None:
        """Carry what was composed for reserved places and is committed; in order within a chat."""
        lines: dict[object, list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            chat = parcel.row.chat_id
            lines[parcel.row.id if chat is None else ("in", chat)].append(parcel)
            self.in_flight[parcel.row.id] = parcel
        for line in lines.values():
            self._spawn(self._carry_in_order(line))

    def start(self, parcel: Parcel) -> None:
        """Carry what a round has taken."""
        self.in_flight[parcel.row.id] = parcel
        self.underway[parcel.row.chat_id] += 1
        self._spawn(self._carry(parcel))

    def drop(self, parcels: Collection[Parcel]) -> None:
        """Give up what was taken: whether its taking is committed is not known."""
        for parcel in parcels:
            self._pacer.answered(parcel.load)
            self.in_doubt.add(parcel.row.id)

    def written_down(self, parcel: Parcel, attempt: Attempt) -> None:
        """Forget a call once what came of it is committed."""
        self.ended.remove((parcel, attempt))
        del self.in_flight[parcel.row.id]
        if not _is_final(attempt):
            self._free_chat(parcel)

    async def end(self) -> None:
        """Wait for the calls in flight; what takes too long is judged at the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    def _spawn(self, carrying: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(carrying)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_in_order(self, line: list[Parcel]) -> None:
        """Carry one after the other; behind one that goes again, the rest goes to the queue."""
        for place, parcel in enumerate(line):
            attempt = await self._carry(parcel)
            if not _is_final(attempt):
                left = line[place + 1 :]
                self.drop(left)
                for behind in left:
                    self._free_chat(behind)
                    del self.in_flight[behind.row.id]
                return

    async def _carry(self, parcel: Parcel) -> Attempt:
        row = parcel.row
        try:
            files = await parcel.all_files()
            attempt = await self._carrier.carry(row.method, parcel.payload, files)
        except Exception as error:  # noqa: BLE001 - one row that breaks must not end the sender
            broken = named(error)
            told = {"row": row.id, "method": row.method, "error": broken}
            log.error("not composed as Telegram takes it", **told)  # noqa: TRY400 - what people wrote may stand in its words
            attempt = Attempt(SendOutcome.REFUSED, reason=f"not composed: {broken}")
        self._pacer.answered(parcel.load)
        self._heed(parcel, attempt)
        if self.in_flight.get(row.id) is parcel:  # else another sender has judged it
            self.ended.append((parcel, attempt))
            if _is_final(attempt):
                self._free_chat(parcel)
        self._on_end()
        return attempt

    def _heed(self, parcel: Parcel, attempt: Attempt) -> None:
        """Keep the wait that Telegram asked for, and log whose it is."""
        if attempt.outcome is SendOutcome.SENT:
            self._pacer.carried_out(parcel.load)
        if attempt.retry_after is not None:
            seconds = attempt.retry_after.total_seconds()
            all_wait = self._pacer.hold(parcel.row.chat_id, seconds)
            who = "every push" if all_wait else "one chat"
            log.warning("Telegram asks to wait", seconds=seconds, who=who, row=parcel.row.id)

    def _free_chat(self, parcel: Parcel) -> None:
        """Let others go to the chat of a call."""
        chat = parcel.row.chat_id
        self.underway[chat] -= 1
        if self.underway[chat] <= 0:
            del self.underway[chat]


def _is_final(attempt: Attempt) -> bool:
    """Return whether nothing follows from an attempt that would go to its chat again."""
    return attempt.outcome in SETTLED and attempt.outcome is not SendOutcome.GONE

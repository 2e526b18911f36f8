"""The sender: takes rows from the outbox, paces them, sends them, writes down what came of it.

One transaction a round: it records the calls that ended since the last one and takes what may
leave now. `sending` is committed before a request goes out, so after a crash every message that
may have left is known. One sender a token.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.pacer import Pacer
from handlers.screen import Pointless
from models.database import Session, Sessions, is_unavailable, transaction
from models.outbox import queries
from models.outbox.rules import Attempt, Lane, Outcome, State, Verdict
from models.outbox.views import Claimed, Notice

log = structlog.get_logger(__name__)

IDLE_SECONDS = 1.0
"""How often an idle sender looks by itself: rows fall due, other processes write some."""

ROUND = 100
"""Rows taken in one round at the most."""

STOP_SECONDS = 10.0
"""How long a stopping sender waits for the calls in flight."""

Files = dict[str, tuple[str, bytes]]


class Carrier(Protocol):
    """What carries one call to Telegram."""

    async def carry(self, method: str, payload: dict[str, Any], files: Files) -> Attempt:
        """Make one call and name what came of it."""


Render = Callable[[Session, Notice, str], Awaitable[dict[str, Any] | Pointless]]
"""Renders a notice in a language: the payload's text and keyboard, or why it is pointless."""


@dataclass(frozen=True)
class Parcel:
    """A row ready to leave."""

    row: Claimed
    payload: dict[str, Any]
    files: Files


class Sender:
    """Empties the outbox for as long as it runs."""

    def __init__(
        self,
        sessions: Sessions,
        carrier: Carrier,
        render: Render,
        pacer: Pacer,
        clock: Callable[[], datetime],
    ) -> None:
        self._sessions = sessions
        self._carrier = carrier
        self._render = render
        self._pacer = pacer
        self._clock = clock
        self._wake = asyncio.Event()
        self._stopping = False
        self._in_flight: dict[int, Parcel] = {}
        self._ended: list[tuple[Parcel, Attempt]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._wake.set()

    def stop(self) -> None:
        """Take nothing more; `run` ends when the calls in flight have ended."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped; a database that is away is waited for."""
        recovered = False
        while not self._stopping:
            self._wake.clear()
            try:
                recovered = recovered or await self._recover()
                if await self._round():
                    continue
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.warning("outbox unavailable", error=type(error).__name__)
            await self._rest()
        await self._finish()

    async def _recover(self) -> bool:
        async with transaction(self._sessions) as session:
            count = await queries.recover(session, self._clock())
        if count:
            log.warning("rows in hand at the last end", count=count)
        return True

    async def _round(self) -> int:
        """Record what ended and start what may leave; give how many started."""
        ended = list(self._ended)
        admitted: list[Claimed] = []
        try:
            async with transaction(self._sessions) as session:
                verdicts = [await self._record(session, *end) for end in ended]
                parcels = [] if self._stopping else await self._take(session, admitted)
        except BaseException:
            for row in admitted:
                self._pacer.answered(row.method, row.chat_id)
            raise
        self._settle(ended, verdicts)
        for parcel in parcels:
            self._start(parcel)
        return len(parcels)

    async def _record(self, session: Session, parcel: Parcel, attempt: Attempt) -> Verdict:
        return await queries.record(session, parcel.row.id, attempt, self._clock())

    def _settle(self, ended: list[tuple[Parcel, Attempt]], verdicts: list[Verdict]) -> None:
        """Once it is committed: forget what ended, hold the chats that must wait."""
        now = self._clock()
        for (parcel, attempt), verdict in zip(ended, verdicts, strict=True):
            self._ended.remove((parcel, attempt))
            del self._in_flight[parcel.row.id]
            if verdict.state is State.QUEUED and verdict.due_at is not None:
                wait = (verdict.due_at - now).total_seconds()
                flood = attempt.outcome is Outcome.RETRY_AT
                hold = self._pacer.hold if flood else self._pacer.hold_chat
                hold(parcel.row.chat_id, wait)
            if attempt.outcome is Outcome.REFUSED:
                log.error(
                    "refused",
                    row=parcel.row.id,
                    method=parcel.row.method,
                    kind=parcel.row.kind,
                    reason=attempt.reason,
                )

    async def _take(self, session: Session, admitted: list[Claimed]) -> list[Parcel]:
        """Take what may leave now, answers first, one call a chat at a time.

        What holds a place in the pacer is noted in `admitted`.
        """
        now = self._clock()
        busy = {p.row.chat_id for p in self._in_flight.values() if p.row.chat_id is not None}
        passed_over = busy | self._pacer.closed_to_all()
        if self._pacer.room() <= 0:
            return []
        rows = await queries.waiting(
            session,
            now,
            passed_over=passed_over,
            no_push_to=self._pacer.closed_to_pushes(),
            pushes=self._pacer.pushes_at() <= asyncio.get_running_loop().time(),
            limit=min(ROUND, self._pacer.room()),
        )
        targets = await queries.targets(session, rows)
        parcels = []
        for waiting in rows:
            if not self._pacer.admits(Lane(waiting.lane), waiting.method, waiting.chat_id):
                continue
            row = queries.claim(waiting, targets, now)
            parcel = await self._pack(session, row) if row else None
            if parcel is not None:
                self._pacer.leave(parcel.row.lane, parcel.row.method, parcel.row.chat_id)
                admitted.append(parcel.row)
                parcels.append(parcel)
        return parcels

    async def _pack(self, session: Session, row: Claimed) -> Parcel | None:
        """Make a row ready to leave; one that is pointless or broken is settled at once."""
        if row.payload is not None:
            payload = dict(row.payload)
            files = {
                key: await queries.made_file(session, file_id)
                for key, file_id in payload.pop("_files", {}).items()
            }
            return Parcel(row, self._aim(row, payload), files)
        rendered = await self._rendered(session, row)
        if isinstance(rendered, Attempt):
            await queries.record(session, row.id, rendered, self._clock())
            return None
        return Parcel(row, self._aim(row, {"chat_id": row.chat_id, **rendered}), {})

    async def _rendered(self, session: Session, row: Claimed) -> dict[str, Any] | Attempt:
        recipient, subject, kind = row.recipient_id or 0, row.subject_id or 0, row.kind or ""
        language = await queries.language_of(session, recipient)
        if language is None:
            return Attempt(Outcome.POINTLESS, reason="the reader has left")
        notice = Notice(kind, subject, recipient, self._clock(), row.repeat, row.detail)
        try:
            async with session.begin_nested():
                rendered = await self._render(session, notice, language)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.exception("notice not rendered", row=row.id, kind=kind)
            return Attempt(Outcome.REFUSED, reason=f"not rendered: {type(error).__name__}")
        if isinstance(rendered, Pointless):
            return Attempt(Outcome.POINTLESS, reason=rendered.reason)
        return rendered

    @staticmethod
    def _aim(row: Claimed, payload: dict[str, Any]) -> dict[str, Any]:
        if row.target_message_id is not None:
            payload["message_id"] = row.target_message_id
        return payload

    def _start(self, parcel: Parcel) -> None:
        self._in_flight[parcel.row.id] = parcel
        task = asyncio.create_task(self._carry(parcel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, parcel: Parcel) -> None:
        row = parcel.row
        try:
            attempt = await self._carrier.carry(row.method, parcel.payload, parcel.files)
        except (TypeError, ValueError, KeyError) as error:
            log.exception("not composed as Telegram takes it", row=row.id, method=row.method)
            attempt = Attempt(Outcome.REFUSED, reason=f"{type(error).__name__}: {error}")
        self._pacer.answered(row.method, row.chat_id)
        self._ended.append((parcel, attempt))
        self._wake.set()

    async def _rest(self) -> None:
        """Wait until something may have changed: a wake, a place free again, or a second."""
        pushes_in = self._pacer.pushes_at() - asyncio.get_running_loop().time()
        seconds = min(IDLE_SECONDS, pushes_in) if pushes_in > 0 else IDLE_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _finish(self) -> None:
        """Wait for the calls in flight and write down what came of them."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        if self._ended:
            await self._round()

"""The sweep: fires what is due, each reminder with all that follows from it in one commit."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from models.database import Session, Sessions, is_unavailable, transaction
from models.faults import named
from models.reminders import actions
from models.reminders.views import Due

log = structlog.get_logger(__name__)

Effect = Callable[[Session, Due, datetime], Awaitable[None]]
"""What a kind of reminder does; it runs in the transaction that settles the reminder."""

BATCH = 20
"""Reminders in one transaction at the most: about as many as fit into HOLD_SECONDS, for on
PostgreSQL each that is held costs a write, whether it fires or not."""

HOLD_SECONDS = 0.1
"""After so long a transaction fires no more: on SQLite turns wait for its end, and one reminder
that asks a ring of volunteers takes tens of milliseconds."""


async def sweep(sessions: Sessions, effects: Mapping[str, Effect], now: datetime) -> int:
    """Fire everything due by `now`, oldest first; give how many were settled."""
    settled = 0
    while done := await sweep_some(sessions, effects, now):
        settled += done
    return settled


async def sweep_some(sessions: Sessions, effects: Mapping[str, Effect], now: datetime) -> int:
    """Fire some of what is due, the oldest, in one short transaction; give how many were settled.

    At least one is, where any is due and no other sweep holds it. Whoever waits for the database
    has their turn before this returns.
    """
    settled, began = 0, time.monotonic()
    async with transaction(sessions) as session:
        for due in await actions.hold_due(session, now, BATCH, effects.keys()):
            if settled and time.monotonic() - began > HOLD_SECONDS:
                break
            settled += 1
            if await actions.settle(session, due, now):
                await _fire(session, effects, due, now)
    await asyncio.sleep(0)  # the one connection to SQLite goes to whoever asks next: not to us
    return settled


async def _fire(session: Session, effects: Mapping[str, Effect], due: Due, now: datetime) -> None:
    """Run one effect; a broken one is kept as failed and holds nobody else up."""
    try:
        async with session.begin_nested():
            await effects[due.kind](session, due, now)
    except Exception as error:
        if is_unavailable(error):
            raise
        broken = named(error)
        told = {"reminder": due.id, "kind": due.kind, "error": broken}
        log.error("reminder failed", **told)  # noqa: TRY400 - what people wrote may stand in its words
        await actions.fail(session, due.id, broken)

"""The sweep: fires what is due, each reminder with all that follows from it in one commit."""

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
"""Reminders in one transaction. On SQLite turns wait meanwhile, and one that asks a ring of
volunteers takes tens of milliseconds: so at most about a second."""


async def sweep(sessions: Sessions, effects: Mapping[str, Effect], now: datetime) -> int:
    """Fire everything due by `now`, oldest first; give how many were settled."""
    settled = 0
    while True:
        async with transaction(sessions) as session:
            taken = await actions.take_due(session, now, BATCH)
            for due in taken.firing:
                await _fire(session, effects, due, now)
        settled += taken.settled
        if taken.settled < BATCH:
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

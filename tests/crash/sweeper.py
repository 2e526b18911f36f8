"""A worker that does nothing but sweep, and ends itself by SIGKILL at a named point."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.database import Session, open_engine, open_sessions
from models.outbox.actions import compose
from models.reminders import actions
from models.reminders.views import Due
from models.vault import Vault
from scheduler import sweep
from tests.crash.child import set_point, write_to

KIND, SET_KIND = "test.kind", "test.set"

POINTS: dict[str, tuple[Any, str, bool]] = {
    "held, nothing settled": (actions, "hold_due", True),
    "settled, nothing done": (actions, "settle", True),
    "a set settled, nothing done": (actions, "settle_all", True),
    "done, not committed": (sweep, "_fire", True),
    "a set done, not committed": (sweep, "_fire_all", True),
    "some committed": (sweep, "sweep_some", True),
}
"""Name -> (where, what is wrapped, whether the end comes after it)."""


def live(order: dict[str, Any]) -> None:
    """Sweep until the point is reached."""
    write_to(order["log"])
    set_point(POINTS[order["point"]], order["times"])
    asyncio.run(run(order["database_url"], datetime.fromisoformat(order["now"])))


async def run(database_url: str, now: datetime) -> None:
    engine = open_engine(database_url)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    while True:
        await sweep.sweep(sessions, EFFECTS, now)


async def note(session: Session, due: Due, now: datetime) -> None:
    """Leave a row, so that doing twice shows."""
    payload = {"subject": due.subject_id}
    await compose(session, method="x", payload=payload, chat_id=None, now=now)


async def note_all(session: Session, held: Sequence[Due], now: datetime) -> None:
    """Leave a row for each."""
    for due in held:
        await note(session, due, now)


EFFECTS: dict[str, sweep.Effect] = {KIND: note, SET_KIND: sweep.InSets(note, note_all)}

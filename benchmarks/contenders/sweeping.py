"""Linli's sweep over a full table, beside turns; prints what was measured as JSON."""

import argparse
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import uvloop
from sqlalchemy import text

from benchmarks.contenders import town
from benchmarks.contenders.pulse import peak_mib, resident_mib, watched
from benchmarks.figures import percentile
from bot.logs import set_up
from bot.settings import LogFormat
from models.database import (
    Engine,
    Session,
    Sessions,
    open_engine,
    open_sessions,
    transaction,
)
from models.outbox.actions import SEND, compose, notify
from models.outbox.crowd import Push, notify_each
from models.reminders.views import Due
from models.vault import Vault
from scheduler.sweep import InSets, sweep

KIND = "benchmark.due"
PEOPLE = 1_000
LOOKS = 50

NUMBERS = {
    "sqlite": (
        "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
    ),
    "postgresql": "WITH n AS (SELECT generate_series(CAST(:first AS int), CAST(:last AS int)) i) ",
}
DUE = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', julianday(:at) + i / 86400000.0)",
    "postgresql": "CAST(:at AS timestamp) AT TIME ZONE 'UTC' + i * interval '1 millisecond'",
}


async def fill(engine: Engine, first: int, count: int, due_at: datetime) -> None:
    """Set reminders, a millisecond between each and the next, in one statement."""
    name, at = engine.dialect.name, due_at.replace(microsecond=0, tzinfo=None)
    statement = (
        "INSERT INTO reminders (kind, subject_id, due_at, lateness, state, dedupe) "
        f"{NUMBERS[name]}"
        f"SELECT '{KIND}', i, {DUE[name]}, 'send_late', 'pending', '{KIND}:' || i FROM n"
    )
    values = {"first": first, "last": first + count - 1, "at": at}
    if name == "sqlite":
        values["at"] = f"{at:%Y-%m-%d %H:%M:%S}"
    async with engine.begin() as connection:
        await connection.execute(text(statement), values)


async def told(session: Session, due: Due, now: datetime) -> None:
    """Tell one person: what most reminders come to."""
    reader = due.subject_id % PEOPLE + 1
    await notify(session, recipient_id=reader, kind=KIND, subject_id=due.subject_id, now=now)


async def told_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Do the same for many together."""
    pushes = [Push(due.subject_id % PEOPLE + 1, due.subject_id) for due in fired]
    await notify_each(session, pushes, kind=KIND, now=now)


async def run(options: argparse.Namespace) -> dict[str, float]:
    """Fill the table, sweep once, then look at it with nothing due."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    now = datetime.now(UTC)
    async with transaction(sessions) as session:
        await town.settle(session, 1, PEOPLE)
    await fill(engine, 1, options.due, now - timedelta(hours=1))
    await fill(engine, options.due + 1, options.pending, now + timedelta(days=1))
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text("ANALYZE"))
    effect = InSets(told, told_all) if options.together else told
    before = resident_mib()

    async def turn() -> None:
        async with transaction(sessions) as session:
            await compose(session, method=SEND, payload={"text": "?"}, chat_id=1, now=now)

    async with watched(turn) as pulse:
        began = time.perf_counter()
        settled = await sweep(sessions, {KIND: effect}, now)
        seconds = time.perf_counter() - began
    assert settled == options.due
    looks = [await _look(sessions, now) for _ in range(LOOKS)]
    await engine.dispose()
    return {
        "seconds": seconds,
        "mib_before": before,
        "mib_peak": peak_mib(),
        "look": percentile(looks, 0.5) * 1000,
        **pulse.figures(),
    }


async def _look(sessions: Sessions, now: datetime) -> float:
    began = time.perf_counter()
    await sweep(sessions, {}, now)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", help="not used")
    parser.add_argument("--database", required=True)
    parser.add_argument("--pending", type=int, required=True)
    parser.add_argument("--due", type=int, required=True)
    parser.add_argument("--together", action="store_true", help="by the set-wise effect")
    set_up(LogFormat.TEXT, "WARNING")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()

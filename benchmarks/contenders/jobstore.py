"""APScheduler's own SQLAlchemyJobStore, all jobs due at once; prints what was measured as JSON.

Its database is opened as Linli opens its own: WAL, synchronous FULL. With `--rows` each job writes
one row in a transaction of its own, to another file: the store and the jobs would lock one another
out on one. Without, a job does nothing.
"""

import argparse
import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import uvloop
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from benchmarks.contenders import town
from benchmarks.contenders.pulse import peak_mib, resident_mib, watched
from benchmarks.figures import percentile
from models.database import Sessions, open_engine, open_sessions, transaction
from models.outbox.actions import SEND, compose
from models.vault import Vault

LOOKS = 50
LATER = timedelta(days=1)


class Jobs:
    """What every job of this process sees: jobs are kept as text, so it lies in the module."""

    left = 0
    done = asyncio.Event()
    sessions: Sessions | None = None


async def job(number: int) -> None:
    """Write a row where there is somewhere to, and count down."""
    if Jobs.sessions is not None:
        await _write(Jobs.sessions, number)
    Jobs.left -= 1
    if not Jobs.left:
        Jobs.done.set()


async def _write(sessions: Sessions, number: int) -> None:
    async with transaction(sessions) as session:
        await compose(session, method=SEND, payload={"n": number}, chat_id=1, now=datetime.now(UTC))


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _store(database: str) -> SQLAlchemyJobStore:
    engine = create_engine(f"{database}.jobs")
    event.listen(engine, "connect", _prepare)
    return SQLAlchemyJobStore(engine=engine)


def _add(scheduler: AsyncIOScheduler, jobs: int, at: datetime) -> None:
    for number in range(jobs):
        scheduler.add_job("__main__:job", "date", run_date=at, args=[number])


async def run(options: argparse.Namespace) -> dict[str, float]:
    """Add the jobs, let all fall due, wait for the last; then look with nothing due."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    Jobs.left, Jobs.sessions = options.jobs, sessions if options.rows else None
    store = _store(options.database)
    scheduler = AsyncIOScheduler(
        jobstores={"default": store}, job_defaults={"misfire_grace_time": None}, timezone="UTC"
    )
    scheduler.start(paused=True)
    _add(scheduler, options.jobs, datetime.now(UTC) - timedelta(hours=1))
    before = resident_mib()

    async def turn() -> None:
        await _write(sessions, 0)

    async with watched(turn) as pulse:
        began = time.perf_counter()
        scheduler.resume()
        await Jobs.done.wait()
        seconds = time.perf_counter() - began
    peak = peak_mib()
    scheduler.pause()
    _add(scheduler, options.jobs, datetime.now(UTC) + LATER)
    looks = [_look(store) for _ in range(LOOKS)]
    scheduler.shutdown(wait=False)
    await engine.dispose()
    return {
        "seconds": seconds,
        "mib_before": before,
        "mib_peak": peak,
        "look": percentile(looks, 0.5) * 1000,
        **pulse.figures(),
    }


def _look(store: SQLAlchemyJobStore) -> float:
    """Do what the scheduler does at each wakeup with nothing due."""
    began = time.perf_counter()
    store.get_due_jobs(datetime.now(UTC))
    store.get_next_run_time()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", help="not used")
    parser.add_argument("--database", required=True, help="SQLite; the jobs go to a file beside it")
    parser.add_argument("--jobs", type=int, required=True)
    parser.add_argument("--rows", action="store_true")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()

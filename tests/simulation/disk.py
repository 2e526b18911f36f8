"""The disk: our own dialect of SQLite, which is slow, away or forgetful when the plan says so."""

import asyncio
import sqlite3
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.util import await_only

from models.database import Engine
from models.sqlite import DirectDialect
from tests.simulation.loop import Process

NAME = "simulated"
registry.register(f"sqlite.{NAME}", __name__, "SimulatedDialect")


@dataclass
class Disk:
    """What is wrong with the disk of all processes, or the way to it."""

    dice: Random
    slow: float = 0.0
    """Seconds that a commit takes at the most."""
    away: bool = False
    full: bool = False
    doubts: int = 0
    """So many commits still end in an error without its being known whether they were made."""
    commits: int = 0

    def pause(self) -> float:
        """Return how long a statement takes: mostly nothing, now and then so long that all else
        comes between."""
        return self.dice.choice((0.001, 0.004, 0.02)) if self.dice.random() < 0.05 else 0.0


@dataclass
class Connections:
    """The connections of one process to the database, closed when it is killed."""

    process: Process
    opened: list[sqlite3.Connection] = field(default_factory=list)

    def close(self) -> None:
        """Close everything as a kernel does: what was not committed is undone."""
        for connection in self.opened:
            connection.close()
        self.opened.clear()


def failure(name: str) -> sqlite3.OperationalError:
    """Make an error as SQLite's driver has it."""
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


class SimulatedDialect(DirectDialect):
    """Our own dialect, on a disk of which anything is possible."""

    driver = NAME
    supports_statement_cache = True

    disk: Disk
    connections: Connections

    def _look(self) -> None:
        if not self.connections.process.alive:
            raise failure("SQLITE_IOERR")
        if self.disk.away:
            raise failure("SQLITE_CANTOPEN")

    def do_execute(
        self, cursor: Any, statement: str, parameters: Any, context: ExecutionContext | None = None
    ) -> None:
        """Execute; now and then everybody else's work comes before."""
        self._wait(self.disk.pause())
        if self.disk.full and not statement.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            raise failure("SQLITE_FULL")
        super().do_execute(cursor, statement, parameters, context)

    def do_executemany(
        self, cursor: Any, statement: str, parameters: Any, context: ExecutionContext | None = None
    ) -> None:
        """Execute for each of many."""
        self._wait(0.0)
        if self.disk.full:
            raise failure("SQLITE_FULL")
        super().do_executemany(cursor, statement, parameters, context)

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin as a writer."""
        self._look()
        super().do_begin(dbapi_connection)

    def do_commit(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Commit after a while, or not at all, or so that nobody knows."""
        self._wait(self.disk.dice.uniform(0, self.disk.slow))
        doubtful = self.disk.doubts > 0
        self.disk.doubts -= doubtful
        if doubtful and self.disk.dice.random() < 0.5:
            raise failure("SQLITE_IOERR_FSYNC")
        super().do_commit(dbapi_connection)
        self.disk.commits += 1
        self._wait(self.disk.dice.uniform(0, self.disk.slow))
        if doubtful:
            raise failure("SQLITE_IOERR_FSYNC")

    def _wait(self, seconds: float) -> None:
        self._look()
        if seconds:
            await_only(asyncio.sleep(seconds))
            self._look()


def put_on(engine: Engine, disk: Disk, connections: Connections) -> None:
    """Let the engine of one process stand on the disk."""
    dialect = engine.dialect
    assert isinstance(dialect, SimulatedDialect)
    dialect.disk, dialect.connections = disk, connections

    @event.listens_for(engine.sync_engine, "do_connect")
    def _open(*_: Any) -> None:
        dialect._look()

    @event.listens_for(engine.sync_engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")
        connections.opened.append(connection)

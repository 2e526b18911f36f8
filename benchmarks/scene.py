"""Where the benchmarks take place: the local server, fresh databases, how much of everything."""

import asyncio
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped]  # it brings no stubs

from benchmarks.processes import Child, FailedError, Start, from_scratch, running

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"
LASTING = Path("/var/tmp")
"""On disk wherever there is one: in memory a commit costs nothing and proves nothing."""

LOOK_SECONDS = 0.1
START_SECONDS = 60.0


@dataclass(frozen=True)
class Counts:
    """How much of everything is done."""

    rounds: int = 3
    turns: int = 2_000
    warm_up: int = 200
    messages: int = 1_500
    delays: tuple[float, ...] = (0.0, 0.05)
    """Seconds until the server answers a message."""
    steady_rounds: int = 2
    light_seconds: float = 15.0
    alone_seconds: float = 8.0
    """How long pushes go out before people write as well."""
    broadcast_seconds: float = 30.0
    steady_rate: float = 8.0
    pushes: int = 10_000
    people: int = 10_000
    starts: int = 3
    volunteers: int = 100_000
    pending: int = 1_000_000
    """Reminders that are not due yet …"""
    due: int = 10_000
    """… and those that are."""
    proposals: int = 20_000
    """Of one community."""
    votes: int = 10_000
    copies: int = 20_000
    """Of one broadcast that nothing paces …"""
    paced_copies: int = 2_000
    """… of one at the pace that Telegram allows …"""
    unruly_copies: int = 1_000
    """… and of one through a server that misbehaves."""
    checks: int = 10_000
    """Day checks that fall due at the same hour."""
    called: int = 2_000
    """People whom a call-up asks."""
    registered: int = 20_000
    """Registrations of fifty kinds …"""
    ending: int = 5_000
    """… of which so many end within a month."""
    watched_seconds: float = 20.0
    """How long they are watched as they go out."""
    postgresql: bool = True
    """Whether PostgreSQL is measured too, if one answers."""


QUICK = Counts(
    rounds=1,
    turns=300,
    warm_up=50,
    messages=300,
    delays=(0.0,),
    steady_rounds=1,
    light_seconds=3.0,
    alone_seconds=2.0,
    broadcast_seconds=3.0,
    pushes=500,
    people=500,
    starts=1,
    volunteers=5_000,
    pending=50_000,
    due=500,
    proposals=1_000,
    votes=500,
    copies=500,
    paced_copies=60,
    unruly_copies=100,
    checks=500,
    called=200,
    registered=1_000,
    ending=250,
    watched_seconds=5.0,
    postgresql=False,
)


@dataclass
class Scene:
    """One run's server, folder and counts; `tell` shows progress, `start` starts processes."""

    url: str
    folder: Path
    counts: Counts
    tell: Callable[[str], None]
    postgresql: str | None = None
    start: Start = from_scratch
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000)))

    def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        """Give the server a command of `/bench/…` and return its answer."""
        request = urllib.request.Request(
            f"{self.url}/bench/{command}",
            json.dumps(arguments).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            found = json.load(response)
        assert isinstance(found, dict)
        return found

    def wait(self, child: Child, reached: Callable[[dict[str, Any]], bool], seconds: float) -> None:
        """Wait until the server's progress says so; FailedError when it does not in time."""
        deadline = time.monotonic() + seconds
        while not reached(self.ask("progress")):
            child.check()
            if time.monotonic() > deadline:
                raise FailedError(f"not within {seconds:.0f} s; {child.last_words()}")
            time.sleep(LOOK_SECONDS)

    def wait_polling(self, child: Child) -> None:
        """Wait until the bot asks for updates and none waits."""
        self.wait(child, lambda progress: bool(progress["polled"]), START_SECONDS)

    @contextmanager
    def child(self, module: str, *arguments: object, api: str = "") -> Iterator[Child]:
        """Run a contender against the server, or another one."""
        name = f"benchmarks.contenders.{module}"
        command = ["-m", name, "--api", api or self.url, *(str(a) for a in arguments)]
        with running(command, self.folder, start=self.start) as child:
            yield child

    @contextmanager
    def unruly(self, people: int) -> Iterator[str]:
        """Run a server that misbehaves, with so many readers; give its base URL."""
        with TemporaryDirectory(prefix="linli", dir=self.folder) as own:
            command = ["-m", "benchmarks.server.unruly", "--people", str(people)]
            with running(command, Path(own), start=self.start) as server:
                yield server.line()

    @contextmanager
    def database(self, kind: str = "sqlite") -> Iterator[str]:
        """Give the address of a fresh, empty database, gone at the end."""
        name = f"linli_bench_{self.folder.name.lower()}_{next(self._numbers)}"
        if kind == "postgresql":
            yield from _postgresql_database(self.postgresql or POSTGRESQL, name)
            return
        file = self.folder / f"{name}.sqlite3"
        try:
            yield f"sqlite:///{file}"
        finally:
            for leftover in self.folder.glob(f"{file.name}*"):
                leftover.unlink()


def _postgresql_database(url: str, name: str) -> Iterator[str]:
    asyncio.run(_execute(url, f'CREATE DATABASE "{name}"'))
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        asyncio.run(_execute(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def find_postgresql() -> str | None:
    """Give the address of this machine's PostgreSQL if one answers and lets us in."""
    with suppress(OSError, asyncpg.PostgresError, TimeoutError):
        asyncio.run(_execute(POSTGRESQL, "SELECT 1"))
        return POSTGRESQL
    return None


@contextmanager
def scene(
    counts: Counts, tell: Callable[[str], None], start: Start = from_scratch
) -> Iterator[Scene]:
    """Set the scene: a server process and a folder on disk for everything that is written."""
    parent = LASTING if LASTING.is_dir() else None
    with (
        TemporaryDirectory(prefix="linli", dir=parent) as name,
        TemporaryDirectory(prefix="linli", dir=parent) as own,
        running(["-m", "benchmarks.server"], Path(own), start=start) as server,
    ):
        postgresql = find_postgresql() if counts.postgresql else None
        yield Scene(server.line(), Path(name), counts, tell, postgresql, start)

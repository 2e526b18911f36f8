"""The machine that the figures hold for, and whether it had other things to do."""

import os
import platform
import sqlite3
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it brings no stubs

LIBRARIES = (
    "aiogram",
    "python-telegram-bot",
    "aiohttp",
    "httpx",
    "SQLAlchemy",
    "asyncpg",
    "uvloop",
    "pydantic",
)
QUIET_PERCENT = 10.0
"""Above this share of all cores used by others, figures say more about them than about us."""

LOOK_SECONDS = 1.0
COMMITS = 500


@dataclass(frozen=True)
class Busyness:
    """What the machine does besides: the load averages, and the share of all cores in use."""

    load: tuple[float, float, float]
    percent: float

    @property
    def quiet(self) -> bool:
        """Whether figures taken now can be trusted."""
        return self.percent <= QUIET_PERCENT

    def warning(self) -> str:
        """Say that it is not quiet; nothing where it is."""
        if self.quiet:
            return ""
        return (
            f"**The machine was busy at the start ({self.percent:.0f} % of its cores in use by "
            "others): these figures are provisional.**"
        )


def busyness() -> Busyness:
    """Watch the machine for a second."""
    return Busyness(os.getloadavg(), psutil.cpu_percent(LOOK_SECONDS))


def facts(before: Busyness, folder: Path) -> list[str]:
    """Write what a reader must know to compare."""
    load = " ".join(f"{value:.2f}" for value in before.load)
    return [
        (
            f"- {_processor()}, {os.cpu_count()} cores, "
            f"{psutil.virtual_memory().total / 1024**3:.0f} GiB, {platform.system()} "
            f"{platform.release()}"
        ),
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        + ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        f"- {_commits(folder):,.0f} commits/s of one row by plain sqlite3 (WAL, synchronous FULL)",
        f"- Load average at the start {load}; {before.percent:.0f} % of all cores in use by others",
    ]


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _commits(folder: Path) -> float:
    """Measure what the disk lets any bot on SQLite promise."""
    connection = sqlite3.connect(folder / "commits.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE heard (id INTEGER PRIMARY KEY, text TEXT)")
    started = time.perf_counter()
    for _ in range(COMMITS):
        connection.execute("INSERT INTO heard (text) VALUES ('你好')")
    seconds = time.perf_counter() - started
    connection.close()
    return COMMITS / seconds

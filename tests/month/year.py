"""`python -m tests.month.year`: a town lives for a year, and is measured meanwhile.

It lives as in the month, but longer and with more people: the real turn, sweep and sender on a
virtual clock, on an SQLite file under /var/tmp. Printed is a table with a line for every so many
days: MiB that the process holds; turns since the last line; milliseconds (half, and 99 of 100, took
no longer) of turns, of sweeps and of the hourly work; rows of the tables in SHOWN, and of all;
seconds since the start. At the end follow the rows of every table, the longest first.
"""

import argparse
import asyncio
import gc
import logging
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog
from sqlalchemy import func, select

import bot.lean  # noqa: F401 - before anything imports aiogram
from benchmarks.figures import number, percentile, table
from bot.app import House as RealHouse
from bot.turn import TurnOutcome
from models.schema import metadata
from models.wiring import wire
from tests.month.house import House
from tests.month.month import BEGINS, Month, opened
from tests.month.town import Size
from tests.templates import migrate_now

PAGE = resource.getpagesize()
FEWEST_HELPERS = 8
"""So many grow tired in the first month."""
KEPT_MESSAGES = 30
"""Messages that each phone keeps: its memory is not the bot's."""


@dataclass
class Took:
    """Durations since the last line, in milliseconds."""

    turns: list[float] = field(default_factory=list)
    sweeps: list[float] = field(default_factory=list)
    tidyings: list[float] = field(default_factory=list)


class WatchedHouse(House):
    """The house of the month; it measures how long its work takes."""

    took: Took

    async def start(self) -> None:
        """Start the process."""
        self.took = getattr(self, "took", Took())
        await super().start()

    async def _turn(self, real: RealHouse, update: Any) -> TurnOutcome:
        began = time.perf_counter()
        outcome = await super()._turn(real, update)
        self.took.turns.append((time.perf_counter() - began) * 1000)
        return outcome

    async def _sweep(self, real: RealHouse) -> None:
        began = time.perf_counter()
        await super()._sweep(real)
        self.took.sweeps.append((time.perf_counter() - began) * 1000)

    async def hourly(self) -> None:
        """Do the ticker's hourly work."""
        began = time.perf_counter()
        await super().hourly()
        self.took.tidyings.append((time.perf_counter() - began) * 1000)


def forget(month: Month) -> None:
    """Drop what phones and observers remember: the memory measured is to be the bot's."""
    crowd = month.crowd
    for kept in (crowd.sent, crowd.files, crowd.acts, crowd.words, month.house.wire.silent):
        kept.clear()
    month.world.bot.queries.clear()
    for chat in month.world.bot.chats.values():
        for message_id in list(chat.messages)[:-KEPT_MESSAGES]:
            del chat.messages[message_id]


def memory_mib() -> float:
    """Return the resident memory of the process, after a collection."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * PAGE / 2**20


async def rows_of(month: Month) -> dict[str, int]:
    """Count the rows of every table."""
    assert month.house.real is not None
    async with month.house.real.engine.connect() as connection:
        return {
            one.name: await connection.scalar(select(func.count()).select_from(one)) or 0
            for one in metadata().sorted_tables
        }


SHOWN = ("outbox", "handled_updates", "conversations", "reminders", "audit", "help_requests")


def line(day: int, month: Month, rows: dict[str, int], seconds: float) -> list[object]:
    """Return a line of the table, and begin to count again."""
    assert isinstance(month.house, WatchedHouse)
    took, month.house.took = month.house.took, Took()
    return [
        day,
        f"{memory_mib():.0f}",
        len(took.turns),
        *_percentiles(took.turns),
        *_percentiles(took.sweeps),
        *_percentiles(took.tidyings),
        *(f"{rows[name]:,}" for name in SHOWN),
        f"{sum(rows.values()):,}",
        f"{seconds:.0f}",
    ]


HEAD = [
    "day",
    "MiB",
    "turns",
    *(
        f"{what} {share} ms"
        for what in ("turn", "sweep", "hourly work")
        for share in ("p50", "p99")
    ),
    *SHOWN,
    "all rows",
    "seconds",
]


def _percentiles(values: list[float]) -> Iterator[str]:
    for share in (0.5, 0.99):
        yield number(percentile(values, share)) if values else "–"


def _print(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def live(url: str, options: argparse.Namespace) -> None:
    """Live, and print a line every so many days."""
    helpers = max(FEWEST_HELPERS, options.people // 20)
    size = Size(
        residents=options.people - helpers,
        volunteers=helpers,
        staff=12,
        without_phone=options.people // 100,
        needs=options.needs,
    )
    began = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        async with opened(url, options.seed, patch, size, BEGINS, WatchedHouse) as month:
            _print("\n".join(table(HEAD, [line(0, month, await rows_of(month), 0)])))

            async def look(day: int) -> None:
                forget(month)
                if day % options.every == 0 and month.house.real is not None:
                    rows = await rows_of(month)
                    seconds = time.monotonic() - began
                    _print(table(HEAD, [line(day, month, rows, seconds)])[-1])

            for day in range(1, options.days + 1):
                at = BEGINS + timedelta(days=day, seconds=-1)
                month.life.agenda.add(at, partial(look, day))
            await month.life.live(options.days)
            grown = sorted((await rows_of(month)).items(), key=lambda one: -one[1])
            _print(f"\n{', '.join(f'{name} {count:,}' for name, count in grown if count)}")


def main() -> None:
    """Read the options, and live."""
    parser = argparse.ArgumentParser(prog="python -m tests.month.year", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--needs", type=float, default=5.0, help="requests a day")
    parser.add_argument("--every", type=int, default=30, help="days from one line to the next")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.WARNING)
    wire()
    with TemporaryDirectory(prefix="linli", dir="/var/tmp") as folder:
        url = f"sqlite:///{folder}/year.sqlite3"
        migrate_now(url)
        asyncio.run(live(url, options))


if __name__ == "__main__":
    main()

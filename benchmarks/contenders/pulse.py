"""How long everything else waits while something big is done: the loop's own delay, and turns."""

import asyncio
import gc
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psutil  # type: ignore[import-untyped]  # it brings no stubs

from benchmarks.figures import percentile
from benchmarks.processes import MEBIBYTE

TICK_SECONDS = 0.005
TURN_SECONDS = 0.125
"""A turn as often: eight a second, as people write at light load."""

Turn = Callable[[], Awaitable[None]]


@dataclass
class Pulse:
    """What was waited, in seconds; of whatever should have begun while all stood still, too."""

    delays: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)

    async def beat(self, until: asyncio.Event) -> None:
        """Note for every tick of an even beat how late it was."""
        due = time.perf_counter() + TICK_SECONDS
        while not until.is_set():
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            now = time.perf_counter()
            while due <= now:
                self.delays.append(now - due)
                due += TICK_SECONDS

    async def take_turns(self, turn: Turn, until: asyncio.Event) -> None:
        """Begin a turn at every tick of a slow beat; note how long each took from its tick on."""
        due, running = time.perf_counter() + TURN_SECONDS, set[asyncio.Task[None]]()
        while not until.is_set():
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            while due <= time.perf_counter():
                running.add(asyncio.create_task(self._timed(turn, due)))
                due += TURN_SECONDS
        await asyncio.gather(*running)

    async def _timed(self, turn: Turn, due: float) -> None:
        await turn()
        self.turns.append(time.perf_counter() - due)

    def figures(self) -> dict[str, float]:
        """Give milliseconds: of the loop's delay, and of turns."""
        return {
            "delay_p99": percentile(self.delays, 0.99) * 1000,
            "delay_max": max(self.delays) * 1000,
            "turn_p50": percentile(self.turns, 0.5) * 1000,
            "turn_p99": percentile(self.turns, 0.99) * 1000,
            "turn_max": max(self.turns) * 1000,
        }


@asynccontextmanager
async def watched(turn: Turn) -> AsyncIterator[Pulse]:
    """Feel the pulse, and take turns, while what runs inside runs.

    What was imported is put out of the garbage collector's sight first, as `python -m bot` does:
    else one collection of it all holds any of the contenders up for 0.2 s.
    """
    gc.collect()
    gc.freeze()
    pulse, over = Pulse(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(pulse.beat(over))
        group.create_task(pulse.take_turns(turn, over))
        yield pulse
        await asyncio.sleep(2 * TURN_SECONDS)  # what stood still is noted before it is over
        over.set()


def resident_mib() -> float:
    """Give the memory of this process, in MiB."""
    return float(psutil.Process().memory_info().rss) / MEBIBYTE


def peak_mib() -> float:
    """Give the most memory this process ever had, in MiB (Linux counts KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

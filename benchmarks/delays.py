"""What a person waits at light load and during a broadcast, and how near the pace stays to 30/s."""

import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import (
    longest_gap,
    milliseconds,
    most_within,
    per_second,
    percentile,
    spread,
    table,
)
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

PEOPLE = 200
GRACE_SECONDS = 20.0
LIMIT = 30
"""Telegram's ceiling: messages a second and bot (Bots FAQ, "My bot is hitting limits")."""


@dataclass(frozen=True)
class Load:
    """A bot and whether it broadcasts meanwhile."""

    name: str
    module: str
    broadcasts: bool

    def arguments(self, scene: Scene) -> list[object]:
        """Give what its process is started with, but for the database."""
        pushes = ["--pushes", scene.counts.pushes] if self.broadcasts else []
        own = ["--paced", "--people", PEOPLE] if self.module == "linli" else []
        return [*own, *pushes]


LOADS = (
    Load("aiogram alone", "bare", broadcasts=False),
    Load("**Linli**", "linli", broadcasts=False),
    Load("aiogram alone, broadcasting in a loop", "bare", broadcasts=True),
    Load("**Linli, pushes queued**", "linli", broadcasts=True),
)


@dataclass(frozen=True)
class Measured:
    """Delays in milliseconds; the pace of all messages, and the fullest second."""

    p50: float
    p99: float
    alone: float
    """The pace of pushes before anybody wrote."""
    pace: float
    fullest: int
    gap: float


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    found: dict[Load, list[Measured]] = defaultdict(list)
    for number in range(scene.counts.steady_rounds):
        for load in LOADS:
            scene.tell(f"delays, round {number + 1}: {load.name}")
            try:
                found[load].append(measure(scene, load))
            except FailedError as error:
                scene.tell(f"  not measured: {error}")
    counts = scene.counts
    waits = ["bot", "reply p50 ms", "reply p99 ms"]
    head = [*waits, "pushes alone/s", "messages/s", "fullest second", "longest gap ms"]
    return [
        "## A person's wait, and the pace",
        "",
        (
            f"{counts.steady_rate:.0f} messages a second at random instants for "
            f"{counts.light_seconds:.0f} s a round; in the lower two rows with {counts.pushes:,} "
            f"pushes to go, alone for {counts.alone_seconds:.0f} s, then for "
            f"{counts.broadcast_seconds:.0f} s beside people. Linli keeps Telegram's limits. "
            "The pace counts replies and pushes together, as they arrive at the server; more than "
            f"{LIMIT} in any second is what Telegram forbids. The fullest second is the most of "
            "all rounds. aiogram's loop sleeps 1/30 s between messages, keeps nothing and does not "
            "count its replies."
        ),
        "",
        *table(head, [_row(load, found[load]) for load in LOADS]),
    ]


def measure(scene: Scene, load: Load) -> Measured:
    """Put a load on a bot once."""
    counts = scene.counts
    seconds = counts.broadcast_seconds if load.broadcasts else counts.light_seconds
    scene.ask("reset")
    with ExitStack() as stack:
        arguments = load.arguments(scene)
        if load.module == "linli":
            arguments += ["--database", stack.enter_context(scene.database())]
        child = stack.enter_context(scene.child(load.module, *arguments))
        scene.wait_polling(child)
        if load.broadcasts:
            time.sleep(counts.alone_seconds)
        alone = scene.ask("report")["sent"]
        scene.ask(
            "trickle",
            people=PEOPLE,
            per_second=counts.steady_rate,
            seconds=seconds,
        )
        patience = seconds * 2 + GRACE_SECONDS
        scene.wait(
            child, lambda progress: bool(progress["replied"] >= progress["wanted"]), patience
        )
        return _measured(scene.ask("report"), alone)


def _measured(report: dict[str, Any], alone: list[float]) -> Measured:
    delays, sent = milliseconds(report["replies"]), report["sent"]
    with_people = sent[len(alone) :]
    return Measured(
        percentile(delays, 0.5),
        percentile(delays, 0.99),
        per_second(alone),
        per_second(with_people),
        most_within(sent, 1.0),
        longest_gap(with_people) * 1000,
    )


def _row(load: Load, rounds: list[Measured]) -> list[object]:
    pushes = load.broadcasts
    return [
        load.name,
        spread(m.p50 for m in rounds),
        spread(m.p99 for m in rounds),
        spread(m.alone for m in rounds) if pushes else None,
        spread(m.pace for m in rounds),
        max((m.fullest for m in rounds), default=None) if pushes else None,
        spread(m.gap for m in rounds) if pushes else None,
    ]

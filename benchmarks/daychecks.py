"""Day checks that fall due together: how soon all are asked, and what people wait meanwhile."""

import json
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.delays import PEOPLE
from benchmarks.figures import milliseconds, most_within, number, per_second, percentile, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

MOST_SECONDS = 120.0
"""How long people write at the most: while all are asked, and some while it goes out."""
GRACE_SECONDS = 20.0


@dataclass(frozen=True)
class Way:
    """What falls due, and in which way it is done."""

    what: str
    name: str
    rung: str
    how: str
    database: str = "sqlite"


ASKED, AGAIN, DESK = "the question", "the question again", "who is on duty"
LINLI = "**Linli's sweep**"
WAYS = (
    Way(ASKED, LINLI, "ask", "sets"),
    Way(ASKED, "the same, one by one", "ask", "single"),
    Way(ASKED, "the same, all in one transaction", "ask", "whole"),
    Way(AGAIN, LINLI, "again", "sets"),
    Way(DESK, LINLI, "desk", "sets"),
)
ON_POSTGRESQL = Way(ASKED, LINLI, "ask", "sets", "postgresql")
FEWER = 10
"""What takes each time of its own is measured with one of so many."""


@dataclass(frozen=True)
class Measured:
    """Seconds until all were seen to, what left, and what people waited, in milliseconds."""

    seconds: float
    pace: float
    fullest: int
    idle: list[float]
    asking: list[float]
    sending: list[float]


def ways(scene: Scene) -> list[Way]:
    """List what is measured."""
    return [*WAYS, *([ON_POSTGRESQL] if scene.postgresql else [])]


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    rows = []
    for way in ways(scene):
        scene.tell(f"day checks, {way.database}: {way.what}, {way.how}")
        try:
            cells = _cells(measure(scene, way))
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
            continue
        rows.append([way.database, way.what, f"{people(scene, way):,}", way.name, *cells])
    head = ["database", "what is due", "of", "how", "done in, s", "messages/s", "fullest second"]
    head += [
        "reply p50 ms idle",
        "p99 ms",
        "p50 ms meanwhile",
        "p99 ms",
        "p50 ms sending",
        "p99 ms",
    ]
    counts = scene.counts
    return [
        "## Day checks",
        "",
        (
            f"{counts.checks:,} people have a day check at eight, and nobody has given a sign; the "
            "whole bot runs, at Telegram's limits. Each is asked (a day, a row in the outbox, two "
            "reminders) when the hour comes; an hour later each is asked again; after two whoever "
            "is on duty is told of who is silent still, each by itself. People write "
            f"{counts.steady_rate:.0f} messages a second at random instants: for "
            f"{counts.light_seconds:.0f} s before the hour (idle), while the sweep is at it "
            f"(meanwhile), and for {counts.watched_seconds:.0f} s while the questions go out "
            "(sending). Between two rounds the ticker rests as long as the round took."
        ),
        "",
        *table(head, rows),
    ]


def people(scene: Scene, way: Way) -> int:
    """Count whose day checks are due."""
    alone = way.what == DESK or way.how == "single"
    return scene.counts.checks // (FEWER if alone else 1)


def measure(scene: Scene, way: Way) -> Measured:
    """Let the hour come while people write."""
    counts = scene.counts
    scene.ask("reset")
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(way.database))]
        told += ["--people", people(scene, way), "--before", counts.light_seconds]
        told += ["--way", way.how, "--rung", way.rung]
        child = stack.enter_context(scene.child("daychecking", *told))
        child.line()
        scene.ask("trickle", people=PEOPLE, per_second=counts.steady_rate, seconds=MOST_SECONDS)
        began, ended = json.loads(child.line())
        time.sleep(counts.watched_seconds)
        report = scene.ask("report")
    replies, sent = report["replies"], [at for at in report["sent"] if at >= began]
    return Measured(
        ended - began,
        per_second(sent),
        most_within(sent, 1.0),
        milliseconds(one for one in replies if one[1] < began),
        milliseconds(one for one in replies if one[1] >= began and one[0] <= ended),
        milliseconds(one for one in replies if one[0] > ended),
    )


def _cells(found: Measured) -> list[object]:
    return [
        number(found.seconds), number(found.pace), found.fullest,
        *_shares(found.idle), *_shares(found.asking), *_shares(found.sending),
    ]  # fmt: skip


def _shares(waits: list[float]) -> Iterable[object]:
    return [number(percentile(waits, share)) if waits else None for share in (0.5, 0.99)]

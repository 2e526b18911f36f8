"""A sweep over a full table, beside APScheduler's own job store, and what waits meanwhile."""

import json
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.figures import number, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

Found = dict[str, float]


@dataclass(frozen=True)
class Way:
    """A contender and the database it works on."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    database: str = "sqlite"


TOGETHER = ("--together",)
SWEEP = Way("**Linli's sweep, one by one, SQLite**", "sweeping")
SWEEP_SETS = Way("**Linli's sweep, in sets, SQLite**", "sweeping", TOGETHER)
SWEEP_POSTGRESQL = Way("**Linli's sweep, one by one, PostgreSQL**", "sweeping", (), "postgresql")
SWEEP_SETS_POSTGRESQL = Way(
    "**Linli's sweep, in sets, PostgreSQL**", "sweeping", TOGETHER, "postgresql"
)
EMPTY_JOBS = Way("APScheduler's job store, SQLite, jobs that do nothing", "jobstore")
JOBS = Way("APScheduler's job store, SQLite, a row each", "jobstore", ("--rows",))


def ways(scene: Scene) -> list[Way]:
    """List the contenders."""
    postgresql = [SWEEP_SETS_POSTGRESQL, SWEEP_POSTGRESQL] if scene.postgresql else []
    return [SWEEP_SETS, SWEEP, *postgresql, EMPTY_JOBS, JOBS]


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    rows = []
    for way in ways(scene):
        scene.tell(f"reminders: {way.name}")
        try:
            rows.append([way.name, *_cells(measure(scene, way))])
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
    counts = scene.counts
    head = ["what fires", "seconds", "due/s", "loop delay p99 ms", "most ms"]
    head += ["a turn p50 ms", "p99 ms", "most ms", "MiB before", "most MiB", "nothing due: ms"]
    return [
        "## A sweep",
        "",
        (
            f"{counts.due:,} reminders due at once among {counts.pending:,} that are not; each "
            "tells somebody (a row in the outbox), in the transaction that settles it: one by one, "
            "as a kind does that looks at its subject's state, or in sets. The job "
            f"store holds the {counts.due:,} jobs alone, all due; its jobs write such a row in a "
            "transaction of their own, to another file, or do nothing. Beside it all a turn is "
            "taken eight times a second, one row in one transaction. The loop's delay is that of "
            "an even beat of 5 ms, a turn's time runs from when it was to begin: what stands still "
            "is counted for all that waits. The last column is one look with nothing due, at the "
            f"{counts.pending:,} or {counts.due:,} that are left."
        ),
        "",
        *table(head, rows),
    ]


def measure(scene: Scene, way: Way) -> Found:
    """Let all that is due fire once."""
    counts = scene.counts
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(way.database))]
        if way.module == "sweeping":
            told += ["--pending", counts.pending, "--due", counts.due, *way.arguments]
        else:
            told += ["--jobs", counts.due, *way.arguments]
        found: Found = json.loads(stack.enter_context(scene.child(way.module, *told)).line())
    return found | {"rate": counts.due / found["seconds"]}


def _cells(found: Found) -> list[object]:
    shown = ["seconds", "rate", "delay_p99", "delay_max", "turn_p50", "turn_p99", "turn_max"]
    return [number(found[key]) for key in [*shown, "mib_before", "mib_peak", "look"]]

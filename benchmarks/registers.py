"""Full registers: search, what ends within a month, tables."""

import json
from contextlib import ExitStack
from typing import Any

from benchmarks.figures import number, percentile, spread, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

WAYS = (
    ("digest", "**Linli: by digest**, of all that one's desk may see"),
    ("opening", "every plate of the kind opened and compared"),
    ("export", "**Linli: a kind as a table**, every answer in the words of its version"),
    ("plain_export", "the same rows read in two statements and written as they lie"),
)
SWEEPS = (
    ("sweep", "**Linli: the sweep**, each locked, told, and its card due"),
    ("plain_sweep", "all loaded, changed and queued in one transaction"),
)


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    reads: list[list[object]] = []
    sweeps: list[list[object]] = []
    for kind in ("SQLite", *(["PostgreSQL"] if scene.postgresql else [])):
        scene.tell(f"registers, {kind}")
        try:
            found = measure(scene, kind.lower())
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
            continue
        for way, name in WAYS:
            millis = [seconds * 1000 for seconds in found[way]]
            reads.append([kind, name, spread(millis), number(percentile(millis, 0.99))])
        sweeps += [[kind, name, number(found[way])] for way, name in SWEEPS]
    counts = scene.counts
    return [
        "## Registers",
        "",
        (
            f"{counts.registered:,} registrations of fifty kinds in one community, each with a "
            f"sealed plate; {counts.ending:,} of them end within a month, and their reminders are "
            "due at once. A plate is looked for as people write it (`su a12345`)."
        ),
        "",
        *table(["database", "what", "ms", "p99, ms"], reads),
        "",
        *table(["database", f"{counts.ending:,} that end", "s"], sweeps),
    ]


def measure(scene: Scene, kind: str) -> dict[str, Any]:
    """Fill one register and use it."""
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(kind))]
        told += ["--count", scene.counts.registered, "--ending", scene.counts.ending]
        found = json.loads(stack.enter_context(scene.child("registering", *told)).line())
    assert isinstance(found, dict)
    return found

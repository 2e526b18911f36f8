"""Calling up thousands, and reading how it stands."""

import json
from contextlib import ExitStack
from typing import Any

from benchmarks.figures import number, percentile, spread, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

NAMES = {"board": "**Linli: the board**", "rows": "all rows loaded and counted"}


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    calls: list[list[object]] = []
    reads: list[list[object]] = []
    for kind in ("SQLite", *(["PostgreSQL"] if scene.postgresql else [])):
        scene.tell(f"callups, {kind}")
        try:
            found = measure(scene, kind.lower())
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
            continue
        answers = [seconds * 1000 for seconds in found["answers"]]
        calls.append(
            [
                kind,
                number(found["ring"]),
                number(percentile(answers, 0.5)),
                number(percentile(answers, 0.99)),
                found["outcomes"].get("coming", 0),
                found["outcomes"].get("standing_by", 0),
            ]
        )
        reads += [
            [kind, NAMES[way], spread(seconds * 1000 for seconds in found[way])] for way in NAMES
        ]
    head = ["database", "calling, s", "answer p50, ms", "p99, ms", "expected", "standing by"]
    return [
        "## A call-up",
        "",
        (
            f"{scene.counts.called:,} people of four teams, asked for 200 places a day at two "
            "sites on four days: 32 parts of 25. Calling fixes who is asked and queues every "
            "card, in one transaction; then each says yes to one day, one after another, in a "
            "transaction each. The board is read 50 times, and compared with a count of all rows."
        ),
        "",
        *table(head, calls),
        "",
        *table(["database", "read by", "ms"], reads),
    ]


def measure(scene: Scene, kind: str) -> dict[str, Any]:
    """Call up one town."""
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(kind))]
        told += ["--people", scene.counts.called]
        found = json.loads(stack.enter_context(scene.child("callups", *told)).line())
    assert isinstance(found, dict)
    return found

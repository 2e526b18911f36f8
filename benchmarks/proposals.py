"""Similar proposals while a person waits."""

import json
from contextlib import ExitStack
from typing import Any

from benchmarks.figures import number, percentile, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

NAMES = {
    "pieces": "**Linli: by pieces of words, then `likeness()`**",
    "comparing": "all loaded, rapidfuzz over every one",
    "weighing": "all loaded, `likeness()` over every one",
}


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    rows: list[list[object]] = []
    for kind in ("SQLite", *(["PostgreSQL"] if scene.postgresql else [])):
        scene.tell(f"similar proposals, {kind}")
        try:
            rows += [[kind, *_row(one)] for one in measure(scene, kind.lower())]
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
    head = ["database", "how", "median ms", "95th percentile ms", "points lost"]
    return [
        "## Similar proposals",
        "",
        (
            f"{scene.counts.proposals:,} proposals of one community, all of them open: of twenty "
            "things, at hundreds of places, in Chinese and English; 40 searches for the words of "
            "another such proposal (5 of the last way), after one that makes ready. The second way "
            "loads the texts of all and lets `rapidfuzz.process.extract` compare them as they are; "
            "the third weighs all as the bot weighs its candidates, so its finds are the best "
            "there are. Points lost: by how much likeness, of 100, what is shown falls short of "
            "those, on average."
        ),
        "",
        *table(head, rows),
    ]


def measure(scene: Scene, kind: str) -> list[dict[str, Any]]:
    """Search in every way among the same proposals."""
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(kind))]
        told += ["--proposals", scene.counts.proposals]
        found = json.loads(stack.enter_context(scene.child("proposals", *told)).line())
    assert isinstance(found, list)
    return found


def _row(found: dict[str, Any]) -> list[object]:
    spans = [seconds * 1000 for seconds in found["seconds"]]
    lost = found.get("lost")
    return [
        NAMES[found["way"]],
        number(percentile(spans, 0.5)),
        number(percentile(spans, 0.95)),
        None if lost is None else f"{lost:.2f}",
    ]

"""Choosing whom to ask out of a city of volunteers."""

import json
from contextlib import ExitStack
from typing import Any

from benchmarks.figures import spread, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

LIMITS = (5, 500)
"""The first ring, and the most that are ever asked at once."""

NAMES = {"best": "**Linli: `best()`**", "sorting": "everybody loaded, weighed and sorted"}
WHERE = {True: "the whole street", False: "one community of 20"}


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    rows: list[list[object]] = []
    for kind in ("SQLite", *(["PostgreSQL"] if scene.postgresql else [])):
        for everywhere in (True, False):
            scene.tell(f"rings, {kind}, everybody serves {WHERE[everywhere]}")
            try:
                found = measure(scene, kind.lower(), everywhere=everywhere)
            except FailedError as error:
                scene.tell(f"  not measured: {error}")
                continue
            rows += [[kind, WHERE[everywhere], *_row(one)] for one in found]
    head = ["database", "each serves", "chosen", "how", "ms", "points lost"]
    return [
        "## Choosing a ring",
        "",
        (
            f"{scene.counts.volunteers:,} volunteers in 2,000 buildings, every third with a task "
            "of the last 60 days; five requests each, after one that makes ready. The reference "
            "reads the same tables whole, weighs everybody by the same rule and sorts, as a few "
            "lines of Python would. Points lost: by how much, of 100, a person that `best()` "
            "chooses falls short of the reference's, on average."
        ),
        "",
        *table(head, rows),
    ]


def measure(scene: Scene, kind: str, *, everywhere: bool) -> list[dict[str, Any]]:
    """Choose in both ways out of one city."""
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(kind))]
        told += ["--volunteers", scene.counts.volunteers, "--limits", *LIMITS]
        told += ["--everywhere"] if everywhere else []
        found = json.loads(stack.enter_context(scene.child("rings", *told)).line())
    assert isinstance(found, list)
    return found


def _row(found: dict[str, Any]) -> list[object]:
    lost = found.get("lost")
    return [
        found["limit"],
        NAMES[found["way"]],
        spread(seconds * 1000 for seconds in found["seconds"]),
        None if lost is None else f"{lost:.2f}",
    ]

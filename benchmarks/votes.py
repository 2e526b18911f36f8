"""A secret vote of many who all vote at once, with a live count on every open card."""

import json
from contextlib import ExitStack
from typing import Any

from benchmarks.figures import number, table
from benchmarks.processes import FailedError
from benchmarks.scene import Scene

WAYS = {
    "action": "**Linli, the action**",
    "turn": "**Linli, the whole turn with its answer**",
    "insert": "one INSERT a vote and nothing else",
}


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    rows: list[list[object]] = []
    for kind in ("SQLite", *(["PostgreSQL"] if scene.postgresql else [])):
        scene.tell(f"votes, {kind}")
        try:
            found = measure(scene, kind.lower())
        except FailedError as error:
            scene.tell(f"  not measured: {error}")
            continue
        rows += [[kind, WAYS[way], *_cells(way, figures)] for way, figures in found.items()]
    head = ["database", "way", "votes/s", "CPU ms a vote", "p50 ms", "p99 ms", "edits queued"]
    head += ["one edit per tap and card", "opening, s"]
    return [
        "## A vote",
        "",
        (
            f"{scene.counts.votes:,} people on the roll of a secret vote, each with a ballot in "
            "their chat, all vote once, 16 at a time, as fast as they are taken; beside them the "
            "clock sweeps every second. A vote's time runs from the press to the commit, its CPU "
            "time is all that the process took, the clock's with it. The "
            "edits are those that show the turnout on the cards of who has not voted; the column "
            "after them is what one edit per tap and card would have come to. The opening fixes "
            "the roll and queues every ballot, in one transaction."
        ),
        "",
        *table(head, rows),
    ]


def measure(scene: Scene, kind: str) -> dict[str, dict[str, Any]]:
    """Hold the vote in each way on one database."""
    with ExitStack() as stack:
        told: list[object] = ["--database", stack.enter_context(scene.database(kind))]
        told += ["--votes", scene.counts.votes]
        found = json.loads(stack.enter_context(scene.child("voting", *told)).line())
    assert isinstance(found, dict)
    return found


def naive_edits(votes: int) -> int:
    """Count the edits where each vote changes the card of everybody who has not voted yet."""
    return votes * (votes - 1) // 2


def _cells(way: str, figures: dict[str, Any]) -> list[object]:
    cells: list[object] = [number(figures["rate"]), number(figures["cpu"])]
    cells += [number(figures["p50"]), number(figures["p99"])]
    if way == "insert":
        return [*cells, None, None, None]
    naive = f"{naive_edits(figures['votes']):,}"
    return [*cells, f"{figures['edits']:,}", naive, number(figures["opening"])]

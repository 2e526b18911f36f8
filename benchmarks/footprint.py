"""Memory of the running bot, and the time from its start to its first answer."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.contenders import TOKEN
from benchmarks.figures import Spread, spread, table
from benchmarks.processes import Child, FailedError, running
from benchmarks.scene import Scene
from benchmarks.turns import CROWD, converse
from models.vault import Vault

START = "/start"
START_SECONDS = 30.0

BARE = "aiogram alone"
FIRST = "**Linli, `python -m bot run`, empty database**"
AGAIN = "**Linli, `python -m bot run`, the same database again**"
GROWN = "**Linli, its own rooms, SQLite**"

Found = dict[str, list[tuple[float, float]]]
"""Of each start: seconds to the first answer, MiB resident afterwards."""


def section(scene: Scene) -> list[str]:
    """Measure and write the section."""
    starts: Found = defaultdict(list)
    for number in range(scene.counts.starts):
        scene.tell(f"footprint, round {number + 1}")
        _starts(scene, starts)
    grown = [("aiogram alone", _grow(scene, "bare")), (GROWN, _grow(scene, "linli"))]
    rows = [
        [name, spread(s for s, _ in starts[name]), spread(m for _, m in starts[name])]
        for name in (BARE, FIRST, AGAIN)
    ]
    counts = scene.counts
    return [
        "## Start and memory",
        "",
        (
            "The first answer is to a `/start` that waits already; an empty database is migrated "
            "on the way. Memory is what is resident (RSS)."
        ),
        "",
        *table(["bot", "start to first answer, s", "MiB after it"], rows),
        "",
        (
            f"The same measured around {counts.turns:,} turns, nothing paced; Linli with "
            f"{counts.people:,} registered people in its database."
        ),
        "",
        *table(["bot", "MiB before", "MiB after"], [[name, *sizes] for name, sizes in grown]),
    ]


def _starts(scene: Scene, found: Found) -> None:
    with scene.child("bare") as child:  # the interpreter's files are in memory from here on
        scene.wait_polling(child)
    _note(scene, found, BARE, ["-m", "benchmarks.contenders.bare", "--api", scene.url], {})
    with scene.database() as url:
        variables = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": scene.url,
            "DATABASE_URL": url,
            "ENCRYPTION_KEY": Vault.new_key(),
        }
        for name in (FIRST, AGAIN):
            _note(scene, found, name, ["-m", "bot", "run"], variables)


def _note(
    scene: Scene, found: Found, name: str, arguments: list[str], variables: dict[str, str]
) -> None:
    try:
        with first_answer(scene, arguments, variables) as (child, seconds):
            found[name].append((seconds, child.resident_mib()))
    except FailedError as error:
        scene.tell(f"  not measured: {name}: {error}")


@contextmanager
def first_answer(
    scene: Scene, arguments: list[str], variables: dict[str, str]
) -> Iterator[tuple[Child, float]]:
    """Start a bot with a message waiting for it; give it and the seconds to its answer."""
    scene.ask("reset")
    scene.ask("converse", people=1, messages=1, text=START)
    with running(arguments, scene.folder, variables) as child:
        scene.wait(child, lambda progress: progress["replied"] == 1, START_SECONDS)
        [[asked, answered]] = scene.ask("report")["replies"]
        yield child, answered - asked


def _grow(scene: Scene, module: str) -> tuple[Spread | None, Spread | None]:
    """Measure memory before and after many turns."""
    scene.tell(f"footprint, {scene.counts.turns:,} turns: {module}")
    scene.ask("reset")
    try:
        with scene.database() as url:
            own = ("--database", url, "--people", scene.counts.people, "--rooms", "all")
            with scene.child(module, *(own if module == "linli" else ())) as child:
                scene.wait_polling(child)
                before = child.resident_mib()
                converse(scene, child, CROWD, scene.counts.turns, START)
                return spread([before]), spread([child.resident_mib()])
    except FailedError as error:
        scene.tell(f"  not measured: {error}")
        return None, None

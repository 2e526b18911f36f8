"""No test is held to a speed: a busy machine must not be able to fail one.

Times may be a bound from below (nothing leaves too early) or what tells hanging from working, and
that is `tests.waiting.PATIENCE`. Read off the source, so that the next one is noticed.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent

CLOCKS = {"monotonic", "perf_counter", "process_time", "time_ns", "wait_for"}
"""What measures, by the name that is called."""

MAY = {
    "waiting.py": "it is what waits",
    "browser/test_story.py": "a process that starts and stops; the loop between two looks",
    "crash/test_crash.py": "the pace of a stream into another process, held to nothing",
    "crash/test_sweeping.py": "the same",
    "crash/test_workers.py": "the same, and how long a worker stays stopped or cut off",
    "faults/test_database_away.py": "how long the database stays away",
    "month/year.py": "it tells how long work took, held to nothing",
    "simulation/__main__.py": "it tells how long a life took, held to nothing",
    "simulation/disk.py": "the loop's own time, which passes at once",
    "simulation/life.py": "the same",
    "simulation/machine.py": "the same",
    "simulation/wire.py": "the same",
}
"""Files that may sleep or measure, with the reason."""

SETTINGS = {"deadline", "suppress_health_check", "derandomize"}
"""What the one profile says for all property tests."""


def called(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def faults(path: Path) -> Iterator[str]:
    """Name what is held to a clock in one file."""
    where = path.relative_to(TESTS)
    for call in called(ast.parse(path.read_text(encoding="utf-8"))):
        name = name_of(call)
        if name in {"settings", "register_profile"} and str(where) != "profile.py":
            given = {keyword.arg for keyword in call.keywords} & SETTINGS
            yield from (f"{where}:{call.lineno} sets {setting}" for setting in given)
        if str(where) in MAY:
            continue
        if name in CLOCKS:
            yield f"{where}:{call.lineno} calls {name}"
        if name == "sleep" and not (call.args and ast.unparse(call.args[0]) == "0"):
            yield f"{where}:{call.lineno} sleeps"
        own = ast.unparse(call.func) == "asyncio.timeout" and isinstance(call.args[0], ast.Constant)
        if own:
            yield f"{where}:{call.lineno} has a timeout of its own"
        if name == "until" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
            yield f"{where}:{call.lineno} has a patience of its own"


def test_no_test_has_a_clock_of_its_own() -> None:
    found = [fault for path in sorted(TESTS.rglob("*.py")) for fault in faults(path)]
    assert found == []


def test_what_may_is_there() -> None:
    assert [path for path in MAY if not (TESTS / path).exists()] == []

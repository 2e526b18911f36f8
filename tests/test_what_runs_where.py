"""What `tests/README.md` says about what runs where is true."""

import re
from pathlib import Path

from tests.databases import BOTH

TESTS = Path(__file__).parent
LIST = (TESTS / "README.md").read_text(encoding="utf-8")
HELPERS = re.compile(r"^from tests\.profile import .*\b(examples|length|seeds)\b", re.MULTILINE)
"""What makes a file's lives longer in a soak."""


def section(title: str) -> str:
    return LIST.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_what_runs_on_both_databases_is_listed() -> None:
    listed = re.findall(
        r"^\| `(.+)` \| (.+) \|$", section("On both databases in `make test`"), re.MULTILINE
    )
    assert dict(listed) == BOTH


def test_what_runs_on_both_databases_is_there() -> None:
    assert [path for path in BOTH if not (TESTS / path).exists()] == []


def test_what_is_long_in_a_soak_is_listed() -> None:
    files = {path.relative_to(TESTS).as_posix(): path for path in TESTS.rglob("test_*.py")}
    long = {name for name, path in files.items() if HELPERS.search(path.read_text("utf-8"))}
    assert set(re.findall(r"`(\w+/test_\w+\.py)`", section("Long in a soak"))) == long


def test_the_commands_are_there() -> None:
    targets = re.findall(
        r"^([\w-]+):", (TESTS.parent / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    assert set(re.findall(r"`make ([\w-]+)`", LIST)) <= set(targets)

"""Docs fail like code: what is documented exists, what exists is documented."""

import re
from pathlib import Path

import pytest

from bot.__main__ import cli
from bot.policy.fields import fields
from bot.settings import Settings
from handlers.notices import RENDERERS
from handlers.rooms import routers
from models.kinds import NOTICES
from models.outbox.kinds import KNOWN
from models.schema import metadata
from tests.month import test_month
from tests.simulation import checks
from tools import kinds_page, policy_page

ROOT = Path(__file__).parent.parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_in_the_example_and_no_other() -> None:
    documented = set(re.findall(r"^([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_the_example_shows_the_true_defaults() -> None:
    shown = dict(re.findall(r"^([A-Z_]+)=(.+)$", read(".env.example"), re.MULTILINE))
    defaults = Settings(_env_file=None)
    for name, value in shown.items():
        default = getattr(defaults, name.lower())
        plain = default.get_secret_value() if hasattr(default, "get_secret_value") else default
        assert str(plain) == value, name


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_the_readme(readme: str) -> None:
    for command in cli.registered_commands:
        callback = command.callback
        assert callback is not None
        name = command.name or callback.__name__
        assert f"`{name}`" in read(readme), name


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_opens_with_the_two_commands_and_a_picture(readme: str) -> None:
    opening = read(readme)[:900]
    assert "make run" in opening
    assert "make test" in opening
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", opening)
    assert picture
    assert (ROOT / picture[1]).stat().st_size > 10_000


@pytest.mark.parametrize(
    "page",
    ["README.md", "README.zh-CN.md", "docs/promises.md", "docs/policy.md", "docs/security.md"],
)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", read(page)):
        assert (ROOT / page).parent.joinpath(target).exists(), target


def test_every_notice_is_declared_and_documented_and_no_other() -> None:
    routers()
    assert set(NOTICES) == set(RENDERERS)
    assert KNOWN.keys() == NOTICES.keys(), "a subject's notices are missing in models/kinds.py"
    page = read("docs/notices.md")
    assert kinds_page.renewed("notices.md", page) == page, "`python -m tools.kinds_page`"
    assert all(kind.declared.to and kind.declared.when for kind in NOTICES.values())


def test_every_field_of_the_policy_is_documented_with_its_default() -> None:
    shown = read("docs/policy.md")
    told = "docs/policy.md is behind Policy: `python -m tools.policy_page` renews it"
    assert policy_page.renewed(shown) == shown, told
    assert all(field.told for field in fields().values()), "a field without a docstring"


def test_every_fault_that_was_tried_names_the_test_that_tries_it() -> None:
    tried = read("docs/promises.md").partition("## Faults tried")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in tried.splitlines() if "`tests/" in line]
    named = [re.findall(r"`tests/faults/(\w+)\.py::(\w+)`", row[-1]) for row in rows]
    assert all(len(row) == 7 and names for row, names in zip(rows, named, strict=True))
    there = {
        (path.stem, name)
        for path in (ROOT / "tests/faults").glob("test_*.py")
        for name in re.findall(r"^async def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {pair for names in named for pair in names} == there


@pytest.mark.parametrize("page", ["docs/promises.md", "docs/security.md"])
def test_every_promise_names_a_test_that_exists(page: str) -> None:
    promised = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", read(page))
    assert len(promised) >= 10
    for path, name in promised:
        assert f"def {name}(" in read(path), (path, name)


def test_every_check_of_whole_lives_stands_under_a_promise() -> None:
    named = read("docs/promises.md")
    every = [*checks.CHECKS, *test_month.ALL]
    there = [f"{check.__module__.replace('.', '/')}.py::{check.__name__}" for check in every]
    assert [check for check in there if f"`{check}`" not in named] == []


def test_every_requirement_of_security_is_shown_by_a_test_or_has_a_reason() -> None:
    """A line without either says nothing; numbers are those of the standard, each once."""
    line = re.compile(r"^\| (\d+\.[\d., ]+) \| (.+) \| (.+) \|$", re.MULTILINE)
    rows = line.findall(read("docs/security.md"))
    assert len(rows) >= 40
    shown = ("`tests/", "reason: ", "gap: ")
    assert [numbers for numbers, _how, by in rows if not by.startswith(shown)] == []
    assert all(re.fullmatch(r"(\d+\.\d+\.\d+(, )?)+", numbers) for numbers, _how, _by in rows)


def test_how_long_every_table_is_kept_is_said_once_with_a_test_or_a_reason() -> None:
    kept = read("docs/operate.md").partition("## How long what is kept")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+`) \| (.+) \| (.+) \|$", kept, re.MULTILINE)
    named = [table for tables, _how, _by in rows for table in re.findall(r"`(\w+)`", tables)]
    assert sorted(named) == sorted(metadata().tables)
    assert [tables for tables, _how, by in rows if not by.startswith(("`tests/", "reason: "))] == []
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", kept):
        assert f"def {name}(" in read(path), (path, name)


def test_what_is_kept_for_a_time_names_the_number_that_is_in_force() -> None:
    kept = read("docs/operate.md").partition("## How long what is kept")[2].partition("\n## ")[0]
    named = dict(re.findall(r"`(\w+_kept|keep_\w+)`, (\d+ days)", kept))
    shown = dict(re.findall(r'^(\w+) = "(\d+ days)"$', read("docs/policy.md"), re.MULTILINE))
    kept = {"keep_attendance", "keep_helpers", "keep_inspectors", "keep_registrations"}
    assert named.keys() == {"check_kept", "offers_kept", *kept}
    assert named.items() <= shown.items()

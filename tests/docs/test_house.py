"""The documents on the house say of its rooms and words what is so."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from models.hooks import AnswerHook, EventHook

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `([a-z]+)` \| [^|]{10,} \|$", re.MULTILINE)
HOOKS = re.compile(r"^\| `([a-z]+\.[a-z_]+)` \| [^|]{10,} \| ([^|]+) \|$", re.MULTILINE)
NAMES = re.compile(r"`([\w.]+)`")
WORDS = re.compile(r"^\| ([^|a-z]+) \| ([^|]{4,}) \| `([\w.]+)` \|$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_folder_of_models_is_listed_and_no_other() -> None:
    told = read("docs/ARCHITECTURE.md").partition("## Subjects")[2]
    folders = {one.parent.name for one in (ROOT / "models").glob("*/__init__.py")}
    assert set(ROW.findall(told)) == folders


def test_every_hook_is_listed_with_what_is_behind_it() -> None:
    told = HOOKS.findall(read("docs/ARCHITECTURE.md"))
    found = [
        (hook.name, [f"{one.__module__}.{one.__name__}" for one in hook.behind])
        for module in (ROOT / "models").glob("*/hooks.py")
        for hook in vars(import_module(f"models.{module.parent.name}.hooks")).values()
        if isinstance(hook, EventHook | AnswerHook)
    ]
    assert sorted(found) == sorted(
        (name, [f"models.{one}" for one in NAMES.findall(behind)]) for name, behind in told
    )


@pytest.mark.parametrize(("chinese", "english", "code"), WORDS.findall(read("docs/GLOSSARY.md")))
def test_every_word_lives_where_the_glossary_says(chinese: str, english: str, code: str) -> None:
    module, _, name = code.rpartition(".")
    assert hasattr(import_module(module), name), (chinese, english, code)


def test_no_word_stands_twice() -> None:
    rows = [line for line in read("docs/GLOSSARY.md").splitlines() if line.startswith("| ")][2:]
    words = WORDS.findall(read("docs/GLOSSARY.md"))
    assert len(rows) == len(words), "a row that is not: 中文, English, `code`"
    assert len({chinese for chinese, _, _ in words}) == len(words)


@pytest.mark.parametrize("name", ["ARCHITECTURE", "STYLE", "GLOSSARY", "adding-a-subject"])
def test_the_readme_points_to_the_documents(name: str) -> None:
    assert f"docs/{name}.md" in read("README.md")


PATHS = re.compile(r"`((?:bot|handlers|models|scheduler|sandbox|tools)/[\w/]+\.py)`")


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{one.name}" for one in (ROOT / "docs").glob("*.md"))]
)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    gone = [path for path in PATHS.findall(read(page)) if not (ROOT / path).exists()]
    assert not gone

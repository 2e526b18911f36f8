"""One word has one meaning: no class of models and handlers has a name that another has.

Each subject has its own states, moves, notices and the like, under the same names on purpose. What
else shares a name today is listed with the number of its modules, and that list only shrinks.
"""

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]

OF_EACH_SUBJECT = {
    "Relation",
    "Move",
    "Notice",
    "Refusal",
    "Reminder",
    "State",
    "Transition",
}
"""What each subject has of its own: the name says the same thing in all of them."""

SHARED = {
    "Text": 2,
}
"""Names that several modules define, and how many. To make one unique, rename all but one of its
classes and take it out of here; nothing is ever added."""


def defined() -> Counter[str]:
    """Return how many modules define each class name."""
    files = [path for room in ("models", "handlers") for path in (ROOT / room).rglob("*.py")]
    return Counter(
        node.name
        for path in files
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )


def test_a_class_name_is_defined_once() -> None:
    found = {name: count for name, count in defined().items() if count > 1}
    more = {name for name in found.keys() - OF_EACH_SUBJECT if found[name] > SHARED.get(name, 1)}
    assert not more, f"another class has this name already: {sorted(more)}"


def test_the_list_of_shared_names_only_shrinks() -> None:
    found = defined()
    less = {name: found[name] for name, count in SHARED.items() if found[name] < count}
    assert not less, f"please lower or take out in SHARED: {less}"
    assert all(found[name] > 1 for name in OF_EACH_SUBJECT)
    assert all(count > 1 for count in SHARED.values())

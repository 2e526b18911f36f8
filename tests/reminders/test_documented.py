"""Every kind of reminder has an effect, and is documented as it is declared."""

from models.kinds import REMINDERS
from scheduler.effects import EFFECTS
from tools import kinds_page


def test_every_kind_that_is_declared_has_an_effect_and_no_other() -> None:
    missing, extra = REMINDERS.keys() - EFFECTS.keys(), EFFECTS.keys() - REMINDERS.keys()
    assert not missing, f"has no effect in scheduler/effects.py: {sorted(missing)}"
    assert not extra, f"is not in models/kinds.py: {sorted(extra)}"


def test_the_page_says_of_each_kind_what_is_declared() -> None:
    page = (kinds_page.DOCS / "reminders.md").read_text(encoding="utf-8")
    assert kinds_page.renewed("reminders.md", page) == page, "`python -m tools.kinds_page`"
    assert all(len(kind.declared.does) > 10 for kind in REMINDERS.values())

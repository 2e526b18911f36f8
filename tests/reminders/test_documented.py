"""Every kind of reminder has an effect, a lateness and a row in docs/reminders.md, and no other."""

import re
from pathlib import Path

from models.reminders.lateness import LATENESS
from scheduler.effects import EFFECTS

PAGE = Path(__file__).parents[2] / "docs" / "reminders.md"
ROW = re.compile(r"^\| `([a-z_.]+)` \| [^|]+ \| (\w+) \| [^|]{10,} \|$", re.MULTILINE)


def test_every_kind_declares_what_it_does_when_late() -> None:
    missing, extra = EFFECTS.keys() - LATENESS.keys(), LATENESS.keys() - EFFECTS.keys()
    assert not missing, f"declare in models/reminders/lateness.py: {sorted(missing)}"
    assert not extra, f"has no effect in scheduler/effects.py: {sorted(extra)}"


def test_the_page_says_what_each_kind_does() -> None:
    told = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    declared = {str(kind): str(lateness) for kind, lateness in LATENESS.items()}
    assert told == declared, (
        "docs/reminders.md: a row for each kind of models/reminders/lateness.py"
    )

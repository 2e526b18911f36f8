"""docs/alarms.yml and docs/operate.md speak of metrics that exist, and explain every alarm."""

import re
from datetime import timedelta
from pathlib import Path

from bot.figures import Figures, Part
from bot.metrics import registry_of
from bot.settings import Settings
from models.status.views import Backlog

ROOT = Path(__file__).parents[2]
ALARMS = (ROOT / "docs" / "alarms.yml").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")

NAMES = re.findall(r"^ +- alert: (\w+)$", ALARMS, re.MULTILINE)


def families() -> dict[str, set[str]]:
    """All metrics of ours: by family, the names of their samples."""
    figures = Figures()
    figures.begins(Part.RECEIVER)
    nothing = Backlog((), 0, 0, 0, timedelta(0), 0, 0)
    found = {
        family.name: {sample.name for sample in family.samples}
        for family in registry_of(figures, nothing).collect()
    }
    return {name: samples for name, samples in found.items() if name.startswith("linli_")}


def test_every_metric_that_an_alarm_names_exists() -> None:
    known = set().union(*families().values()) | {
        "linli_outbox_rows",
        "linli_outbox_oldest_seconds",
    }
    for line in re.findall(r"^ +expr: (.+)$", ALARMS, re.MULTILINE):
        named = set(re.findall(r"linli_\w+", line)) or set(re.findall(r"^up\b", line))
        assert named, line
        assert named - {"up"} <= known, line


def test_every_metric_is_on_the_page_and_no_other() -> None:
    listed = {
        re.sub(r"_(total|info)$", "", name)
        for name in re.findall(r"^\| `(linli_\w+)", PAGE, re.MULTILINE)
    }
    assert listed == set(families())


def test_every_alarm_has_its_paragraph_and_no_other() -> None:
    told = dict(re.findall(r"^### (Linli\w+)\n(.+)$", PAGE, re.MULTILINE))
    assert list(told) == NAMES
    assert len(set(NAMES)) == len(NAMES) > 10


def test_every_alarm_says_what_to_do() -> None:
    rules = ALARMS.split("- alert: ")[1:]
    for rule in rules:
        assert re.search(r"^ +labels: \{severity: (urgent|soon)\}$", rule, re.MULTILINE), rule
        summary = re.search(r"^ +summary: (.+)$", rule, re.MULTILINE)
        assert summary, rule
        assert summary[1].count(". ") >= 1 or "; " in summary[1], rule
        assert ": " not in summary[1]  # else it would be no plain text in YAML


def test_settings_and_links_of_the_page_are_there() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert named <= {name.upper() for name in Settings.model_fields}
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target

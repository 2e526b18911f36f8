"""Which tests run on both databases in `make test`; `make test-all` runs every test on both.

A test that takes `database_url` is written once and collected for SQLite and for PostgreSQL. What
the application does is the same on both, so SQLite is enough, but for what the database decides.
"""

import os
from collections.abc import Iterable

import pytest

ALL = bool(os.environ.get("ALL_DATABASES"))
"""Whether this run tries everything on both: `make test-all`, `make soak`."""

BOTH = {
    "audit": "a trigger keeps the audit book append-only",
    "bot/test_away.py": "a database that goes away and comes back",
    "bot/test_election.py": "the election rests on locks",
    "bot/test_outbox.py": "the outbox, from a turn to the wire",
    "bot/test_policy.py": "settings kept as JSON",
    "bot/test_replay.py": "an update that comes twice",
    "bot/test_sender.py": "rows are taken for sending under a lock",
    "bot/test_turn.py": "a turn is one transaction",
    "bot/test_wakes.py": "a trigger tells the sender what others queue",
    "broadcasts/test_audience.py": "SQL over places and JSON",
    "broadcasts/test_beginning.py": "many rows in one statement",
    "broadcasts/test_tally.py": "counts in SQL",
    "care/test_gifts.py": "races",
    "care/test_money_races.py": "races",
    "care/test_races.py": "races",
    "care/test_survey_races.py": "races",
    "circle/test_races.py": "races",
    "crash": "what a killed process leaves in a database",
    "daychecks/test_races.py": "races",
    "digests/test_recount.py": "counts in SQL against a count in Python",
    "callups/test_races.py": "races",
    "gatherings/test_races.py": "races",
    "gatherings/test_under_way.py": "places numbered and messages forgotten in SQL",
    "help/test_clocks.py": "reminders and instants",
    "help/test_life.py": "any order of moves",
    "help/test_races.py": "races",
    "help/test_rings.py": "SQL that finds volunteers",
    "inspections/test_races.py": "races",
    "meetings/test_races.py": "races",
    "models": "migrations, upgrades, faults of the drivers",
    "operate": "copies, keys, the chain of the book, counts in SQL",
    "outbox": "the outbox's SQL and locks",
    "people/test_codes.py": "codes used at the same time",
    "people/test_registering.py": "registering at the same time",
    "places/test_queries.py": "SQL over the tree of places",
    "plans": "how each finds what it is asked for",
    "hazards/test_races.py": "races",
    "posts/test_races.py": "races",
    "proposals/test_merging.py": "races",
    "proposals/test_seconding.py": "races",
    "proposals/test_similar.py": "search in SQL",
    "proposals/test_submitting.py": "races",
    "cars/test_races.py": "races",
    "registrations/test_races.py": "races",
    "reminders": "reminders",
    "rollcalls/test_answering.py": "races",
    "routines/test_life.py": "any order of moves",
    "routines/test_races.py": "races",
    "savings/test_races.py": "races",
    "scheduler": "sweeping at the same time, leases",
    "seats/test_life.py": "any order of moves",
    "seats/test_races.py": "races",
    "sheets/test_races.py": "races",
    "test_fixtures.py": "both kinds of fresh database",
    "updates": "updates kept as JSON",
    "votes/test_counting.py": "counts in SQL",
    "votes/test_secrecy.py": "what a secret vote leaves in the tables",
    "votes/test_voting.py": "races",
}
"""Folders and files under tests/, with what the database decides there."""

FIRST = "conversations"
"""One conversation a subject: of this folder, the first test of every file runs on both."""


def without_what_one_shows(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what one database shows; a test asked for by name, or that names its own, stays."""
    if ALL or any("::" in asked for asked in config.args):
        return
    firsts = set(_firsts(items))
    left_out = [item for item in items if _on_postgresql(item) and not _on_both(item, firsts)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


def _firsts(items: Iterable[pytest.Item]) -> Iterable[str]:
    """Name the first test of every file, as it was written."""
    first: dict[str, str] = {}
    for item in items:
        first.setdefault(_file(item), item.nodeid.partition("[")[0])
    return first.values()


def _on_postgresql(item: pytest.Item) -> bool:
    """Tell whether a test is the PostgreSQL half of a pair."""
    call = getattr(item, "callspec", None)
    if call is None or call.params.get("database_url") != "postgresql":
        return False
    return not any("database_url" in mark.args[0] for mark in item.iter_markers("parametrize"))


def _on_both(item: pytest.Item, firsts: set[str]) -> bool:
    file = _file(item)
    if file.startswith(f"{FIRST}/"):
        return item.nodeid.partition("[")[0] in firsts
    return file in BOTH or file.partition("/")[0] in BOTH


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0].removeprefix("tests/")

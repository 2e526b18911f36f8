"""The figures in Prometheus's shapes: names, what they mean, and their labels.

No label tells of a person, a chat or a place: outcomes, lanes, states and parts alone.
"""

import platform
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.figures import POSTPONED, Figures, Part
from bot.turn import TurnOutcome
from models.migrate import newest
from models.outbox.rules import Lane, SendOutcome
from models.status.views import Backlog, LaneQueue

PROJECT = Path(__file__).parent.parent / "pyproject.toml"

OUTCOMES = (*TurnOutcome, POSTPONED)


def registry_of(figures: Figures, backlog: Backlog | None) -> CollectorRegistry:
    """Gather all there is to show; without a backlog, what only the database knows is left out."""
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    registry.register(Shown(figures, backlog))
    return registry


class Shown(Collector):
    """Figures and backlog as metrics."""

    def __init__(self, figures: Figures, backlog: Backlog | None) -> None:
        self._figures = figures
        self._backlog = backlog

    def collect(self) -> Iterator[Metric]:
        """Give each metric once."""
        yield InfoMetricFamily(
            "linli_build", "What runs here: the version and the schema it expects.", value=build()
        )
        yield from _of_turns(self._figures)
        yield from _of_sends(self._figures)
        yield from _of_parts(self._figures)
        yield from _of_database(self._figures, self._backlog)
        if self._backlog is not None:
            yield from _of_outbox(self._backlog)
            yield from _of_reminders(self._backlog)


@cache
def build() -> dict[str, str]:
    """Say which version this is, as `pyproject.toml` has it."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    python = platform.python_version()
    return {"version": project["version"], "schema": newest(), "python": python}


def _of_turns(figures: Figures) -> Iterator[Metric]:
    turns = CounterMetricFamily(
        "linli_turns", "Updates taken, by what became of them.", labels=["outcome"]
    )
    for outcome in OUTCOMES:
        turns.add_metric([outcome], figures.turns[outcome])
    yield turns
    spread = figures.turn_seconds
    bounds = [*map(str, spread.bounds), "+Inf"]
    yield HistogramMetricFamily(
        "linli_turn_seconds",
        "How long turns took, from the update to the commit.",
        buckets=list(zip(bounds, map(float, accumulate(spread.counts)), strict=True)),
        sum_value=spread.total,
    )


def _of_sends(figures: Figures) -> Iterator[Metric]:
    sends = CounterMetricFamily(
        "linli_sends", "Calls to Telegram, by what came of them.", labels=["outcome"]
    )
    for outcome in SendOutcome:
        sends.add_metric([outcome], figures.sends[outcome])
    yield sends
    polls = CounterMetricFamily(
        "linli_polls", "Polls for updates, by whether Telegram answered.", labels=["outcome"]
    )
    for name, answered in (("answered", True), ("failed", False)):
        polls.add_metric([name], figures.polls[answered])
    yield polls


def _of_parts(figures: Figures) -> Iterator[Metric]:
    seat = GaugeMetricFamily(
        "linli_seat", "1 where this process sends, or ticks, for all.", labels=["role"]
    )
    for part in (Part.SENDER, Part.TICKER):
        seat.add_metric([part], figures.elected.get(part, False))
    yield seat
    rounds = CounterMetricFamily(
        "linli_rounds",
        "Rounds that a part has begun; the ticker's are its sweeps.",
        labels=["part"],
    )
    silent = GaugeMetricFamily(
        "linli_silent_seconds", "Seconds since a part began its last round.", labels=["part"]
    )
    for part, seconds in figures.silent_for().items():
        rounds.add_metric([part], figures.rounds[part])
        silent.add_metric([part], max(seconds, 0.0))
    yield from (rounds, silent)
    settled = "Reminders that sweeps of this process have settled: fired, let go or failed."
    yield CounterMetricFamily("linli_reminders_settled", settled, figures.reminders_settled)


def _of_database(figures: Figures, backlog: Backlog | None) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "linli_database_up",
        "1 where the database answered this scrape, at a schema that can be used.",
        backlog is not None,
    )
    yield GaugeMetricFamily(
        "linli_database_away_seconds",
        "Seconds for which the database has answered nobody of this process; 0 while it does.",
        figures.away_for(),
    )


def _of_outbox(backlog: Backlog) -> Iterator[Metric]:
    rows = GaugeMetricFamily(
        "linli_outbox_rows",
        "Messages still to leave, by lane: waiting, in hand, due later, held for quiet hours.",
        labels=["lane", "state"],
    )
    oldest = GaugeMetricFamily(
        "linli_outbox_oldest_seconds",
        "How long the oldest message waiting or in hand has been so, by lane; 0 where none is.",
        labels=["lane"],
    )
    for queue in backlog.queues:
        lane = Lane(queue.lane).name.lower()
        for state, count in _states(queue).items():
            rows.add_metric([lane, state], count)
        oldest.add_metric([lane], max(queue.oldest.total_seconds(), 0.0) if queue.oldest else 0.0)
    yield from (rows, oldest)
    broken = GaugeMetricFamily(
        "linli_outbox_broken", "Messages that wait for a human, by state.", labels=["state"]
    )
    broken.add_metric(["uncertain"], backlog.uncertain)
    broken.add_metric(["failed"], backlog.refused)
    yield broken


def _states(queue: LaneQueue) -> dict[str, int]:
    return {
        "waiting": queue.waiting,
        "in_hand": queue.in_hand,
        "later": queue.later,
        "held": queue.held,
    }


def _of_reminders(backlog: Backlog) -> Iterator[Metric]:
    gauges: dict[str, tuple[str, float]] = {
        "linli_reminders_due": ("Reminders that are due and not settled.", backlog.reminders_due),
        "linli_reminders_late_seconds": (
            "How long ago the oldest reminder that is due fell due; 0 where none is.",
            backlog.reminders_late.total_seconds(),
        ),
        "linli_reminders_failed": (
            "Reminders that failed and wait for a human.",
            backlog.reminders_failed,
        ),
        "linli_updates_failed": (
            "Updates that failed and wait for their replay.",
            backlog.updates_failed,
        ),
    }
    for name, (told, value) in gauges.items():
        yield GaugeMetricFamily(name, told, value)

"""`python -m benchmarks`: measure everything and write `benchmarks/results.md`."""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    broadcast,
    callups,
    daychecks,
    delays,
    footprint,
    proposals,
    registers,
    reminders,
    rings,
    sends,
    stopping,
    turns,
    votes,
    workers,
)
from benchmarks.machine import busyness, facts
from benchmarks.scene import QUICK, Counts, Scene, scene

RESULTS = Path(__file__).parent / "results.md"

SECTIONS: dict[str, Callable[[Scene], list[str]]] = {
    "turns": turns.section,
    "sends": sends.section,
    "delays": delays.section,
    "footprint": footprint.section,
    "rings": rings.section,
    "reminders": reminders.section,
    "proposals": proposals.section,
    "votes": votes.section,
    "broadcast": broadcast.section,
    "callups": callups.section,
    "registers": registers.section,
    "daychecks": daychecks.section,
    "workers": workers.section,
    "stopping": stopping.section,
}


@dataclass
class Progress:
    """Shows lines with the seconds since the start."""

    started: float

    def __call__(self, line: str) -> None:
        print(f"{time.monotonic() - self.started:6.1f} s  {line}", flush=True)


def measure(counts: Counts, names: list[str], tell: Callable[[str], None]) -> str:
    """Run the sections and give the report as Markdown."""
    before = busyness()
    if before.warning():
        tell(before.warning())
    started = time.monotonic()
    with scene(counts, tell) as here:
        machine = facts(before, here.folder)
        sections = [SECTIONS[name](here) for name in names]
    minutes = (time.monotonic() - started) / 60
    return "\n".join(
        [
            *_opening(counts, minutes),
            *machine,
            "",
            *([before.warning(), ""] if before.warning() else []),
            *(line for section in sections for line in [*section, ""]),
        ]
    )


def _opening(counts: Counts, minutes: float) -> list[str]:
    return [
        "# Benchmarks",
        "",
        (
            f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC in {minutes:.1f} "
            "minutes. Every bot is a process of its own and talks to the same local Bot API "
            "server (`benchmarks/server`, one more process; the sandbox checks every call "
            "against the Bot API and would itself be what is measured). Within a round the bots "
            f"take turns; {counts.rounds} rounds ({counts.steady_rounds} for waits, "
            f"{counts.starts} for starts). Shown is the median and, in brackets, the least and "
            "the most. Figures drift between machines: compare within a table only."
        ),
        "",
    ]


def main() -> None:
    """Read the options, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about 30 s; shown, not written")
    parser.add_argument(
        "sections", nargs="*", metavar="section", help=f"some of {', '.join(SECTIONS)}; not written"
    )
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    report = measure(
        QUICK if options.quick else Counts(),
        options.sections or list(SECTIONS),
        Progress(time.monotonic()),
    )
    print(f"\n{report}")
    if not (options.quick or options.sections):
        RESULTS.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()

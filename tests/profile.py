"""One profile for all property tests: no deadline, the same examples every time; random in a soak.

A deadline is a clock in a test: whether it fails depends on what else the machine does. So is
Hypothesis's own complaint that data comes slowly.

Other long lives (the month, crash loops, the misbehaving crowd) are short and the same every time,
too, and long and random in a soak: `length` and `SEED`.
"""

import os
from secrets import randbelow
from typing import TypeVar

from hypothesis import HealthCheck, settings

SOAK = bool(os.environ.get("SOAK"))
"""Whether this run looks for what no run has seen yet: `make soak`."""

T = TypeVar("T")

SEED = int(os.environ.setdefault("SEED", str(randbelow(1_000_000) if SOAK else 1)))
"""What lives made by dice begin with: 1, a new one in a soak. Every worker has the same."""

FACTOR = 20 if SOAK else 1
"""How many times as many examples a soak tries."""


def load_profile() -> None:
    """Set what every property test begins with; before any of them is imported."""
    settings.register_profile(
        "linli",
        max_examples=100 * FACTOR,
        deadline=None,
        derandomize=not SOAK,
        database=None,
        print_blob=True,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.function_scoped_fixture,  # a database kept through all examples is meant
        ],
    )
    settings.load_profile("linli")


def examples(number: int, *, steps: int | None = None) -> settings:
    """Try `number` examples, of up to `steps` steps where it is a machine; more in a soak."""
    more = {} if steps is None else {"stateful_step_count": steps}
    return settings(max_examples=number * FACTOR, **more)


def length(short: T, long: T) -> T:
    """Return how long a life is: short in `make test`, long in a soak."""
    return long if SOAK else short


def seeds(short: int, long: int) -> range:
    """Return the seeds of so many lives, from SEED on."""
    return range(SEED, SEED + length(short, long))

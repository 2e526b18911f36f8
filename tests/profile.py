"""One profile for all property tests: no deadline, the same examples every time; random in a soak.

A deadline is a clock in a test: whether it fails depends on what else the machine does. So is
Hypothesis's own complaint that data comes slowly.
"""

import os

from hypothesis import HealthCheck, settings

SOAK = bool(os.environ.get("SOAK"))
"""Whether this run looks for what no run has seen yet: `make soak`."""

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

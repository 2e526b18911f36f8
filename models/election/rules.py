"""Which seats there are, and for how long one is held without a word."""

from enum import StrEnum


class LeaseRole(StrEnum):
    """What one process of a token does for all."""

    SENDER = "sender"
    TICKER = "ticker"


RENEW_SECONDS = 1.0
"""How often a holder renews, and how often the others look."""

GONE_SECONDS = 3.0
"""A holder silent for so long whose process has no connection left is dead. Shorter, and one whose
connections broke would lose the seat before it has opened another."""

LEASE_SECONDS = 12.0
"""A holder silent for so long has lost the seat, whatever became of it. Longer than a stopping
sender waits for its calls in flight (10 s): else another would judge them meanwhile."""

ANSWER_SECONDS = 5.0
"""How long the database may take to answer a candidate, who goes without the seat meanwhile."""

"""How much time a volunteer has given."""

from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=8)
"""A visit that nobody ended by a tap counts as one working day at most."""
UNKNOWN = timedelta(minutes=30)
"""Credited where neither the minutes nor the setting-out were told."""
MOST_REPORTED = 24 * 60


def minutes_given(reported: int | None, on_way_at: datetime | None, done_at: datetime) -> int:
    """Reckon minutes: as reported (1 to 1,440), else from setting out to done, within bounds."""
    if reported is not None:
        return min(max(reported, 1), MOST_REPORTED)
    span = UNKNOWN if on_way_at is None else done_at - on_way_at
    return int(min(max(span, SHORTEST), LONGEST) / timedelta(minutes=1))

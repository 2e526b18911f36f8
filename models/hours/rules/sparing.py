"""When somebody who wants to be left alone is rung: their pause, and quiet hours of their own.

Both only put off what may wait; nobody is left alone in an emergency.
"""

from dataclasses import dataclass
from datetime import datetime, time

from models.hours.rules.local_time import in_utc
from models.hours.rules.quiet import QuietHours, in_quiet_hours, next_quiet_end

TURNS = 6
"""Of the house's quiet hours and of somebody's own, one may begin where the other ends."""


@dataclass(frozen=True)
class Spared:
    """What somebody has set: an instant, and two hours of the day (0 to 23)."""

    paused_until: datetime | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None

    def own(self, zone: str) -> QuietHours | None:
        """Return their own quiet hours; None where they have those of all."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return QuietHours(time(self.quiet_from), time(self.quiet_until), zone)

    def is_paused(self, now: datetime) -> bool:
        """Return whether a pause of theirs lasts."""
        return self.paused_until is not None and self.paused_until > now


def rings_at(now: datetime, spared: Spared, house: QuietHours) -> datetime:
    """Return when what may wait rings at the earliest: now, unless they are to be left alone.

    The quiet hours of all count where their own begin before those end.
    """
    own = spared.own(house.zone)
    at = in_utc(now)
    if spared.paused_until is not None and spared.paused_until > at:
        at = in_utc(spared.paused_until)
    if own is None:
        return at
    late = at
    for _ in range(TURNS):
        quiet = next((one for one in (own, house) if in_quiet_hours(late, one)), None)
        if quiet is None:
            break
        late = next_quiet_end(late, quiet)
    return late

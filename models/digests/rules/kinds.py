"""Names of the notices and reminders of digests."""

from enum import StrEnum


class Notice(StrEnum):
    """Kinds of notice; `detail` of each names the local date that it is for."""

    STAFF = "digests.staff"
    """The subject is the reader."""
    VOLUNTEER = "digests.volunteer"
    """The subject is the reader."""
    RATES = "digests.rates"
    """The subject is the place."""
    CHART = "digests.chart"
    """The same as a picture."""


class Reminder(StrEnum):
    """Kinds of reminder; they are about everybody, so the subject is 0."""

    STAFF = "digests.staff"
    """Every working day."""
    VOLUNTEERS = "digests.volunteers"
    """Every Sunday."""
    SECRETARIES = "digests.secretaries"
    """Every Monday."""

"""How an outage is told."""

from datetime import datetime

from handlers.clock_text import at_date
from handlers.i18n import gettext as _
from models.outages.views import Outage


def lost_hours(outage: Outage, now: datetime) -> str:
    """Say which hours may be lost."""
    return _("⚠️ What was sent to me between {begin} and {end} may be lost.").format(
        begin=at_date(outage.last_heard_at, now), end=at_date(outage.lost_until, now)
    )


def for_staff(outage: Outage, now: datetime) -> str:
    """Say which hours may be lost, why, and what to do."""
    return "\n\n".join(
        (
            lost_hours(outage, now),
            _(
                "I could take no messages until {end}, and Telegram keeps them for 24 hours alone. "
                "What came later has arrived."
            ).format(end=at_date(outage.heard_again_at, now)),
            _(
                "Please ask after whoever may have needed help then. Whoever writes to me in the "
                "next two days is told, too."
            ),
        )
    )


def for_writer(outage: Outage, now: datetime) -> str:
    """Say which hours may be lost, and what to do."""
    return "\n\n".join(
        (
            lost_hours(outage, now),
            _("I am sorry. If you wrote to me or tapped then, please do it once more."),
        )
    )

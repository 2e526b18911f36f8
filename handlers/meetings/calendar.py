"""The file that a calendar takes a meeting from (RFC 5545): the one place that knows iCalendar."""

from datetime import datetime
from typing import TYPE_CHECKING

from handlers.clock_text import local
from handlers.i18n import gettext as _
from handlers.text import place_name
from models.meetings.rules.notices import State
from models.meetings.rules.timing import ALARM, LENGTH
from models.meetings.views import MeetingView

if TYPE_CHECKING:  # loaded by the first file: it takes a start 30 ms
    from icalendar import Alarm

PRODUCT = "-//Linli//Deliberation meetings//EN"
"""Who made the file, as RFC 5545 asks."""

NAME = "meeting.ics"


def calendar_file(view: MeetingView, now: datetime) -> bytes:
    """Make the file of a meeting whose place the reader may know, in the language being spoken.

    A later version replaces an earlier one in the calendar, for it has the same UID and a higher
    SEQUENCE; one that was called off is shown as cancelled.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - see above

    event = Event.new(
        uid=f"meeting-{view.meeting_id}-{int(view.called_at.timestamp())}@linli",
        sequence=view.version,
        stamp=now,
        start=local(view.starts_at),
        end=local(view.starts_at + LENGTH),
        summary=_("Neighbours' meeting · {place}").format(place=place_name(view.community)),
        location=view.where,
        description=_agenda(view),
    )
    event.add("status", "CANCELLED" if view.state is State.OFF else "CONFIRMED")
    if view.state is not State.OFF:
        event.add_component(_alarm())
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", subcomponents=[event])
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _alarm() -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415 - see above

    alarm = Alarm.new(description=_("The neighbours' meeting begins soon."))
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM)
    return alarm


def _agenda(view: MeetingView) -> str:
    return "\n".join(
        _("{position}. Proposal {number} · {title}").format(
            position=position, number=item.number, title=item.title
        )
        for position, item in enumerate(view.agenda, 1)
    )

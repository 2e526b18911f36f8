"""Files that a calendar takes meetings and shifts from (RFC 5545): what alone knows iCalendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.clock_text import local
from handlers.i18n import gettext as _
from handlers.text import place_name
from models.meetings.rules.notices import State
from models.meetings.rules.timing import ALARM, LENGTH
from models.meetings.views import MeetingView

if TYPE_CHECKING:  # loaded by the first file: it takes a start 30 ms
    from icalendar import Alarm, Event

PRODUCT = "-//Linli//Deliberation meetings//EN"
"""Who made the file, as RFC 5545 asks."""

NAME = "meeting.ics"


@dataclass(frozen=True)
class CalendarEntry:
    """One thing to come, as a calendar keeps it."""

    uid: str
    """The same again replaces the earlier one."""
    starts_at: datetime
    ends_at: datetime
    summary: str
    where: str


def entries_file(entries: Sequence[CalendarEntry], now: datetime) -> bytes:
    """Make the file of several things to come, in the language being spoken."""
    from icalendar import Event  # noqa: PLC0415 - see above

    return _file(
        [
            Event.new(
                uid=f"{one.uid}@linli",
                stamp=now,
                start=local(one.starts_at),
                end=local(one.ends_at),
                summary=one.summary,
                location=one.where,
            )
            for one in entries
        ]
    )


def calendar_file(view: MeetingView, now: datetime) -> bytes:
    """Make the file of a meeting whose place the reader may know, in the language being spoken.

    A later version replaces an earlier one in the calendar, for it has the same UID and a higher
    SEQUENCE; one that was called off is shown as cancelled.
    """
    from icalendar import Event  # noqa: PLC0415 - see above

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
    return _file([event])


def _file(events: "Sequence[Event]") -> bytes:
    from icalendar import Calendar  # noqa: PLC0415 - see above

    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", subcomponents=[*events])
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

"""When what people sent may be lost, who is told so, and for how long."""

from datetime import datetime, timedelta

from models.outbox.kinds import NoticeKind, notice
from models.text import mark

KEPT = timedelta(hours=24)
"""So long Telegram keeps updates that nobody has fetched (Bot API, "Getting updates")."""

TOLD_FOR = timedelta(days=2)
"""So long after an outage whoever writes is told of it: by then everybody has written who waits."""

SHOWN_FOR = timedelta(days=7)
"""So long an outage stands in `/status` and in what the doctor says."""


class Notice(NoticeKind):
    """Kinds of notice; the subject of each is the outage."""

    STAFF = notice(
        "outages.staff",
        mark("hours whose messages may be lost"),
        to="whoever may see `/status`, anywhere",
        when="Telegram answers again after more than 24 hours without an answer",
    )
    WRITER = notice(
        "outages.writer",
        mark("messages of theirs may be lost"),
        to="whoever writes or taps in the two days after, each once",
        when="with their first act; in the lane `answer`",
    )


def is_lossy(last_heard_at: datetime, now: datetime) -> bool:
    """Return whether what was sent since Telegram was last heard may be lost by now."""
    return now - last_heard_at > KEPT

"""How far a broadcast is, for the card in its author's chat."""

from datetime import datetime

from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.tally import settled_since, tally
from models.broadcasts.rules.notices import URGENT
from models.broadcasts.rules.reports import MEASURED_OVER, OPEN, minutes_left
from models.broadcasts.rules.states import State
from models.broadcasts.views import BroadcastView, Progress
from models.database import Session
from models.hours.rules.quiet import in_quiet_hours, next_quiet_end
from models.people.queries import person_by_id
from models.policy.current import policy_of


async def progress_of(
    session: Session, reader_id: int, broadcast_id: int, now: datetime
) -> Progress | None:
    """Return how far a broadcast is; None to whoever has no part in it any more."""
    reader = await person_by_id(session, reader_id)
    view = None if reader is None else await broadcast_view(session, reader, broadcast_id)
    if view is None:
        return None
    counted = await tally(session, broadcast_id)
    since = max(now - MEASURED_OVER, view.started_at or now)
    settled = await settled_since(session, broadcast_id, since)
    left = sum(counted.by.get(one, 0) for one in OPEN)
    minutes = minutes_left(left, settled, now - since)
    return Progress(view, counted, minutes, _morning(session, view, now), now)


def _morning(session: Session, view: BroadcastView, now: datetime) -> datetime | None:
    quiet = policy_of(session).quiet
    waits = view.state is State.SENDING and view.style not in URGENT and in_quiet_hours(now, quiet)
    return next_quiet_end(now, quiet) if waits else None

"""Which update a message answers: for log lines of its way to Telegram, minutes after the turn.

Kept in memory, for the newest rows alone: a line of a row that another process wrote, or an earlier
one, names its row and no update.
"""

from collections import OrderedDict
from collections.abc import MutableMapping
from typing import Any

from structlog.contextvars import get_contextvars

UPDATE, ROW = "update_id", "row"

MOST = 10_000
"""Rows remembered, of some hundred bytes each: the answers of minutes, however busy it is."""

_updates: OrderedDict[int, int] = OrderedDict()


def originates(row_id: int) -> None:
    """Note that the turn being taken has written a row of the outbox; outside of one do nothing."""
    update_id = get_contextvars().get(UPDATE)
    if isinstance(update_id, int):
        _updates[row_id] = update_id
        _updates.move_to_end(row_id)
        if len(_updates) > MOST:
            _updates.popitem(last=False)


def with_origin(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Add to a line that names a row the update which the row answers, where that is known."""
    row = event.get(ROW)
    if UPDATE not in event and isinstance(row, int) and row in _updates:
        event[UPDATE] = _updates[row]
    return event

"""What became of each recipient's copy: one expression, by which all that counts and lists goes."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from models.broadcasts.rules.notices import Delivery, Notice, Way
from models.broadcasts.tables import RecipientRow
from models.outbox.rules import State
from models.outbox.tables import OutboxRow

IN_CHAT = (Way.CHAT, Way.PROXY)
"""Of these there is a copy in the outbox."""

BECAME = {
    State.QUEUED: Delivery.WAITING,
    State.HELD: Delivery.WAITING,
    State.SENDING: Delivery.SENDING,
    State.SENT: Delivery.SENT,
    State.BLOCKED: Delivery.REFUSED,
    State.GONE: Delivery.REFUSED,
    State.FAILED: Delivery.FAILED,
    State.UNCERTAIN: Delivery.UNCERTAIN,
}
"""What the state of a copy's row says. What was dropped stays what it was written down as."""


def delivery() -> ColumnElement[str]:
    """Say what became of a recipient's copy; for a statement made by `deliveries`.

    The outbox is believed for as long as it keeps the row: somebody may have sent a copy again.
    """
    state, outcome = OutboxRow.state, RecipientRow.outcome
    written = func.coalesce(outcome, literal(str(Delivery.CANCELLED)))
    no_copy = case(
        (RecipientRow.way == Way.MUTED, str(Delivery.MUTED)), else_=str(Delivery.OUT_OF_REACH)
    )
    by_row = ((state == was, str(became)) for was, became in BECAME.items())
    return case(
        (state == State.DROPPED, written),
        *by_row,
        else_=func.coalesce(outcome, no_copy),
    )


def deliveries(broadcast_id: int, *wanted: Any) -> Select[Any]:
    """Select something of every recipient of a broadcast beside the row of their copy, if any.

    Every copy is found once, and looked up by its reader: the time grows as the recipients do.
    """
    first = (
        select(OutboxRow.recipient_id, func.min(OutboxRow.id).label("id"))
        .where(
            OutboxRow.kind == Notice.COPY,
            OutboxRow.subject_id == broadcast_id,
            OutboxRow.target_id.is_(None),
        )
        .group_by(OutboxRow.recipient_id)
        .subquery()
    )
    theirs = and_(RecipientRow.way.in_(IN_CHAT), first.c.recipient_id == RecipientRow.reader_id)
    return (
        select(*wanted)
        .select_from(RecipientRow)
        .outerjoin(first, theirs)
        .outerjoin(OutboxRow, OutboxRow.id == first.c.id)
        .where(RecipientRow.broadcast_id == broadcast_id)
    )

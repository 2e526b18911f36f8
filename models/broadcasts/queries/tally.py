"""Counting what came of a broadcast: every recipient in exactly one of the counts."""

from datetime import datetime, timedelta

from sqlalchemy import Integer, case, cast, func, select

from models.broadcasts.queries.deliveries import deliveries, delivery
from models.broadcasts.rules.notices import Delivery, Notice, Way
from models.broadcasts.rules.reports import OPEN, Why, why_missed
from models.broadcasts.tables import RecipientRow
from models.broadcasts.views import BuildingTally, RecipientTally
from models.database import Session
from models.names.queries import places_by_id
from models.outbox.rules import OPEN_STATES
from models.outbox.tables import OutboxRow
from models.places.rules import natural

PUT_OFF = timedelta(days=1)
"""The report does not wait for whoever is to have their copy later than that."""


async def tally(session: Session, broadcast_id: int) -> RecipientTally:
    """Count the recipients of a broadcast, in one statement; nothing is checked of who asks."""
    became = delivery()
    rows = await session.execute(
        deliveries(
            broadcast_id,
            became,
            func.count(),
            func.count(RecipientRow.confirmed_at),
            func.count(RecipientRow.signed_up_at),
            func.coalesce(func.sum(cast(OutboxRow.repeat, Integer)), 0),
        ).group_by(became)
    )
    counts = [(Delivery(one), *numbers) for one, *numbers in rows.all()]
    return RecipientTally(
        heads=sum(heads for _, heads, *_ in counts),
        by={one: heads for one, heads, *_ in counts},
        confirmed=sum(confirmed for _, _, confirmed, _, _ in counts),
        signed_up=sum(signed_up for _, _, _, signed_up, _ in counts),
        repeated=sum(repeated for *_, repeated in counts),
    )


def is_settled(counted: RecipientTally) -> bool:
    """Return whether no copy waits or is on its way any more."""
    return not any(counted.by.get(one) for one in OPEN)


async def only_put_off(session: Session, broadcast_id: int, now: datetime) -> bool:
    """Return whether all copies that wait are for people who paused for longer than a day."""
    waits = (
        OutboxRow.kind == Notice.COPY,
        OutboxRow.subject_id == broadcast_id,
        OutboxRow.target_id.is_(None),
        OutboxRow.state.in_(list(OPEN_STATES)),
    )
    first = await session.scalar(select(func.min(OutboxRow.due_at)).where(*waits))
    return first is not None and first > now + PUT_OFF


async def by_building(session: Session, broadcast_id: int) -> tuple[BuildingTally, ...]:
    """Count the recipients by where they live, buildings as people count them."""
    became = delivery()
    rows = await session.execute(
        deliveries(
            broadcast_id,
            RecipientRow.place_id,
            became,
            func.count(),
            func.count(RecipientRow.confirmed_at),
            func.count(RecipientRow.signed_up_at),
        ).group_by(RecipientRow.place_id, became)
    )
    counted: dict[int | None, list[tuple[Delivery, int, int, int]]] = {}
    for place_id, one, *numbers in rows.all():
        heads, confirmed, signed_up = numbers
        line = (Delivery(one), heads, confirmed, signed_up)
        counted.setdefault(place_id, []).append(line)
    places = await places_by_id(session, {one for one in counted if one is not None})
    found = [
        BuildingTally(
            where=None if place_id is None else places.get(place_id),
            heads=sum(heads for _, heads, _, _ in lines),
            by={one: heads for one, heads, _, _ in lines},
            confirmed=sum(confirmed for _, _, confirmed, _ in lines),
            signed_up=sum(signed_up for *_, signed_up in lines),
        )
        for place_id, lines in counted.items()
    ]
    return tuple(sorted(found, key=_in_order))


async def whys(session: Session, broadcast_id: int) -> dict[Why, int]:
    """Count why copies were refused, the commonest first."""
    became = delivery()
    rows = await session.execute(
        deliveries(broadcast_id, RecipientRow.way, OutboxRow.reason, func.count())
        .where(became == Delivery.REFUSED)
        .group_by(RecipientRow.way, OutboxRow.reason)
    )
    counted: dict[Why, int] = {}
    for way, reason, count in rows.all():
        why = why_missed(Way(way), Delivery.REFUSED, reason) or Why.UNKNOWN
        counted[why] = counted.get(why, 0) + count
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


async def settled_since(session: Session, broadcast_id: int, since: datetime) -> int:
    """Count the recipients whose copy was settled since an instant."""
    lately = case((OutboxRow.finished_at > since, 1))
    rows = await session.execute(deliveries(broadcast_id, func.count(lately)))
    return int(rows.scalar_one())


def _in_order(building: BuildingTally) -> tuple[bool, object]:
    """Put buildings as people count them, and those without a home last."""
    where = building.where
    return where is None, natural(where.zh if where else "")

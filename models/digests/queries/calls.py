"""Who rings a silent resident where the owner may not: whoever did the work does not ring."""

from sqlalchemy import exists, or_, select

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.rules.states import DID_IT, State
from models.help.tables import ClaimRow, RequestRow
from models.orders.queries.orders import who_put_right
from models.orders.tables import OrderRow
from models.places.tables import PlaceRow


async def ringers_instead(session: Session) -> dict[int, list[int]]:
    """Map each request that waits for a call, and whose owner did the work, to who rings instead.

    They are chosen as `models.help.actions.closing.who_rings` does: the secretary, but nobody who
    did it.
    """
    worked = exists().where(
        ClaimRow.request_id == RequestRow.id,
        ClaimRow.person_id == RequestRow.owner_id,
        ClaimRow.state.in_(list(DID_IT)),
    )
    ordered = exists().where(OrderRow.request_id == RequestRow.id)
    found = await session.execute(
        select(RequestRow.id, RequestRow.owner_id, PlaceRow.path)
        .join(PlaceRow, PlaceRow.id == RequestRow.place_id)
        .where(
            RequestRow.state == State.DONE,
            RequestRow.unconfirmed.is_(True),
            or_(worked, ordered),
        )
        .order_by(RequestRow.id)
    )
    instead: dict[int, list[int]] = {}
    for request_id, owner_id, path in found.all():
        doers = await _doers(session, request_id)
        if owner_id in doers:
            above = await people_at_level(session, path, Level.SECRETARY)
            instead[request_id] = [one for one in above if one not in doers]
    return instead


async def _doers(session: Session, request_id: int) -> set[int]:
    claims = await session.scalars(
        select(ClaimRow.person_id).where(
            ClaimRow.request_id == request_id, ClaimRow.state.in_(list(DID_IT))
        )
    )
    return set(claims) | await who_put_right(session, request_id)

"""A request as the reader of a notice may see it; no attempt is written down for a push."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.queries.parties import is_party
from models.help.queries.whole import seen_by, whole
from models.help.rules.states import COUNTED, ClaimState, Hat
from models.help.tables import ClaimRow, RequestRow
from models.help.views import Told
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow

KNOWN_CLAIMS = COUNTED | {ClaimState.ENDED, ClaimState.RELEASED, ClaimState.WAITING}


async def told(session: Session, reader_id: int, request_id: int, *, now: datetime) -> Told | None:
    """Picture a request for the reader of a notice, under the hats that stand now.

    None where the reader has left or is nothing to the request any more.
    """
    request = await session.get(RequestRow, request_id)
    reader = await person_by_id(session, reader_id)
    if request is None or reader is None:
        return None
    hats = await _hats(session, reader, request)
    if not hats:
        return None
    seen_as = Hat.DESK if Hat.DESK in hats else Hat.RESIDENT
    view = await whole(session, request, seen_as, now=now)
    return Told(seen_by(view, reader_id), hats)


async def _hats(session: Session, reader: Person, request: RequestRow) -> frozenset[Hat]:
    place = await session.get_one(PlaceRow, request.place_id)
    claimed = await session.scalar(
        select(ClaimRow.id)
        .where(
            ClaimRow.request_id == request.id,
            ClaimRow.person_id == reader.id,
            ClaimRow.state.in_(list(KNOWN_CLAIMS)),
        )
        .limit(1)
    )
    worn = (
        (Hat.RESIDENT, await is_party(session, reader, request)),
        (Hat.DESK, reader.may(Right.WORK_DESK, place.path)),
        (Hat.HOLDER, claimed is not None),
    )
    return frozenset(hat for hat, wears in worn if wears)

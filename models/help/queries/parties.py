"""Who speaks as the resident of a request."""

from models.database import Session
from models.help.rules.words import Channel
from models.help.tables import RequestRow
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow


async def is_party(session: Session, actor: Person, request: RequestRow) -> bool:
    """Tell whether somebody speaks as the resident: beneficiary, their proxy, or whoever filed.

    Whoever filed it at the desk does so only for as long as they work there.
    """
    beneficiary = await session.get_one(PersonRow, request.beneficiary_id)
    if actor.id in {beneficiary.id, beneficiary.proxy_id}:
        return True
    if actor.id != request.requester_id or request.channel != Channel.DESK:
        return actor.id == request.requester_id
    place = await session.get_one(PlaceRow, request.place_id)
    return actor.may(Right.WORK_DESK, place.path)

"""How the resident of a request is reached."""

from models.database import Session
from models.help.tables import RequestRow
from models.people.reach import Reach, reach_of


async def resident_reach(session: Session, request: RequestRow) -> Reach:
    """Return how the beneficiary is reached, or whoever filed where they cannot be."""
    both = (request.beneficiary_id, request.requester_id)
    found = await reach_of(session, both)
    return next((found[one] for one in both if found[one].arrives), found[both[0]])

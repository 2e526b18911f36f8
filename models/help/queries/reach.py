"""How the resident of a request is reached."""

from models.database import Session
from models.help.tables import RequestRow
from models.people.reach import Reach, ReachedBy, reach_of


async def resident_reach(session: Session, request: RequestRow) -> Reach:
    """Return how the beneficiary is reached, or whoever filed where they cannot be."""
    both = (request.beneficiary_id, request.requester_id)
    found = await reach_of(session, both)
    own, other = (found[one] for one in both)
    if own.arrives or not other.arrives:
        return own
    return Reach(ReachedBy.PROXY, other.reader)

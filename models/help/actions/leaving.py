"""What becomes of tasks and requests of somebody who leaves."""

from datetime import datetime

from models.database import Session
from models.help.rules import POLICY, Policy


async def release_person(
    session: Session, person_id: int, *, now: datetime, requests_too: bool, policy: Policy = POLICY
) -> int:
    """Hand back all that a person holds or waits for; with `requests_too` call off their requests.

    Give how many tasks and requests were let go. For leaving as a volunteer, and for good.
    """
    raise NotImplementedError

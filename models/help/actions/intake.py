"""Filing a request and calling it off."""

from datetime import datetime

from models.database import Session
from models.help.rules import POLICY, CancelOutcome, Policy
from models.help.views import Draft, Filed
from models.people.views import Person


async def file_request(
    session: Session, actor: Person, draft: Draft, *, now: datetime, policy: Policy = POLICY
) -> Filed:
    """File a request for oneself, for somebody one is proxy of, or (staff) for anybody of a place.

    The same `draft.token` files once: later sends give ALREADY and the first receipt. The owner is
    named at once (staff who files on behalf, else the place's staff with least open), the best
    fitting volunteers are asked at once, and the owner's 'nobody claims' reminder is set.
    """
    raise NotImplementedError


async def cancel_request(
    session: Session, actor: Person, request_id: int, *, now: datetime, reason: str | None = None
) -> CancelOutcome:
    """Call a request off: its resident while nobody has reported done, or the desk, with a reason.

    Everybody who held it or waited is thanked and told.
    """
    raise NotImplementedError

"""The resident's last word: solved or not, and stars."""

from datetime import datetime

from models.database import Session
from models.help.rules import POLICY, Policy, RateOutcome, VerdictOutcome
from models.people.views import Person


async def resident_verdict(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    solved: bool,
    now: datetime,
    words: str | None = None,
    policy: Policy = POLICY,
) -> VerdictOutcome:
    """Say solved (closes) or not solved (back to the owner's desk).

    Staff may write down what the resident said on the phone, unless they hold the task themselves.
    """
    raise NotImplementedError


async def rate(
    session: Session, actor: Person, request_id: int, *, stars: int, now: datetime
) -> RateOutcome:
    """Give a closed request 1 to 5 stars; a later rating takes the place of the earlier."""
    raise NotImplementedError

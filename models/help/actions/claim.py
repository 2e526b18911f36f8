"""Taking a task on, declining it, handing it back."""

from datetime import datetime

from models.database import Session
from models.help.rules import (
    POLICY,
    Claimed,
    ConfirmOutcome,
    DeclineOutcome,
    HandBackOutcome,
    HandBackReason,
    Policy,
)
from models.people.views import Person


async def claim(
    session: Session, actor: Person, request_id: int, *, now: datetime, policy: Policy = POLICY
) -> Claimed:
    """Take a hand of a request, or the next place in line when none is missing.

    Exactly as many hold as hands are needed, however many tap at once. Whoever loses the race, or
    comes to a request that has ended, is given the nearest other open task (`other_id`).
    """
    raise NotImplementedError


async def decline(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> DeclineOutcome:
    """Say 'not this one': the person is not asked about this request again."""
    raise NotImplementedError


async def hand_back(
    session: Session,
    actor: Person,
    request_id: int,
    reason: HandBackReason,
    *,
    now: datetime,
    words: str | None = None,
    policy: Policy = POLICY,
) -> HandBackOutcome:
    """Give a held task back, or leave the line; the first in line is promoted and told.

    When nobody waits, more volunteers are asked at once and the owner is told.
    """
    raise NotImplementedError


async def confirm_coming(
    session: Session,
    actor: Person,
    request_id: int,
    *,
    coming: bool,
    now: datetime,
    policy: Policy = POLICY,
) -> ConfirmOutcome:
    """Answer 'still coming?': yes is noted, no hands the task back (HandBackReason.NO_TIME)."""
    raise NotImplementedError

"""What staff do with requests at their places."""

from datetime import datetime

from models.database import Session
from models.help.rules import POLICY, DeskOutcome, Policy
from models.people.views import Person


async def take_over(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> DeskOutcome:
    """Become the owner (TAKEN_OVER); the promise does not move."""
    raise NotImplementedError


async def hand_over(
    session: Session, actor: Person, request_id: int, to_id: int, *, now: datetime
) -> DeskOutcome:
    """Make other staff of the place the owner (HANDED_OVER); they are told."""
    raise NotImplementedError


async def assign(
    session: Session,
    actor: Person,
    request_id: int,
    person_id: int,
    *,
    now: datetime,
    policy: Policy = POLICY,
) -> DeskOutcome:
    """Give a missing hand to a volunteer (ASSIGNED), who is told and may hand it back.

    FULL when no hand is missing; ALREADY when the person holds it.
    """
    raise NotImplementedError


async def add_note(
    session: Session,
    actor: Person,
    request_id: int,
    words: str,
    *,
    now: datetime,
    internal: bool = True,
) -> DeskOutcome:
    """Write a line (NOTED): for the desk alone, or for the resident too, who is told.

    The resident may add words as well, never internal ones; the owner is told.
    """
    raise NotImplementedError


async def ask_again(
    session: Session, actor: Person, request_id: int, *, now: datetime, policy: Policy = POLICY
) -> DeskOutcome:
    """Open an unsolved or expired request again (ASKED_AGAIN), number and history kept."""
    raise NotImplementedError

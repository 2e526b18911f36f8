"""Signing up, approval, changing one's offer, pausing and leaving."""

from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.volunteers.rules import (
    ChangeOutcome,
    DecisionOutcome,
    Offered,
    SignUpOutcome,
)


async def sign_up(
    session: Session, actor: Person, offered: Offered, *, now: datetime, at_once: bool = False
) -> SignUpOutcome:
    """Offer to help: staff are asked to approve, or `at_once` makes it stand without them.

    Whoever may approve at their own place stands at once. After a refusal or leaving one may
    sign up anew.
    """
    raise NotImplementedError


async def approve(
    session: Session, actor: Person, person_id: int, *, now: datetime
) -> DecisionOutcome:
    """Approve an application; the right counts at a place the volunteer would serve."""
    raise NotImplementedError


async def refuse(
    session: Session, actor: Person, person_id: int, *, now: datetime, reason: str | None = None
) -> DecisionOutcome:
    """Refuse an application, with a reason the applicant reads."""
    raise NotImplementedError


async def change_offer(
    session: Session, actor: Person, offered: Offered, *, now: datetime
) -> ChangeOutcome:
    """Change skills, places, hours or cap; tasks already held stay."""
    raise NotImplementedError


async def pause(session: Session, actor: Person, *, now: datetime) -> ChangeOutcome:
    """Ask not to be asked for a while; tasks already held stay."""
    raise NotImplementedError


async def resume(session: Session, actor: Person, *, now: datetime) -> ChangeOutcome:
    """End a pause."""
    raise NotImplementedError


async def leave(session: Session, actor: Person, *, now: datetime) -> ChangeOutcome:
    """Stop being a volunteer: what was held is handed back, and the next in line promoted."""
    raise NotImplementedError

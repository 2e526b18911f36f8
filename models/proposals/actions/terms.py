"""Setting what a place asks for before a proposal goes on."""

from datetime import datetime

from sqlalchemy import update

from models.audit.actions import deny
from models.database import Session, insert_once
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.queries.reception import ALL_TOPICS
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.reception import TermsOutcome, may_be
from models.proposals.tables import TermsRow

SUBJECT = "terms"
"""What the audit book calls them; the subject's id is the place."""


async def set_terms(
    session: Session,
    actor: Person,
    place_id: int,
    topic: ProposalTopic | None,
    *,
    needed: int,
    days: int,
    now: datetime,
) -> TermsOutcome:
    """Let a place ask for so many seconds within so many days (SET), for one topic or for all.

    It asks for SUPERVISE there, and holds for what is accepted from now on.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return TermsOutcome.NO_PLACE
    if not actor.may(Right.SUPERVISE, place.path):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=place_id)
        return TermsOutcome.NOT_ALLOWED
    if not may_be(needed, days):
        return TermsOutcome.BAD
    key = {"place_id": place_id, "topic": topic or ALL_TOPICS}
    values = {"needed": needed, "days": days, "set_by": actor.id, "set_at": now}
    if not await insert_once(session, TermsRow, key | values):
        await session.execute(update(TermsRow).filter_by(**key).values(values))
    return TermsOutcome.SET

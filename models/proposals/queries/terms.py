"""What places ask for before a proposal goes on: how many seconds, within how many days."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.proposals.office_views import PlaceTerms, StandingTerms
from models.proposals.rules.kinds import Topic
from models.proposals.rules.policy import ProposalPolicy
from models.proposals.rules.seconding import Terms
from models.proposals.tables import TermsRow

ALL_TOPICS = ""
"""The topic of terms that hold for every topic without its own."""


async def terms_at(session: Session, path: str, topic: Topic) -> Terms:
    """Give what is asked for at a place: as the nearest place that has set anything wants it.

    There its terms for the topic go before those for all. Where nobody has set any, the policy's.
    """
    row = await _nearest(session, path, (topic, ALL_TOPICS))
    return _default(session) if row is None else _terms(row)


async def place_terms(session: Session, actor: Person, place_id: int) -> PlaceTerms | None:
    """Show the terms that hold at a place, to whoever may set them there; None for others."""
    place = await find_place(session, place_id)
    if place is None or not actor.may(Right.SUPERVISE, place.path):
        return None
    rows = await session.scalars(select(TermsRow.topic).where(TermsRow.place_id == place_id))
    own = set(rows)
    standing = []
    for topic in (None, *Topic):
        sought = (ALL_TOPICS,) if topic is None else (topic, ALL_TOPICS)
        row = await _nearest(session, place.path, sought)
        terms = _default(session) if row is None else _terms(row)
        standing.append(StandingTerms(topic, terms, own=(topic or ALL_TOPICS) in own))
    return PlaceTerms(place, tuple(standing))


async def _nearest(session: Session, path: str, topics: Iterable[str]) -> TermsRow | None:
    return await session.scalar(
        select(TermsRow)
        .join(PlaceRow, PlaceRow.id == TermsRow.place_id)
        .where(TermsRow.place_id.in_(ancestors(path)), TermsRow.topic.in_(list(topics)))
        .order_by(func.length(PlaceRow.path).desc(), TermsRow.topic.desc())
        .limit(1)
    )


def _default(session: Session) -> Terms:
    policy = policy_of(session, ProposalPolicy)
    return Terms(policy.seconds_needed, policy.seconding_for)


def _terms(row: TermsRow) -> Terms:
    return Terms(row.needed, timedelta(days=row.days))

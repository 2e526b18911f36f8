"""Accepting at once what waits of a kind, such as what a list has brought."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.audit.actions import deny
from models.database import Session
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import at_or_below
from models.places.tables import PlaceRow
from models.records.rules import Refusal
from models.registrations.actions.deciding import accept
from models.registrations.records import ASKS
from models.registrations.rules import NAME, WAITING, Accepts, RegistrationOutcome
from models.registrations.tables import RegistrationKindRow, RegistrationRow

AT_ONCE = 50
"""Registrations that one tap accepts: more would hold up everybody else."""


@dataclass(frozen=True)
class ManyAccepted:
    """So many registrations were accepted."""

    count: int


async def acceptable(session: Session, reader: Person, kind_id: int) -> list[int]:
    """List what waits of a kind that somebody may accept, without what they had a hand in, the
    longest waiting first; so many as are accepted at once."""
    kind = await session.get(RegistrationKindRow, kind_id)
    if kind is None:
        return []
    below = at_or_below(reader.paths_with(ASKS[Accepts(kind.accepts)]))
    spoken = select(PersonRow.id).where(PersonRow.proxy_id == reader.id)
    found = await session.scalars(
        select(RegistrationRow.id)
        .where(
            RegistrationRow.kind_id == kind_id,
            RegistrationRow.state.in_(WAITING),
            RegistrationRow.place_id.in_(select(PlaceRow.id).where(below)),
            RegistrationRow.person_id != reader.id,
            RegistrationRow.person_id.not_in(spoken),
            or_(RegistrationRow.by_id.is_(None), RegistrationRow.by_id != reader.id),
        )
        .order_by(RegistrationRow.filed_at, RegistrationRow.id)
        .limit(AT_ONCE)
    )
    return [*found]


async def accept_waiting(
    session: Session, actor: Person, kind_id: int, seen: int, *, now: datetime
) -> ManyAccepted | Refusal:
    """Accept what waits of a kind at somebody's desk, but for what they had a hand in.

    At most fifty, the longest waiting first. WRONG_TIME, and nothing is accepted, where there are
    not as many as they have `seen`.
    """
    if not actor.may_anywhere(Right.WORK_DESK):
        await deny(session, actor.id, NAME, now=now, detail={"tried": "accept many"})
        return Refusal.NOT_ALLOWED
    ids = await acceptable(session, actor, kind_id)
    if len(ids) != seen:
        return Refusal.WRONG_TIME
    done = [await accept(session, actor, one, now=now) for one in ids]
    return ManyAccepted(done.count(RegistrationOutcome.ACCEPTED))

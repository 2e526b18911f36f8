"""Getting hold of a broadcast, and as what somebody acts on it."""

from models.broadcasts.queries.reach import is_within, paths_of
from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.states import Move, Relation, State, why_not
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow

SUBJECT = "broadcasts"
"""What the audit book calls a broadcast."""


async def locked(session: Session, broadcast_id: int) -> BroadcastRow | None:
    """Return a broadcast as it is now and hold it until the transaction ends."""
    await session.flush()
    return await session.get(
        BroadcastRow, broadcast_id, with_for_update=True, populate_existing=True
    )


async def relations_of(
    session: Session, actor: Person, broadcast: BroadcastRow
) -> frozenset[Relation]:
    """Return as what somebody may act: their rights as they are now, wherever it goes.

    An author whose right was taken away is none any more.
    """
    audience = Audience.of(broadcast.audience)
    paths = await paths_of(session, audience)
    place = await session.get_one(PlaceRow, broadcast.place_id)
    mine = broadcast.author_id == actor.id
    theirs = {
        Relation.AUTHOR: mine and is_within(actor, Right.BROADCAST, audience, paths),
        Relation.APPROVER: not mine and is_within(actor, Right.APPROVE_BROADCAST, audience, paths),
        Relation.KEEPER: actor.may(Right.SUPERVISE, place.path),
    }
    return frozenset(relation for relation, holds in theirs.items() if holds)


async def refusal(
    session: Session, actor: Person, broadcast: BroadcastRow, move: Move
) -> BroadcastOutcome | None:
    """Return why somebody may not do this now; None where they may."""
    return why_not(move, State(broadcast.state), await relations_of(session, actor, broadcast))

"""The public account of a community: sums of its month, of nobody in particular."""

from datetime import datetime

from sqlalchemy import func, select

from models.database import Session
from models.hours.rules.local_time import day_of, first_showing
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import community_above
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.savings.queries import earned
from models.savings.rules import LEAST_SHOWN
from models.savings.tables import SavingsAccountRow, SavingsMoveRow
from models.savings.views import PublicAccount

Move, Account = SavingsMoveRow, SavingsAccountRow


async def account_of_month(
    session: Session, reader: Person, *, now: datetime
) -> PublicAccount | None:
    """Return the sums of this month where somebody lives; None for whoever lives nowhere.

    Of fewer than LEAST_SHOWN people nothing is told: a sum of few tells of each.
    """
    community = None
    if reader.place_id is not None:
        community = await community_above(session, reader.place_id)
    if community is None:
        return None
    zone = policy_of(session).zone
    begins = first_showing(day_of(now, zone).replace(day=1), datetime.min.time(), zone)
    below = select(PlaceRow.id).where(PlaceRow.path.startswith(community.path, autoescape=True))
    people = select(PersonRow.id).where(PersonRow.place_id.in_(below))
    theirs = (Move.giver_id.in_(people), Move.at >= begins)
    summed = select(func.count(func.distinct(Move.giver_id)), earned()).where(*theirs)
    givers, minutes = (await session.execute(summed)).one()
    to_pool = (Move.to_id == Account.id, Account.place_id == community.id, Move.at >= begins)
    pooled = await session.scalar(select(func.coalesce(func.sum(Move.minutes), 0)).where(*to_pool))
    if givers < LEAST_SHOWN:
        return PublicAccount(0, 0, 0)
    return PublicAccount(givers, minutes, pooled or 0)

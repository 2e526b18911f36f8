"""Who answers for a request."""

from datetime import datetime

from models.database import Session
from models.duty.queries import on_duty
from models.duty.rules import weekday_at
from models.help.actions.rows import add_line, path_of
from models.help.queries.desk import longest_idle
from models.help.rules.limits import Line
from models.help.tables import RequestRow
from models.people.desk import works_at
from models.policy.current import policy_of


async def choose_owner(
    session: Session, path: str, *, rather_not: set[int], now: datetime
) -> int | None:
    """Choose who answers for a request at a place: who is on duty that day, else longest idle.

    The roster of the nearest place counts first, by the weekday on the clocks of the house. Staff
    come before the secretary, then an admin; None where nobody is granted anything. Those in
    `rather_not` (who need the help themselves) are taken only if there is nobody else.
    """
    weekday = weekday_at(now, policy_of(session).zone)
    people = list((await session.scalars(longest_idle(path))).all())
    rostered = [one for one in await on_duty(session, path, weekday) if one in people]
    ordered = [*rostered, *people]
    return next((one for one in ordered if one not in rather_not), next(iter(ordered), None))


async def owner_now(session: Session, request: RequestRow, now: datetime) -> int | None:
    """Return the owner of a locked request, naming another where the last no longer works there."""
    path = await path_of(session, request)
    if request.owner_id is not None and await works_at(session, request.owner_id, path):
        return request.owner_id
    parties = {request.requester_id, request.beneficiary_id}
    chosen = await choose_owner(session, path, rather_not=parties, now=now)
    if chosen is not None and chosen != request.owner_id:
        request.owner_id, request.owned_at = chosen, now
        add_line(session, request, Line.OWNER, now=now, actor_id=None, detail={"person": chosen})
    return chosen

"""Who answers for a request."""

from datetime import datetime

from models.database import Session
from models.help.actions.rows import add_line, path_of
from models.help.queries.staff import desk_people, works_at
from models.help.rules import Line
from models.help.tables import RequestRow


async def choose_owner(session: Session, path: str, *, rather_not: set[int]) -> int | None:
    """Choose who answers for a request at a place: its staff with least open.

    Where there is no staff, the secretary, then an admin; None where nobody is granted anything.
    Those in `rather_not` (who need the help themselves) are taken only if there is nobody else.
    """
    found = await session.execute(desk_people(path))
    people = [row.id for row in found.all()]
    return next((one for one in people if one not in rather_not), next(iter(people), None))


async def owner_now(session: Session, request: RequestRow, now: datetime) -> int | None:
    """Give the owner of a locked request, naming another where the last no longer works there."""
    path = await path_of(session, request)
    if request.owner_id is not None and await works_at(session, request.owner_id, path):
        return request.owner_id
    parties = {request.requester_id, request.beneficiary_id}
    chosen = await choose_owner(session, path, rather_not=parties)
    if chosen is not None and chosen != request.owner_id:
        request.owner_id = chosen
        add_line(session, request, Line.OWNER, now=now, actor_id=None, detail={"person": chosen})
    return chosen

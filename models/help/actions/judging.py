"""Who may give the last word on a request, and who rings its resident for it."""

from datetime import datetime

from models.database import Session
from models.help.actions.owner import owner_now
from models.help.actions.rows import hats_of, path_of
from models.help.queries.ladder import rung_people
from models.help.rules import COUNTED, ClaimState, Hat, Rung
from models.help.tables import ClaimRow, RequestRow
from models.orders.queries.parts import who_put_right
from models.people.views import Person

DID_IT = COUNTED | {ClaimState.ENDED}
"""Claims of those who did the work, also when it was not solved by it."""


async def judging_hats(
    session: Session, actor: Person, request: RequestRow, claims: list[ClaimRow]
) -> list[Hat]:
    """List as what somebody may judge; whoever did the work judges only if it was for them.

    Putting it right under an order is work as well.
    """
    worked = {claim.person_id for claim in claims if claim.state in DID_IT}
    worked |= await who_put_right(session, request.id)
    if actor.id in worked and actor.id != request.beneficiary_id:
        return []
    return await hats_of(session, actor, request)


async def who_rings(session: Session, request: RequestRow, now: datetime) -> list[int]:
    """Choose who is told to ring a silent resident: the owner of the locked request.

    Whoever put it right does not ring about it: the secretary is told instead.
    """
    owner_id = await owner_now(session, request, now)
    doers = await who_put_right(session, request.id)
    if owner_id is not None and owner_id not in doers:
        return [owner_id]
    above = await rung_people(session, await path_of(session, request), Rung.SECRETARY)
    return [one for one in above if one not in doers]

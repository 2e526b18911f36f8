"""Who may give the last word on a request, and who rings its resident for it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help import hooks
from models.help.actions.notify import tell
from models.help.actions.owner import owner_now
from models.help.actions.rows import add_line, claims_of, path_of, relations_of
from models.help.actions.schedule import schedule_verdict
from models.help.rules.limits import Line
from models.help.rules.notices import Notice
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import DID_IT, Relation
from models.help.tables import ClaimRow, RequestRow
from models.people.desk import works_at
from models.people.reach import reach_of
from models.people.views import Person


async def judging_relations(
    session: Session, actor: Person, request: RequestRow, claims: list[ClaimRow]
) -> list[Relation]:
    """List as what somebody may judge; whoever did the work judges only if it was for them.

    Putting it right under an order is work as well.
    """
    worked = {claim.person_id for claim in claims if claim.state in DID_IT}
    worked |= await hooks.who_put_right(session, request.id)
    if actor.id in worked and actor.id != request.beneficiary_id:
        return []
    return await relations_of(session, actor, request)


async def who_rings(session: Session, request: RequestRow, now: datetime) -> list[int]:
    """Choose who is told to ring a silent resident: the owner of the locked request.

    Whoever did it or put it right does not ring about it: the secretary is told instead.
    """
    owner_id = await owner_now(session, request, now)
    doers = await hooks.who_put_right(session, request.id)
    doers |= {one.person_id for one in await claims_of(session, request) if one.state in DID_IT}
    if owner_id is not None and owner_id not in doers:
        return [owner_id]
    above = await people_at_level(session, await path_of(session, request), Level.SECRETARY)
    return [one for one in above if one not in doers]


async def ask_for_the_word(
    session: Session, request: RequestRow, now: datetime, policy: HelpPolicy
) -> None:
    """Have the last word on a locked request asked for that is now done.

    Whom our messages reach, themselves or their proxy, is asked again while they are silent. Whom
    they do not is rung at once: nobody waits for an answer that cannot come.
    """
    if (await reach_of(session, [request.beneficiary_id]))[request.beneficiary_id].arrives:
        await schedule_verdict(session, request, now, policy)
        return
    request.unconfirmed = True
    add_line(session, request, Line.UNCONFIRMED, now=now, actor_id=None)
    for one in await who_rings(session, request, now):
        if one != request.requester_id:  # they are asked for the word themselves
            await tell(session, request, Notice.UNCONFIRMED, one, now=now)


async def whose_owner_rings(session: Session, requests: Collection[RequestRow]) -> set[int]:
    """List those of some locked requests about which `who_rings` would choose the owner they have.

    Of many done at once nearly all are so, and they share few owners and places: that takes few
    statements. The others, those ever put right under an order or done by the owner among them,
    are looked at one by one.
    """
    ids = [one.id for one in requests]
    looked_at = await hooks.ever_ordered(session, ids) | await _done_by_owner(session, ids)
    works: dict[tuple[int, int], bool] = {}
    found = set[int]()
    for request in requests:
        if request.owner_id is None or request.id in looked_at:
            continue
        key = request.owner_id, request.place_id
        if key not in works:
            works[key] = await works_at(session, request.owner_id, await path_of(session, request))
        if works[key]:
            found.add(request.id)
    return found


async def _done_by_owner(session: Session, request_ids: Collection[int]) -> set[int]:
    """Find those whose owner did the work in person."""
    own = (
        select(ClaimRow.request_id)
        .join(RequestRow, RequestRow.id == ClaimRow.request_id)
        .where(
            ClaimRow.request_id.in_(request_ids),
            ClaimRow.person_id == RequestRow.owner_id,
            ClaimRow.state.in_(DID_IT),
        )
    )
    return set(await session.scalars(own))

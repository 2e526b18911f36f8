"""Who may give the last word on a request."""

from models.database import Session
from models.help.actions.rows import hats_of
from models.help.rules import COUNTED, ClaimState, Hat
from models.help.tables import ClaimRow, RequestRow
from models.people.views import Person

DID_IT = COUNTED | {ClaimState.ENDED}
"""Claims of those who did the work, also when it was not solved by it."""


async def judging_hats(
    session: Session, actor: Person, request: RequestRow, claims: list[ClaimRow]
) -> list[Hat]:
    """List as what somebody may judge; whoever did the work judges only if it was for them."""
    worked = any(claim.person_id == actor.id and claim.state in DID_IT for claim in claims)
    if worked and actor.id != request.beneficiary_id:
        return []
    return await hats_of(session, actor, request)

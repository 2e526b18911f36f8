"""Turning a proposal into a request for help, which is what it was."""

from datetime import datetime

from models.categories import CATALOGUE, EMERGENCY
from models.database import Session
from models.help.actions.filing import file_request
from models.help.rules.limits import TEXT_LENGTH
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.people.views import Person
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.actions.tell import refresh_cards, stop, tell
from models.proposals.queries.pictures import media_of
from models.proposals.rules.kinds import Line, Notice, Reminder, Topic
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import REQUEST_KIND, as_request
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalMediaRow, ProposalRow
from models.proposals.views import Moved
from models.text import clean_text

FILED = (FileOutcome.FILED, FileOutcome.ALREADY)


async def turn(
    session: Session,
    actor: Person,
    proposal_id: int,
    category: str | None = None,
    *,
    now: datetime,
) -> Moved | FileOutcome:
    """File what a proposal asks for as its author's request (DONE, with the request's id).

    Whoever comes to help reads for whom, and so does the desk: what was proposed without a name
    the desk asks for in its own.

    `category` None takes the usual kind for its topic. An emergency is not turned: whoever has
    one rings. The author is told the number. A request that cannot be filed says why, and the
    proposal stays where it is.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return Moved(ProposalOutcome.MISSING)
    if why := await refusal(session, actor, proposal, Move.TURN, now):
        return Moved(why)
    kind = category or REQUEST_KIND[Topic(proposal.topic)]
    if kind not in CATALOGUE or kind == EMERGENCY:
        return FileOutcome.BAD_CHOICE
    filed = await file_request(
        session, actor, await _draft(session, actor, proposal, kind), now=now
    )
    if filed.outcome not in FILED or filed.receipt is None:
        return filed.outcome
    make(proposal, Move.TURN, now)
    proposal.request_id = filed.receipt.request_id
    await stop(session, proposal, [Reminder.RECEPTION], "turned into a request", now)
    detail = {"request": filed.receipt.number}
    await add_line(session, proposal, Line.TURNED, now=now, actor_id=actor.id, detail=detail)
    await tell(session, proposal, Notice.TURNED, [proposal.author_id], now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return Moved(ProposalOutcome.DONE, other_id=filed.receipt.request_id)


async def _draft(session: Session, actor: Person, proposal: ProposalRow, kind: str) -> Draft:
    words = as_request(proposal.title, proposal.problem, proposal.wish)
    return Draft(
        token=f"proposal:{proposal.id}",
        category=kind,
        urgency=Urgency.ORDINARY,
        text=clean_text(words, TEXT_LENGTH),
        beneficiary_id=actor.id if proposal.anonymous else proposal.author_id,
        place_id=proposal.place_id,
        media=await media_of(session, proposal.id, ProposalMediaRow.line_id.is_(None)),
    )

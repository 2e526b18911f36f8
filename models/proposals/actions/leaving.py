"""What becomes of proposals, seconds and ratings of somebody who leaves."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from models.database import Session
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.proposals.actions.notify import refresh_cards, stop, tell
from models.proposals.actions.rows import add_line, locked, make
from models.proposals.actions.seconding import count_seconds
from models.proposals.queries.detail import second_of
from models.proposals.rules.delivery import TO_BE_DELIVERED
from models.proposals.rules.notices import Notice, ProposalEvent, Reminder
from models.proposals.rules.states import BEFORE_RECEPTION, ENDED, Move, State
from models.proposals.tables import (
    GramRow,
    ProposalLineRow,
    ProposalMediaRow,
    ProposalRow,
    RatingRow,
    SecondRow,
    VersionRow,
)


async def duties(session: Session, person_id: int) -> int:
    """Count the receptions and deliveries that are a person's and have not ended.

    What is delivered is owed no more: should it have to be taken up again, it falls to whoever
    answers for the place.
    """
    receives = (ProposalRow.desk_id == person_id) & (ProposalRow.state == State.SUBMITTED)
    delivers = (ProposalRow.person_id == person_id) & ProposalRow.state.in_(list(TO_BE_DELIVERED))
    found = await session.scalar(select(func.count(ProposalRow.id)).where(receives | delivers))
    return found or 0


async def let_go(session: Session, person_id: int, now: datetime) -> None:
    """End what somebody who leaves for good has here.

    What they proposed and nobody has received is withdrawn and erased; what was received stays,
    for others back it, and shows no name. Their seconds no longer count; their stars still do,
    without their words.
    """
    for proposal_id in await _touched(session, person_id):
        proposal = await locked(session, proposal_id)
        if proposal is None:
            continue
        if proposal.author_id == person_id and proposal.received_at is None:
            await _erase(session, proposal, now)
        else:
            await _take_back(session, proposal, person_id, now)
    await session.execute(
        update(RatingRow).where(RatingRow.person_id == person_id).values(words=None)
    )


async def _touched(session: Session, person_id: int) -> list[int]:
    """List what they proposed or second, the smaller id first, as everybody takes them."""
    seconded = select(SecondRow.proposal_id).where(
        SecondRow.person_id == person_id, SecondRow.withdrawn_at.is_(None)
    )
    theirs = (ProposalRow.author_id == person_id) & ProposalRow.received_at.is_(None)
    found = await session.scalars(
        select(ProposalRow.id).where(theirs | ProposalRow.id.in_(seconded)).order_by(ProposalRow.id)
    )
    return list(found)


async def _erase(session: Session, proposal: ProposalRow, now: datetime) -> None:
    """Withdraw what nobody has received, and leave nothing of it but its number."""
    if proposal.state in BEFORE_RECEPTION:
        make(proposal, Move.WITHDRAW, now)
        await stop(session, proposal, [Reminder.RECEPTION], "its author has left", now)
        await add_line(session, proposal, ProposalEvent.WITHDRAWN, now=now, actor_id=None)
        await tell(session, proposal, Notice.WITHDRAWN, [proposal.desk_id], now=now)
    proposal.title, proposal.problem, proposal.wish = "", "", ""
    for table in (VersionRow, ProposalMediaRow, GramRow):
        await session.execute(delete(table).where(table.proposal_id == proposal.id))
    await session.execute(
        update(ProposalLineRow).where(ProposalLineRow.proposal_id == proposal.id).values(words=None)
    )
    await refresh_cards(session, proposal, now)


async def _take_back(
    session: Session, proposal: ProposalRow, person_id: int, now: datetime
) -> None:
    row = await second_of(session, person_id, proposal.id)
    if row is None:
        return
    row.withdrawn_at = now
    if row.version == proposal.version:
        proposal.seconds -= 1
    if proposal.state == State.SECONDING:
        await count_seconds(session, proposal, now)


async def _going_on(session: Session, path: str) -> int:
    """Count the proposals made there, or for a whole community there, that have not ended."""
    going = ProposalRow.state.not_in(list(ENDED))
    return await count_below(session, ProposalRow.place_id, path, going)


LEAVE_HOOKS = LeaveHooks(let_go, duties)
PLACE_HOOKS = PlaceHooks(_going_on)

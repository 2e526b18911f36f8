"""What the reminders of a delivery do when they fall due. Each looks at the state first."""

from datetime import datetime

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.policy.current import policy_of
from models.proposals.actions.delivering import TO_ASSIGN, owner_now
from models.proposals.actions.notify import refresh_cards, tell, tell_others
from models.proposals.actions.rating import tally_of, tell_closed
from models.proposals.actions.rows import add_line, locked, make
from models.proposals.queries.detail import path_of, secretaries
from models.proposals.rules.delivery import News, ends_with, may_still_rate
from models.proposals.rules.notices import Notice, ProposalEvent
from models.proposals.rules.reception import ProposalPolicy
from models.proposals.rules.states import Move, State
from models.proposals.tables import ProposalRow
from models.reminders.views import Due


async def due(session: Session, fired: Due, now: datetime) -> None:
    """Tell that a delivery's date has come, or that nobody is named yet who delivers it.

    The owner and the secretaries are told on a card, author and backers in an honest sentence.
    """
    proposal = await _late(session, fired, now)
    if proposal is None:
        return
    to_assign = proposal.state == State.ADOPTED
    detail = {"late": fired.late, "street": False}
    owner_id = None if to_assign else await owner_now(session, proposal, now)
    leads = await secretaries(session, proposal)
    if not to_assign:
        await add_line(session, proposal, ProposalEvent.OVERDUE, now=now, actor_id=None)
        await tell_others(session, proposal, News.OVERDUE, now=now, late=fired.late, carded=leads)
    people = [owner_id, *leads]
    await tell(session, proposal, Notice.OVERDUE, people, now=now, detail=detail)
    await refresh_cards(session, proposal, now)


async def street(session: Session, fired: Due, now: datetime) -> None:
    """Tell the street of what is still not delivered, or in nobody's hands, a working week on."""
    proposal = await _late(session, fired, now)
    if proposal is None:
        return
    if proposal.state == State.UNDERWAY:
        await owner_now(session, proposal, now)
    people = await people_at_level(session, await path_of(session, proposal), Level.STREET)
    detail = {"late": fired.late, "street": True}
    await tell(session, proposal, Notice.OVERDUE, people, now=now, detail=detail)
    await refresh_cards(session, proposal, now)


async def rating_over(session: Session, fired: Due, now: datetime) -> None:
    """End the time for rating: it is closed, or the secretary has to look again."""
    proposal = await locked(session, fired.subject_id)
    if proposal is None or proposal.state != State.DELIVERED:
        return
    if may_still_rate(proposal.rate_by, now):
        return
    tally = await tally_of(session, proposal)
    move = ends_with(tally, policy_of(session, ProposalPolicy).content_from)
    make(proposal, move, now)
    mean = None if tally.mean is None else round(tally.mean, 2)
    detail = {"count": tally.count, "mean": mean}
    line = await add_line(
        session, proposal, ProposalEvent.RATED, now=now, actor_id=None, detail=detail
    )
    if move is Move.END_WELL:
        await add_line(session, proposal, ProposalEvent.CLOSED, now=now, actor_id=None)
        await tell_closed(session, proposal, now)
        return
    told = await _tell_to_look(session, proposal, fired, now)
    await tell_others(session, proposal, News.RATED, now=now, line=line, carded=told)
    await refresh_cards(session, proposal, now)


async def _late(session: Session, fired: Due, now: datetime) -> ProposalRow | None:
    """Return the proposal that a reminder is about; None where it is settled, or dated anew."""
    proposal = await locked(session, fired.subject_id)
    if proposal is None:
        return None
    if fired.detail == TO_ASSIGN:
        return proposal if proposal.state == State.ADOPTED else None
    dated = proposal.due_at is not None and now >= proposal.due_at
    return proposal if proposal.state == State.UNDERWAY and dated else None


async def _tell_to_look(
    session: Session, proposal: ProposalRow, fired: Due, now: datetime
) -> list[int]:
    """Ask the secretaries to look again, rather those who did not deliver it; the owner reads it.

    Gives whom.
    """
    people = await secretaries(session, proposal)
    others = [one for one in people if one != proposal.person_id]
    told = others or people
    detail = {"late": fired.late}
    readers = [*told, proposal.person_id]
    await tell(session, proposal, Notice.LOOK_AGAIN, readers, now=now, detail=detail)
    return told

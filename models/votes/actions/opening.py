"""Opening a vote, and calling it off."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session, vault_of
from models.people.views import Person
from models.proposals.actions.notify import refresh_cards
from models.proposals.actions.rows import add_line, locked, make, refusal
from models.proposals.actions.rows import locked as locked_proposal
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalRow
from models.reminders.actions import remind
from models.reminders.views import Due
from models.votes.actions.notify import set_clock, settle_cards, stop_clock, tell_ballots, tell_off
from models.votes.actions.roll import fix_roll, how_many
from models.votes.actions.sealing import EMPTY, seal_urn
from models.votes.rules.notices import Electorate, Majority, Reminder, State
from models.votes.rules.outcomes import OffOutcome, PlanOutcome
from models.votes.rules.terms import SECRET_FROM, VoteTerms, too_few, wrong_with
from models.votes.tables import VoteRow
from models.votes.views import Put


async def put_to_vote(
    session: Session, actor: Person, proposal_id: int, terms: VoteTerms, *, now: datetime
) -> Put:
    """Put a proposal that is being deliberated to the vote, at once or at a time to come.

    At most one vote on it is planned or open: two who do so at once, or a form that is sent twice,
    make one vote, and the second is told which.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return Put(PlanOutcome.MISSING)
    why = await refusal(session, actor, proposal, Move.OPEN_VOTE, now)
    if why is ProposalOutcome.WRONG_TIME:
        standing = await unended_of(session, proposal.id)
        return Put(PlanOutcome.ALREADY if standing else PlanOutcome.WRONG_TIME, standing)
    if why is not None:
        return Put(PlanOutcome(why.value))
    wrong = wrong_with(terms, now)
    if wrong is not None:
        return Put(wrong)
    place_id = _where(proposal, terms.electorate)
    few = await _too_few(session, terms, place_id)
    if few is not None:
        return Put(few)
    vote = await _write(session, actor, proposal, terms, place_id, now)
    if vote.opens_at > now:
        await remind(session, kind=Reminder.OPEN, subject_id=vote.id, due_at=vote.opens_at)
    else:
        await _open(session, vote, now)
    await refresh_cards(session, proposal, now)
    outcome = PlanOutcome.OPENED if vote.state == State.OPEN else PlanOutcome.PLANNED
    return Put(outcome, vote.id)


async def open_due(session: Session, due: Due, now: datetime) -> None:
    """Open a vote that was planned; one that opens late lasts as long as it was to.

    Where nobody is left who could vote, or too few to keep a secret, it is called off, and whoever
    planned it told.
    """
    found = await locked_both(session, due.subject_id)
    if found is None or found[1].state != State.PLANNED:
        return
    proposal, vote = found
    if due.late:
        vote.ends_at += now - vote.opens_at
        vote.opens_at = now
    if await _too_few(session, _terms(vote), vote.place_id) is None:
        await _open(session, vote, now)
    else:
        await call_off(session, proposal, vote, now, actor_id=None)
    await refresh_cards(session, proposal, now)


async def _too_few(session: Session, terms: VoteTerms, place_id: int) -> PlanOutcome | None:
    """Return why not enough people are there to vote on these terms; None where they are."""
    voices = await how_many(session, terms.electorate, place_id, upto=SECRET_FROM)
    return too_few(terms, voices)


def _terms(vote: VoteRow) -> VoteTerms:
    return VoteTerms(
        electorate=Electorate(vote.electorate),
        secret=vote.secret,
        quorum=vote.quorum,
        majority=Majority(vote.majority),
        ends_at=vote.ends_at,
        opens_at=vote.opens_at,
    )


def _where(proposal: ProposalRow, electorate: Electorate) -> int:
    """Return whose vote it is: a branch is that of the community, residents are of the place."""
    members = electorate is Electorate.MEMBERS
    return proposal.community_id if members else proposal.place_id


async def _write(
    session: Session,
    actor: Person,
    proposal: ProposalRow,
    terms: VoteTerms,
    place_id: int,
    now: datetime,
) -> VoteRow:
    vote = VoteRow(
        proposal_id=proposal.id,
        version=proposal.version,
        place_id=place_id,
        electorate=terms.electorate,
        secret=terms.secret,
        quorum=terms.quorum,
        majority=terms.majority,
        state=State.PLANNED,
        opens_at=terms.opens_at or now,
        ends_at=terms.ends_at,
        set_by=actor.id,
        set_at=now,
    )
    session.add(vote)
    await session.flush()
    make(proposal, Move.OPEN_VOTE, now)
    detail = {"vote": vote.id}
    await add_line(session, proposal, ProposalEvent.VOTE, now=now, actor_id=actor.id, detail=detail)
    return vote


async def _open(session: Session, vote: VoteRow, now: datetime) -> None:
    """Fix the roll, put an empty urn up, tell everybody."""
    vote.eligible = await fix_roll(session, vote)
    vote.state = State.OPEN
    if vote.secret:
        vote.urn = seal_urn(vault_of(session), vote.id, EMPTY)
    await session.flush()
    await set_clock(session, vote)
    await tell_ballots(session, vote, now)


NO_URN = "0,0,0"
"""What stands where no urn is: in an open vote, and in one that was called off."""


async def cancel_vote(
    session: Session, actor: Person, vote_id: int, *, now: datetime
) -> OffOutcome:
    """Call a vote off that is planned or open; its proposal is deliberated again."""
    found = await locked_both(session, vote_id)
    if found is None:
        return OffOutcome.MISSING
    proposal, vote = found
    why = await refusal(session, actor, proposal, Move.CANCEL_VOTE, now)
    if why not in {None, ProposalOutcome.WRONG_TIME}:
        return OffOutcome(str(why))
    if vote.state not in UNENDED:
        return OffOutcome.ALREADY if vote.state == State.OFF else OffOutcome.TOO_LATE
    await call_off(session, proposal, vote, now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return OffOutcome.OFF


async def call_off(
    session: Session, proposal: ProposalRow, vote: VoteRow, now: datetime, *, actor_id: int | None
) -> None:
    """Call off a vote whose proposal is locked too, and tell everybody on the roll."""
    vote.state, vote.urn = State.OFF, NO_URN
    make(proposal, Move.CANCEL_VOTE, now)
    detail = {"vote": vote.id}
    await add_line(
        session, proposal, ProposalEvent.VOTE_OFF, now=now, actor_id=actor_id, detail=detail
    )
    await stop_clock(session, vote, "called off", now)
    await tell_off(session, vote, now, actor_id=actor_id, also=[vote.set_by])
    await settle_cards(session, vote, now)


SUBJECT = "votes"
"""What the audit book calls a vote."""


UNENDED = (State.PLANNED, State.OPEN)


async def locked_vote(session: Session, vote_id: int) -> VoteRow | None:
    """Return a vote as it is now and hold it until the transaction ends: votes come one by one.

    Whoever moves the proposal too has taken its lock before; voting takes this one alone.
    """
    await session.flush()
    return await session.get(VoteRow, vote_id, with_for_update=True, populate_existing=True)


async def locked_both(session: Session, vote_id: int) -> tuple[ProposalRow, VoteRow] | None:
    """Return a vote and its proposal, both held, in the order in which all take them."""
    proposal_id = await session.scalar(select(VoteRow.proposal_id).where(VoteRow.id == vote_id))
    proposal = None if proposal_id is None else await locked_proposal(session, proposal_id)
    vote = await locked_vote(session, vote_id)
    return (proposal, vote) if proposal is not None and vote is not None else None


async def unended_of(session: Session, proposal_id: int) -> int | None:
    """Return the vote on a proposal that is planned or open."""
    return await session.scalar(
        select(VoteRow.id).where(VoteRow.proposal_id == proposal_id, VoteRow.state.in_(UNENDED))
    )

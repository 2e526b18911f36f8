"""Reading one vote as its reader may see it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.names.queries import Names, names_for, places_by_id
from models.names.views import Who
from models.people.queries import person_by_id
from models.people.tables import PersonRow
from models.people.views import Person
from models.proposals.queries.detail import may_read, part_of
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.states import Move, moves_open_to, relations
from models.proposals.rules.states import Part as ProposalPart
from models.proposals.rules.states import State as ProposalState
from models.proposals.tables import ProposalLineRow, ProposalRow
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import Electorate, Majority, Result, State, VoteChoice
from models.votes.rules.outcomes import Refusal
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import VoterLine, VoterPage, VoteView

NAMES_A_PAGE = 20


async def vote_about(session: Session, proposal_id: int) -> int | None:
    """Return the last vote on a proposal that was not called off, by id."""
    return await session.scalar(
        select(VoteRow.id)
        .where(VoteRow.proposal_id == proposal_id, VoteRow.state != State.OFF)
        .order_by(VoteRow.id.desc())
        .limit(1)
    )


async def who_voted(
    session: Session, actor: Person, vote_id: int, page: int, *, now: datetime
) -> VoterPage | Refusal:
    """List who voted what, by name, for everybody on the roll and for the desk of the place."""
    view = await vote_view(session, actor, vote_id, now=now)
    if isinstance(view, Refusal):
        return view
    if view.secret:
        return Refusal.SECRET
    if not view.names:
        return Refusal.NOT_ALLOWED if view.state is State.COUNTED else Refusal.NOT_YET
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name, PersonRow.left_at, MarkRow.choice)
        .join(PersonRow, PersonRow.id == MarkRow.person_id)
        .where(MarkRow.vote_id == vote_id)
        .order_by(PersonRow.name, PersonRow.id)
        .offset(page * NAMES_A_PAGE)
        .limit(NAMES_A_PAGE + 1)
    )
    found = [
        VoterLine(None if left_at else Who(person_id, name), VoteChoice(choice))
        for person_id, name, left_at, choice in rows.all()
        if choice is not None
    ]
    shown, more = tuple(found[:NAMES_A_PAGE]), len(found) > NAMES_A_PAGE
    return VoterPage(vote_id, view.number, view.title, shown, page, more)


async def published(session: Session, vote: VoteRow) -> VoteTally | None:
    """Return the counts that were published; None for a vote that was not counted."""
    told = await line_of(session, vote)
    return (
        None
        if told is None
        else VoteTally(**{one.value: int(told[one.value]) for one in VoteChoice})
    )


async def line_of(session: Session, vote: VoteRow) -> dict[str, Any] | None:
    """Return all that the timeline says of the count of a vote."""
    lines = await session.scalars(
        select(ProposalLineRow.detail)
        .where(
            ProposalLineRow.proposal_id == vote.proposal_id,
            ProposalLineRow.what == ProposalEvent.COUNTED,
        )
        .order_by(ProposalLineRow.id)
    )
    return next((told for told in lines if told and told.get("vote") == vote.id), None)


FOLLOWING_UP = frozenset({Move.ASSIGN, Move.ADOPT, Move.CALL_MEETING})
"""What has to be seen to after a vote, whatever it came to."""


async def vote_view(
    session: Session, actor: Person, vote_id: int, *, now: datetime
) -> VoteView | Refusal:
    """Show a vote to whoever may read its proposal, or is on its roll."""
    vote = await session.get(VoteRow, vote_id)
    if vote is None:
        return Refusal.MISSING
    view = await _seen(session, actor, vote)
    if view is None:
        await deny(session, actor.id, "votes", now=now, subject_id=vote_id)
        return Refusal.NOT_ALLOWED
    return view


async def vote_told(session: Session, reader_id: int, vote_id: int) -> VoteView | None:
    """Show a vote to the reader of a notice; None where it is none of theirs."""
    vote = await session.get(VoteRow, vote_id)
    reader = await person_by_id(session, reader_id)
    return await _seen(session, reader, vote) if vote and reader else None


async def voice_of(session: Session, person_id: int, vote_id: int) -> str | None:
    """Return whose voice somebody gives; None for who is not on the roll."""
    roll = await session.get(RollRow, (vote_id, person_id))
    return roll.voice if roll else None


async def _seen(session: Session, reader: Person, vote: VoteRow) -> VoteView | None:
    proposal = await session.get_one(ProposalRow, vote.proposal_id)
    part = await part_of(session, reader, proposal)
    voice = await voice_of(session, reader.id, vote.id)
    if voice is None and not may_read(proposal, part):
        return None
    view = await _whole(session, vote, proposal, part)
    return view if voice is None else await _with_voice(session, view, reader.id, voice)


async def _with_voice(session: Session, view: VoteView, reader_id: int, voice: str) -> VoteView:
    """Return the view of a vote for somebody who is on its roll."""
    mark = await session.get(MarkRow, (view.vote_id, voice))
    return replace(
        view,
        mine=True,
        given=mark is not None,
        by_others=mark is not None and mark.person_id != reader_id,
        choice=VoteChoice(mark.choice) if mark and mark.choice else None,
        names=view.state is State.COUNTED and not view.secret,
    )


async def _whole(
    session: Session, vote: VoteRow, proposal: ProposalRow, part: ProposalPart
) -> VoteView:
    people = await names_for(session, [vote.set_by])
    names = Names(await places_by_id(session, {vote.place_id}), people.people)
    moves = moves_open_to(ProposalState(proposal.state), relations(part))
    counted = vote.state == State.COUNTED
    unended = vote.state in {State.PLANNED, State.OPEN}
    return VoteView(
        vote_id=vote.id,
        proposal_id=proposal.id,
        number=proposal.number,
        title=proposal.title,
        seal=proposal.seal,
        where=names.places[vote.place_id],
        electorate=Electorate(vote.electorate),
        secret=vote.secret,
        quorum=vote.quorum,
        majority=Majority(vote.majority),
        state=State(vote.state),
        opens_at=vote.opens_at,
        ends_at=vote.ends_at,
        set_by=names.person(vote.set_by),
        eligible=vote.eligible,
        voted=vote.voted,
        tally=await published(session, vote) if counted else None,
        result=Result(vote.result) if vote.result else None,
        mine=False,
        given=False,
        by_others=False,
        choice=None,
        names=counted and not vote.secret and part.desk,
        may_call_off=unended and Move.CANCEL_VOTE in moves,
        may_follow_up=counted and bool(moves & FOLLOWING_UP),
    )

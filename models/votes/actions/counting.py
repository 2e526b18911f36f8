"""Counting a vote, and counting it again."""

from datetime import datetime

from sqlalchemy import func, select

from models.database import Session, vault_of
from models.outbox.counting import show_count
from models.proposals.actions.delivering import schedule_assigning
from models.proposals.actions.notify import refresh_cards
from models.proposals.actions.rows import add_line, make
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalRow
from models.reminders.views import Due
from models.vault import SealError
from models.votes.actions.notify import (
    remind_silent,
    set_count,
    settle_cards,
    stop_clock,
    tell_result,
    watching,
)
from models.votes.actions.opening import locked_both, locked_vote
from models.votes.actions.roll import voices_on
from models.votes.actions.sealing import open_urn
from models.votes.queries.detail import line_of, published
from models.votes.rules.counting import VoteTally, outcome
from models.votes.rules.notices import CARDS, Majority, Result, State, VoteChoice
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import Recount

FOLLOWS = {
    Result.PASSED: Move.PASS_VOTE,
    Result.FAILED: Move.FAIL_VOTE,
    Result.NO_QUORUM: Move.MISS_QUORUM,
}
"""What a result means for the proposal."""


async def end_due(session: Session, due: Due, now: datetime) -> None:
    """Count a vote whose time is over, move its proposal, tell everybody the result."""
    found = await locked_both(session, due.subject_id)
    if found is None or found[1].state != State.OPEN or now < found[1].ends_at:
        return
    proposal, vote = found
    tally = await count(session, vote)
    result = outcome(tally, vote.eligible, vote.quorum, Majority(vote.majority))
    vote.state, vote.result, vote.counted_at = State.COUNTED, result, now
    make(proposal, FOLLOWS[result], now)
    if result is not Result.NO_QUORUM:
        proposal.decided_at = now
    if result is Result.PASSED:
        await schedule_assigning(session, proposal, now)
    await add_line(
        session,
        proposal,
        ProposalEvent.COUNTED,
        now=now,
        actor_id=None,
        detail=told_of(vote, tally),
    )
    await _tell(session, vote, proposal, now)


async def remind_due(session: Session, due: Due, now: datetime) -> None:
    """Remind those who have not voted, once; after an outage that outlasts the vote, nobody."""
    vote = await session.get(VoteRow, due.subject_id)
    if vote is not None and vote.state == State.OPEN and now < vote.ends_at:
        await remind_silent(session, vote, now, {"late": due.late})


async def count_due(session: Session, due: Due, now: datetime) -> None:
    """Show how many have voted by now, on the cards of those who have not and of who put it up."""
    vote = await locked_vote(session, due.subject_id)
    if vote is None or vote.state != State.OPEN:
        return
    if vote.voted == due.detail.get("shown"):
        vote.count_after = None
        return
    vote.count_after = await show_count(
        session, kinds=CARDS, subject_id=vote.id, now=now, readers=watching(vote)
    )
    await set_count(session, vote.id, vote.count_after, shown=vote.voted)


async def count(session: Session, vote: VoteRow) -> VoteTally:
    """Count the marbles of a secret vote, or the marks of an open one.

    SealError where the urn does not open: then nothing is counted, and the vote stays as it is.
    """
    if vote.secret:
        return open_urn(vault_of(session), vote.id, vote.urn)
    rows = await session.execute(
        select(MarkRow.choice, func.count())
        .where(MarkRow.vote_id == vote.id)
        .group_by(MarkRow.choice)
    )
    said = {choice: number for choice, number in rows.all() if choice is not None}
    return VoteTally(**{choice.value: said.get(choice, 0) for choice in VoteChoice})


def told_of(vote: VoteRow, tally: VoteTally) -> dict[str, object]:
    """Return what the timeline publishes of a vote: this is what a recount is held against."""
    said = {choice.value: tally.of(choice) for choice in VoteChoice}
    return {"vote": vote.id, "result": vote.result, **said, "eligible": vote.eligible}


async def _tell(session: Session, vote: VoteRow, proposal: ProposalRow, now: datetime) -> None:
    await stop_clock(session, vote, "counted", now)
    await tell_result(session, vote, proposal, now)
    await settle_cards(session, vote, now)
    await refresh_cards(session, proposal, now)


async def recount(session: Session, vote_id: int) -> Recount | None:
    """Count a vote anew, from its marks or its urn; None for no such vote.

    Before the end nothing is counted: what would be found is for nobody to know.
    """
    vote = await session.get(VoteRow, vote_id)
    if vote is None:
        return None
    counted = vote.state == State.COUNTED
    tally = await _tally(session, vote) if counted else None
    voices = await voices_on(session, vote.id)
    marks = await _number(session, MarkRow, vote.id)
    result = _result(vote, tally, voices)
    told = await published(session, vote) if counted else None
    wrong = _wrong(vote, tally, result, told, voices, marks) if counted else []
    if counted and told is not None:
        wrong += await _wrongly_told(session, vote)
    return Recount(
        vote_id=vote.id,
        state=State(vote.state),
        secret=vote.secret,
        quorum=vote.quorum,
        majority=Majority(vote.majority),
        people=await _number(session, RollRow, vote.id),
        voices=voices,
        marks=marks,
        tally=tally,
        result=result,
        published=told,
        published_result=Result(vote.result) if vote.result else None,
        wrong=tuple(wrong),
    )


async def _tally(session: Session, vote: VoteRow) -> VoteTally | None:
    try:
        return await count(session, vote)
    except SealError:
        return None


def _result(vote: VoteRow, tally: VoteTally | None, voices: int) -> Result | None:
    if tally is None or tally.voted > voices:
        return None
    return outcome(tally, voices, vote.quorum, Majority(vote.majority))


def _wrong(
    vote: VoteRow,
    tally: VoteTally | None,
    result: Result | None,
    told: VoteTally | None,
    voices: int,
    marks: int,
) -> list[str]:
    """Say what does not agree, in a few words each, for the operator."""
    checks = {
        "the urn does not open": tally is None,
        "nothing was published": told is None,
        "the counts are not those that were published": tally != told,
        "the result is not the one that was published": result != vote.result,
        "the roll has another number of voices than when it was fixed": voices != vote.eligible,
        "the voices given are not as many as were noted": marks != vote.voted,
        "what was counted is not as much as voices were given": (
            tally is not None and tally.voted != marks
        ),
    }
    return [words for words, is_wrong in checks.items() if is_wrong]


async def _wrongly_told(session: Session, vote: VoteRow) -> list[str]:
    told = await line_of(session, vote) or {}
    wrong = told.get("result") != vote.result or told.get("eligible") != vote.eligible
    return ["the timeline says otherwise than the vote"] if wrong else []


async def _number(session: Session, table: type[MarkRow] | type[RollRow], vote_id: int) -> int:
    counted = select(func.count()).select_from(table).where(table.vote_id == vote_id)
    return await session.scalar(counted) or 0

"""Counting a vote once more from what is kept of it, beside what was published."""

from sqlalchemy import func, select

from models.database import Session
from models.vault import SealError
from models.votes.actions.counting import count
from models.votes.actions.roll import voices_on
from models.votes.queries.published import line_of, published
from models.votes.rules.kinds import Majority, Result, State
from models.votes.rules.tally import Tally, outcome
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import Recount


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


async def _tally(session: Session, vote: VoteRow) -> Tally | None:
    try:
        return await count(session, vote)
    except SealError:
        return None


def _result(vote: VoteRow, tally: Tally | None, voices: int) -> Result | None:
    if tally is None or tally.voted > voices:
        return None
    return outcome(tally, voices, vote.quorum, Majority(vote.majority))


def _wrong(
    vote: VoteRow,
    tally: Tally | None,
    result: Result | None,
    told: Tally | None,
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

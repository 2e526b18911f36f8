"""Voting: one voice, given and changed until the end.

An open vote is written beside the voice. Of a secret one nothing is written beside the voice but
that it was given: what it says goes into the urn, which is sealed and written as a whole, and a
slip with it into the voter's chat. Only whoever hands that slip back can take the marble out.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, inspect, select

from models.audit.actions import deny
from models.database import Session, insert_once, vault_of
from models.outbox.refreshing import refresh
from models.outbox.rules import next_count
from models.people.views import Person
from models.proposals.tables import ProposalRow
from models.votes.actions.rows import SUBJECT
from models.votes.actions.sealing import digest_of, new_slip, open_slip, open_urn, seal_urn
from models.votes.actions.telling import is_counting, set_count
from models.votes.queries.whole import voice_of
from models.votes.rules import CARDS, Choice, Electorate, State, VoteOutcome
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import Given

CLOSED = {
    State.PLANNED: VoteOutcome.NOT_YET,
    State.COUNTED: VoteOutcome.TOO_LATE,
    State.OFF: VoteOutcome.CALLED_OFF,
}


_theirs = (RollRow.vote_id == VoteRow.id) & (RollRow.person_id == bindparam("person"))
_holding = (
    select(VoteRow, ProposalRow.number, ProposalRow.title, RollRow.voice)
    .join(ProposalRow, ProposalRow.id == VoteRow.proposal_id)
    .outerjoin(RollRow, _theirs)
    .where(VoteRow.id == bindparam("vote"))
    .with_for_update(of=VoteRow)
    .execution_options(populate_existing=True)
)
"""A vote, held, with what its ballot says and somebody's voice; put together once, for everybody
votes by it."""


async def give_vote(
    session: Session,
    actor: Person,
    vote_id: int,
    choice: Choice,
    *,
    now: datetime,
    slip: str = "",
) -> Given:
    """Give somebody's voice, or change what it says.

    Whether it is in time is decided by `now` and the state under the lock of the vote, which
    counting takes too: a voice either is counted, or is told that it came too late. A secret vote
    is changed by its newest `slip` alone.
    """
    vote, voice, given = await _hold(session, actor, vote_id)
    if vote is None:
        return given
    why = closed(vote, now)
    if why is not None:
        return replace(given, outcome=why)
    if voice is None:
        await deny(session, actor.id, SUBJECT, now=now, subject_id=vote.id)
        return replace(given, outcome=VoteOutcome.NOT_ON_ROLL)
    new = new_slip(vault_of(session), vote.id, voice, choice) if vote.secret else None
    mark = MarkRow(
        vote_id=vote.id,
        voice=voice,
        person_id=actor.id,
        choice=None if new else choice,
        slip=new.digest if new else None,
    )
    first = await _put_down(session, mark)
    taken = None if first else await _take_out(session, vote, mark, slip)
    if vote.secret and not first and taken is None:
        return replace(given, outcome=VoteOutcome.ALREADY_VOTED)
    if vote.secret:
        _drop_in(session, vote, choice, taken)
    await _tell(session, vote, mark, now, first=first)
    return replace(
        given,
        outcome=VoteOutcome.CAST if first else VoteOutcome.CHANGED,
        choice=None if new else choice,
        slip=new.text if new else "",
    )


def closed(vote: VoteRow, now: datetime) -> VoteOutcome | None:
    """Tell why nobody can vote at `now`; None while they can."""
    if vote.state != State.OPEN:
        return CLOSED[State(vote.state)]
    return VoteOutcome.TOO_LATE if now >= vote.ends_at else None


async def _hold(
    session: Session, actor: Person, vote_id: int
) -> tuple[VoteRow | None, str | None, Given]:
    """Give a vote as it is now and hold it; with somebody's voice, and what their ballot says."""
    await session.flush()
    found = await session.execute(_holding, {"vote": vote_id, "person": actor.id})
    row = found.one_or_none()
    if row is None:
        return None, None, Given(VoteOutcome.MISSING, vote_id)
    vote, number, title, voice = row
    given = Given(
        VoteOutcome.MISSING,
        vote_id,
        proposal_id=vote.proposal_id,
        number=number,
        title=title,
        secret=vote.secret,
        household=vote.electorate == Electorate.HOUSEHOLDS,
        ends_at=vote.ends_at,
    )
    # while this waited for the lock the vote may have opened: the roll is of before that
    return vote, voice or await voice_of(session, actor.id, vote_id), given


async def _put_down(session: Session, mark: MarkRow) -> bool:
    """Put down that a voice has been given; False, and nothing done, where it had been."""
    columns = inspect(MarkRow).columns.keys()
    return await insert_once(session, MarkRow, {name: getattr(mark, name) for name in columns})


async def _take_out(session: Session, vote: VoteRow, mark: MarkRow, slip: str) -> Choice | None:
    """Put another mark in the place of a voice's, and give the marble that its slip tells of.

    None for an open vote. None too, and nothing done, where a vote is secret and the slip that was
    handed back is not the newest.
    """
    old = await session.get_one(MarkRow, (vote.id, mark.voice), populate_existing=True)
    said = open_slip(vault_of(session), vote.id, mark.voice, slip) if vote.secret else None
    if vote.secret and (said is None or old.slip != digest_of(slip)):
        return None
    old.person_id, old.choice, old.slip = mark.person_id, mark.choice, mark.slip
    return said


def _drop_in(session: Session, vote: VoteRow, choice: Choice, taken: Choice | None) -> None:
    """Drop a marble into the urn, after taking out the one before, if any.

    The urn is sealed anew and never the same: it is written in every case alike, also where
    somebody says once more what they had said.
    """
    vault = vault_of(session)
    urn = open_urn(vault, vote.id, vote.urn)
    urn = urn if taken is None else urn.take(taken)
    vote.urn = seal_urn(vault, vote.id, urn.put(choice))


async def _tell(
    session: Session, vote: VoteRow, mark: MarkRow, now: datetime, *, first: bool
) -> None:
    """Count a voice, have open cards show so before long, and those of its household at once."""
    vote.voted += first
    if first and not is_counting(vote, now):
        vote.count_after = next_count(now, vote.count_after)
        await set_count(session, vote, shown=vote.voted - 1)
    await session.flush()
    if vote.electorate == Electorate.HOUSEHOLDS:
        await _show_the_others(session, vote, mark, now)


async def _show_the_others(session: Session, vote: VoteRow, mark: MarkRow, now: datetime) -> None:
    """Change the cards of all others who give the same voice: it has been given."""
    others = await session.scalars(
        select(RollRow.person_id).where(
            RollRow.vote_id == vote.id,
            RollRow.voice == mark.voice,
            RollRow.person_id != mark.person_id,
        )
    )
    for person_id in others.all():
        await refresh(session, kinds=CARDS, subject_ids=[vote.id], now=now, recipient_id=person_id)

"""Voting: one voice, given and changed until the end.

An open vote is written beside the voice. Of a secret one nothing is written beside the voice but
that it was given: what it says goes into the urn, which is sealed and written as a whole, and a
slip with it into the voter's chat. Only whoever hands that slip back can take the marble out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import bindparam, select, update

from models.audit.actions import deny
from models.base import Base
from models.database import Session, insert_once, vault_of
from models.outbox.refreshing import refresh
from models.outbox.rules import next_count
from models.people.views import Person
from models.proposals.tables import ProposalRow
from models.votes.actions.notify import is_counting, set_count
from models.votes.actions.opening import SUBJECT
from models.votes.actions.roll import find_household, is_doorless
from models.votes.actions.sealing import digest_of, new_slip, open_slip, open_urn, seal_urn
from models.votes.queries.detail import voice_of
from models.votes.rules.notices import CARDS, Electorate, State, VoteChoice
from models.votes.rules.outcomes import VoteOutcome
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import VotingOutcome

CLOSED = {
    State.PLANNED: VoteOutcome.NOT_YET,
    State.COUNTED: VoteOutcome.TOO_LATE,
    State.OFF: VoteOutcome.CALLED_OFF,
}


@dataclass(frozen=True)
class LockedVote:
    """A vote as it is now, held until the transaction ends, with what its ballot says.

    Columns and no row of the session's: everybody votes by it, and whoever reads the vote in the
    same transaction reads it afterwards.
    """

    id: int
    proposal_id: int
    state: str
    electorate: str
    secret: bool
    ends_at: datetime
    voted: int
    urn: str
    count_after: datetime | None
    number: int
    title: str
    voice: str | None
    """Of whoever asked; None for who was not on the roll before the vote was held."""


_votes, _proposals, _roll = (
    Base.metadata.tables[table.__tablename__] for table in (VoteRow, ProposalRow, RollRow)
)
_holding = (
    select(
        *(_votes.c[field.name] for field in fields(LockedVote)[:9]),
        _proposals.c.number,
        _proposals.c.title,
        _roll.c.voice,
    )
    .join(_proposals, _proposals.c.id == _votes.c.proposal_id)
    .outerjoin(_roll, (_roll.c.vote_id == _votes.c.id) & (_roll.c.person_id == bindparam("person")))
    .where(_votes.c.id == bindparam("vote"))
    .with_for_update(of=_votes)
)
_writing = (
    update(_votes)
    .where(_votes.c.id == bindparam("vote"))
    .values(voted=bindparam("voted"), urn=bindparam("urn"), count_after=bindparam("count_after"))
)
"""What each voice executes, put together once and below the ORM."""


class Mark(TypedDict):
    """What is put down of a voice that has been given."""

    vote_id: int
    voice: str
    person_id: int
    choice: VoteChoice | None
    slip: str | None


async def give_vote(
    session: Session,
    actor: Person,
    vote_id: int,
    choice: VoteChoice,
    *,
    now: datetime,
    slip: str = "",
) -> VotingOutcome:
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
    if is_doorless(voice):
        voice = await find_household(session, vote.id, actor.id)
    if voice is None:
        return replace(given, outcome=VoteOutcome.NO_DOOR)
    new = new_slip(vault_of(session), vote.id, voice, choice) if vote.secret else None
    mark = Mark(
        vote_id=vote.id,
        voice=voice,
        person_id=actor.id,
        choice=None if new else choice,
        slip=new.digest if new else None,
    )
    first = await insert_once(session, MarkRow, {**mark})
    taken = None if first else await _take_out(session, vote, mark, slip)
    if vote.secret and not first and taken is None:
        return replace(given, outcome=VoteOutcome.ALREADY_VOTED)
    urn = _with_marble(session, vote, choice, taken) if vote.secret else vote.urn
    await _count(session, vote, urn, now, first=first)
    if vote.electorate == Electorate.HOUSEHOLDS:
        await _show_the_others(session, vote, mark, now)
    return replace(
        given,
        outcome=VoteOutcome.CAST if first else VoteOutcome.CHANGED,
        choice=None if new else choice,
        slip=new.text if new else "",
    )


def closed(vote: LockedVote, now: datetime) -> VoteOutcome | None:
    """Return why nobody can vote at `now`; None while they can."""
    if vote.state != State.OPEN:
        return CLOSED[State(vote.state)]
    return VoteOutcome.TOO_LATE if now >= vote.ends_at else None


async def _hold(
    session: Session, actor: Person, vote_id: int
) -> tuple[LockedVote | None, str | None, VotingOutcome]:
    """Return a vote as it is now and hold it; with somebody's voice, and what their ballot says."""
    await session.flush()
    found = await session.execute(_holding, {"vote": vote_id, "person": actor.id})
    row: Sequence[Any] | None = found.one_or_none()
    if row is None:
        return None, None, VotingOutcome(VoteOutcome.MISSING, vote_id)
    vote = LockedVote(*row)
    given = VotingOutcome(
        VoteOutcome.MISSING,
        vote_id,
        proposal_id=vote.proposal_id,
        number=vote.number,
        title=vote.title,
        secret=vote.secret,
        household=vote.electorate == Electorate.HOUSEHOLDS,
        ends_at=vote.ends_at,
    )
    # while this waited for the lock the vote may have opened: the roll is of before that
    return vote, vote.voice or await voice_of(session, actor.id, vote_id), given


async def _take_out(session: Session, vote: LockedVote, mark: Mark, slip: str) -> VoteChoice | None:
    """Put another mark in the place of a voice's, and give the marble that its slip tells of.

    None for an open vote. None too, and nothing done, where a vote is secret and the slip that was
    handed back is not the newest.
    """
    old = await session.get_one(MarkRow, (vote.id, mark["voice"]), populate_existing=True)
    said = open_slip(vault_of(session), vote.id, mark["voice"], slip) if vote.secret else None
    if vote.secret and (said is None or old.slip != digest_of(slip)):
        return None
    old.person_id, old.choice, old.slip = mark["person_id"], mark["choice"], mark["slip"]
    await session.flush()
    return said


def _with_marble(
    session: Session, vote: LockedVote, choice: VoteChoice, taken: VoteChoice | None
) -> str:
    """Seal the urn with a marble more, after taking out the one before, if any.

    The urn is sealed anew and never the same: it is written in every case alike, also where
    somebody says once more what they had said.
    """
    vault = vault_of(session)
    urn = open_urn(vault, vote.id, vote.urn)
    urn = urn if taken is None else urn.take(taken)
    return seal_urn(vault, vote.id, urn.put(choice))


async def _count(
    session: Session, vote: LockedVote, urn: str, now: datetime, *, first: bool
) -> None:
    """Write the urn, count a voice, and have open cards show so before long."""
    after, counts = vote.count_after, first and not is_counting(vote.count_after, now)
    if counts:
        after = next_count(now, vote.count_after)
        await set_count(session, vote.id, after, shown=vote.voted)
    written = {"voted": vote.voted + first, "urn": urn, "count_after": after}
    await session.execute(_writing, {"vote": vote.id, **written})


async def _show_the_others(session: Session, vote: LockedVote, mark: Mark, now: datetime) -> None:
    """Change the cards of all others who give the same voice: it has been given."""
    others = await session.scalars(
        select(RollRow.person_id).where(
            RollRow.vote_id == vote.id,
            RollRow.voice == mark["voice"],
            RollRow.person_id != mark["person_id"],
        )
    )
    for person_id in others.all():
        await refresh(session, kinds=CARDS, subject_ids=[vote.id], now=now, recipient_id=person_id)

"""Short ways to put a proposal to the vote and to vote on it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.database import transaction
from models.people.actions.personal import set_personal
from models.people.rules import Field
from models.proposals.rules.states import State as ProposalState
from models.reminders.views import Due
from models.votes.actions.opening import cancel_vote, put_to_vote
from models.votes.actions.voting import give_vote
from models.votes.rules.notices import Electorate, Majority, VoteChoice
from models.votes.rules.outcomes import OffOutcome, PlanOutcome, VoteOutcome
from models.votes.rules.terms import VoteTerms
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import Put, VotingOutcome
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square

WEEK = timedelta(days=7)
RESIDENTS = ("wang", "zhao", "zhou", "li", "chen", "wu", "he", "qian")
"""Who lives in 'gui'."""


def terms(now: datetime, **changed: Any) -> VoteTerms:
    """Make the terms of an open vote of residents for a week, at a quorum of a half."""
    given: dict[str, Any] = {
        "electorate": Electorate.RESIDENTS,
        "secret": False,
        "quorum": 50,
        "majority": Majority.SIMPLE,
        "ends_at": now + WEEK,
    }
    return VoteTerms(**(given | changed))


async def put(square: Square, proposal_id: int, by: str = "zhou", **changed: Any) -> Put:
    """Let a secretary put a proposal to the vote."""
    return await square.act(by, put_to_vote, proposal_id, terms(square.now, **changed))


async def opened(square: Square, **changed: Any) -> int:
    """Put a proposal to the vote, backed by li and chen; give the vote."""
    proposal_id = await square.put(state=ProposalState.DELIBERATION, backers=["li", "chen"])
    done = await put(square, proposal_id, **changed)
    assert done.outcome in {PlanOutcome.OPENED, PlanOutcome.PLANNED}
    assert done.vote_id is not None
    return done.vote_id


async def vote(
    square: Square, name: str, vote_id: int, choice: VoteChoice, slip: str = ""
) -> VotingOutcome:
    """Let somebody vote."""
    return await square.act(name, give_vote, vote_id, choice, slip=slip)


async def all_vote(square: Square, vote_id: int, **said: VoteChoice) -> dict[str, VotingOutcome]:
    """Let people vote one after the other, by name."""
    given = {name: await vote(square, name, vote_id, choice) for name, choice in said.items()}
    assert {one.outcome for one in given.values()} <= {VoteOutcome.CAST}
    return given


async def off(square: Square, name: str, vote_id: int) -> OffOutcome:
    """Let somebody call a vote off."""
    return await square.act(name, cancel_vote, vote_id)


async def row(square: Square, vote_id: int) -> VoteRow:
    """Read a vote in a session of its own."""
    async with transaction(square.sessions) as session:
        return await session.get_one(VoteRow, vote_id)


async def roll(square: Square, vote_id: int) -> dict[str, str]:
    """Read whose voice everybody on the roll gives, by name."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        found = await session.scalars(select(RollRow).where(RollRow.vote_id == vote_id))
        return {names[one.person_id]: one.voice for one in found}


async def marks(square: Square, vote_id: int) -> dict[str, str | None]:
    """Read what voices say, by who gave them."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        found = await session.scalars(select(MarkRow).where(MarkRow.vote_id == vote_id))
        return {names[one.person_id]: one.choice for one in found}


async def door(square: Square, **doors: str) -> None:
    """Let people give their doors."""
    for name, text in doors.items():
        async with transaction(square.sessions) as session:
            actor = await square.actor(session, name)
            await set_personal(session, actor, actor.id, Field.DOOR, text, now=square.now)


async def tick(square: Square, **span: float) -> None:
    """Let time pass, and the clock do what falls due."""
    square.later(**span)
    await sweep(square.sessions, EFFECTS, square.now)


async def fire(square: Square, kind: str, vote_id: int, *, late: bool = False) -> None:
    """Let a reminder fire, whatever the clock says."""
    async with transaction(square.sessions) as session:
        due = Due(0, kind, vote_id, square.now, late)
        await EFFECTS[kind](session, due, square.now)

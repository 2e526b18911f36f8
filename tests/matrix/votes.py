"""Votes for the matrix: secret and open ones, counted, called off, planned."""

from datetime import datetime, timedelta

from models.database import Session
from models.people.actions.personal import set_personal
from models.people.rules import Field
from models.people.views import Person
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from models.reminders.views import Due
from models.votes.actions.counting import end_due
from models.votes.actions.opening import cancel_vote, put_to_vote
from models.votes.actions.voting import give_vote
from models.votes.rules.notices import Electorate, Majority, Reminder, VoteChoice
from models.votes.rules.outcomes import PlanOutcome
from models.votes.rules.terms import VoteTerms

LASTS = timedelta(days=7)
SECRET = {1: True, 2: False, 3: False, 4: True, 5: True}
"""Whether each vote is secret, by id: 3 is counted, 4 called off, 5 planned."""


async def vote(
    session: Session, owner: Person, resident: Person, secretary: Person, now: datetime
) -> None:
    """Leave five votes behind, put up by the secretary on what the owner proposed."""
    await set_personal(session, secretary, secretary.id, Field.DOOR, "1-101", now=now)
    for number, secret in SECRET.items():
        await _put(session, owner, secretary, number, secret=secret, now=now)
    for number in (2, 3):
        await give_vote(session, resident, number, VoteChoice.NO, now=now)
    await give_vote(session, secretary, 1, VoteChoice.YES, now=now)
    await cancel_vote(session, secretary, 4, now=now)
    end = now + LASTS
    await end_due(session, Due(0, Reminder.END, 3, end, late=False), end)


async def _put(
    session: Session,
    owner: Person,
    secretary: Person,
    number: int,
    *,
    secret: bool,
    now: datetime,
) -> None:
    proposal = ProposalRow(
        community_id=await _community(session, owner),
        number=900 + number,
        token=f"matrix-vote-{number}",
        author_id=owner.id,
        anonymous=False,
        seal=False,
        place_id=await _community(session, owner),
        topic=ProposalTopic.OTHER,
        title="<电梯> & *",
        problem="<b>",
        wish="",
        state=State.DELIBERATION,
        submitted_at=now,
        changed_at=now,
        receive_by=now,
        received_at=now,
    )
    session.add(proposal)
    await session.flush()
    starts = now + timedelta(days=1) if number == 5 else None
    terms = VoteTerms(
        electorate=Electorate.HOUSEHOLDS if number == 1 else Electorate.RESIDENTS,
        secret=secret,
        quorum=0,
        majority=Majority.SIMPLE,
        ends_at=now + LASTS,
        opens_at=starts,
    )
    put = await put_to_vote(session, secretary, proposal.id, terms, now=now)
    assert put.outcome is (PlanOutcome.PLANNED if starts else PlanOutcome.OPENED)
    assert put.vote_id == number


async def _community(session: Session, owner: Person) -> int:
    """Give the community in which somebody lives."""
    assert owner.place_path is not None
    return int(owner.place_path.strip("/").split("/")[3])

"""Putting a proposal to the vote, the roll, calling it off."""

import asyncio
from datetime import timedelta

import pytest

from models.leaving.actions import leave
from models.people.rules import Leaving, Role
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.states import State as ProposalState
from models.votes.rules.notices import Electorate, Notice, Reminder, State, VoteChoice
from models.votes.rules.outcomes import OffOutcome, PlanOutcome, VoteOutcome
from tests.proposals.square import Square
from tests.votes.hall import (
    RESIDENTS,
    WEEK,
    door,
    fire,
    marks,
    off,
    opened,
    put,
    roll,
    row,
    tick,
    vote,
)


async def test_a_vote_opens_with_its_roll_and_its_clock(square: Square) -> None:
    vote_id = await opened(square)
    found = await row(square, vote_id)
    assert (found.state, found.eligible, found.voted) == (State.OPEN, 8, 0)
    assert set(await roll(square, vote_id)) == set(RESIDENTS)
    assert (await square.proposal(found.proposal_id)).state == ProposalState.VOTE
    assert await square.timeline(found.proposal_id) == [ProposalEvent.VOTE]
    assert sorted(await square.told(Notice.BALLOT)) == sorted(RESIDENTS)
    assert await square.pending(Reminder.END) == [square.now + WEEK]
    assert await square.pending(Reminder.REMIND) == [square.now + WEEK - timedelta(days=1)]


async def test_a_planned_vote_opens_by_the_clock_with_the_roll_of_that_moment(
    square: Square,
) -> None:
    vote_id = await opened(
        square, opens_at=square.now + timedelta(days=1), ends_at=square.now + WEEK
    )
    assert (await row(square, vote_id)).state == State.PLANNED
    assert not await square.told(Notice.BALLOT)
    assert (await vote(square, "li", vote_id, VoteChoice.YES)).outcome is VoteOutcome.NOT_YET
    await square.add("new", "b1")
    await tick(square, days=1)
    found = await row(square, vote_id)
    assert (found.state, found.eligible) == (State.OPEN, 9)
    assert "new" in await square.told(Notice.BALLOT)


async def test_who_comes_after_the_opening_is_not_on_the_roll(square: Square) -> None:
    vote_id = await opened(square)
    await square.add("late", "b1")
    for name in ("late", "lan"):
        assert (
            await vote(square, name, vote_id, VoteChoice.YES)
        ).outcome is VoteOutcome.NOT_ON_ROLL
    assert (await row(square, vote_id)).voted == 0


async def test_a_vote_that_opens_late_lasts_as_long_as_it_was_to(square: Square) -> None:
    start = square.now + timedelta(days=1)
    vote_id = await opened(square, opens_at=start, ends_at=start + timedelta(days=3))
    await tick(square, days=10)
    found = await row(square, vote_id)
    assert (found.state, found.opens_at) == (State.OPEN, square.now)
    assert found.ends_at == square.now + timedelta(days=3)


async def test_party_members_of_the_branch_vote_wherever_they_live(square: Square) -> None:
    await square.grant("lan", Role.PARTY_MEMBER, "g1")
    await square.add("other", "b1")
    await square.grant("other", Role.PARTY_MEMBER, "lan")
    vote_id = await opened(square, electorate=Electorate.MEMBERS)
    assert set(await roll(square, vote_id)) == {"he", "lan"}


async def test_residents_are_of_the_place_that_the_proposal_concerns(square: Square) -> None:
    proposal_id = await square.put(
        state=ProposalState.DELIBERATION, place_id=square.places["b1"].id
    )
    done = await put(square, proposal_id)
    assert done.vote_id is not None
    assert set(await roll(square, done.vote_id)) == {"wang", "li"}


async def test_one_household_has_one_voice(square: Square) -> None:
    await door(square, wang="2单元301室", li="Unit 2, 301", zhao="2-301", chen="5-502")
    vote_id = await opened(square, electorate=Electorate.HOUSEHOLDS)
    voices = await roll(square, vote_id)
    assert voices["wang"] == voices["li"] != voices["zhao"]  # another building
    assert voices["wang"].startswith("h:")
    assert voices["wu"] == f"d:{square.people['wu']}"  # no door: nobody's voice yet
    assert (await row(square, vote_id)).eligible == 3
    assert "301" not in str(voices)
    again = await opened(square, electorate=Electorate.HOUSEHOLDS)
    assert (await roll(square, again))["wang"] != voices["wang"], "a name holds in one vote alone"


async def test_where_nobody_can_vote_no_vote_is_opened(square: Square) -> None:
    proposal_id = await square.put(
        state=ProposalState.DELIBERATION, place_id=square.places["g2"].id
    )
    for name in ("wu", "he"):
        await square.act(name, leave)
    left_over = await put(square, proposal_id)
    assert left_over.outcome is PlanOutcome.OPENED  # qian is left
    other = await square.put(state=ProposalState.DELIBERATION)
    done = await put(square, other, electorate=Electorate.MEMBERS)
    assert done.outcome is PlanOutcome.NOBODY
    assert (await square.proposal(other)).state == ProposalState.DELIBERATION


async def test_a_planned_vote_for_which_nobody_is_left_is_called_off(square: Square) -> None:
    start = square.now + timedelta(days=1)
    vote_id = await opened(square, electorate=Electorate.MEMBERS, opens_at=start)
    assert await square.act("he", leave) is Leaving.LEFT
    await tick(square, days=1)
    found = await row(square, vote_id)
    assert found.state == State.OFF
    assert (await square.proposal(found.proposal_id)).state == ProposalState.DELIBERATION
    assert await square.told(Notice.OFF) == ["zhou"]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("zhao", PlanOutcome.NOT_ALLOWED),
        ("li", PlanOutcome.NOT_ALLOWED),
        ("wang", PlanOutcome.NOT_ALLOWED),
        ("lan", PlanOutcome.NOT_ALLOWED),
    ],
)
async def test_who_is_no_secretary_opens_none(
    square: Square, name: str, outcome: PlanOutcome
) -> None:
    proposal_id = await square.put(state=ProposalState.DELIBERATION)
    assert (await put(square, proposal_id, name)).outcome is outcome


async def test_nobody_puts_their_own_proposal_to_the_vote(square: Square) -> None:
    proposal_id = await square.put("zhou", state=ProposalState.DELIBERATION)
    assert (await put(square, proposal_id)).outcome is PlanOutcome.OWN
    assert (await put(square, proposal_id, "qian")).outcome is PlanOutcome.OPENED


async def test_only_what_is_deliberated_is_put_to_the_vote(square: Square) -> None:
    proposal_id = await square.put(state=ProposalState.SECONDING)
    assert (await put(square, proposal_id)).outcome is PlanOutcome.WRONG_TIME
    assert (await put(square, 999_999)).outcome is PlanOutcome.MISSING


async def test_two_secretaries_at_once_open_one_vote(square: Square) -> None:
    proposal_id = await square.put(state=ProposalState.DELIBERATION)
    done = await asyncio.gather(
        put(square, proposal_id, "zhou"), put(square, proposal_id, "qian", secret=True)
    )
    assert sorted(one.outcome for one in done) == [PlanOutcome.ALREADY, PlanOutcome.OPENED]
    assert len({one.vote_id for one in done}) == 1
    assert len(await square.told(Notice.BALLOT)) == 8


async def test_a_vote_is_called_off_and_everybody_is_told(square: Square) -> None:
    vote_id = await opened(square)
    await vote(square, "li", vote_id, VoteChoice.YES)
    assert await off(square, "zhao", vote_id) is OffOutcome.NOT_ALLOWED
    assert await off(square, "zhou", vote_id) is OffOutcome.OFF
    assert await off(square, "qian", vote_id) is OffOutcome.ALREADY
    assert await off(square, "zhou", 999_999) is OffOutcome.MISSING
    found = await row(square, vote_id)
    assert (await square.proposal(found.proposal_id)).state == ProposalState.DELIBERATION
    assert await square.timeline(found.proposal_id) == [ProposalEvent.VOTE, ProposalEvent.VOTE_OFF]
    assert sorted(await square.told(Notice.OFF)) == sorted(set(RESIDENTS) - {"zhou"})
    assert (await vote(square, "wu", vote_id, VoteChoice.NO)).outcome is VoteOutcome.CALLED_OFF
    assert await square.pending(Reminder.END) == []
    again = await put(square, found.proposal_id, "qian")
    assert again.outcome is PlanOutcome.OPENED


async def test_a_secret_vote_that_is_called_off_leaves_no_urn(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    await vote(square, "li", vote_id, VoteChoice.YES)
    await off(square, "zhou", vote_id)
    assert (await row(square, vote_id)).urn == "0,0,0"


async def test_opening_twice_by_the_clock_opens_once(square: Square) -> None:
    vote_id = await opened(square, opens_at=square.now + timedelta(days=1))
    await tick(square, days=1)
    await fire(square, Reminder.OPEN, vote_id, late=True)
    assert (await row(square, vote_id)).eligible == 8
    assert len(await square.told(Notice.BALLOT)) == 8


async def test_who_leaves_stays_on_the_roll_and_their_vote_counts(square: Square) -> None:
    vote_id = await opened(square)
    await vote(square, "li", vote_id, VoteChoice.YES)
    assert await square.act("li", leave) is Leaving.LEFT
    assert (await row(square, vote_id)).eligible == 8
    assert await marks(square, vote_id) == {"li": VoteChoice.YES}


async def test_a_secret_ballot_of_two_is_refused_and_an_open_one_is_not(square: Square) -> None:
    proposal_id = await square.put(state=ProposalState.DELIBERATION)
    await square.grant("lan", Role.PARTY_MEMBER, "g1")
    branch = {"electorate": Electorate.MEMBERS}
    refused = await put(square, proposal_id, secret=True, **branch)
    assert (refused.outcome, refused.vote_id) == (PlanOutcome.TOO_FEW, None)
    assert (await square.proposal(proposal_id)).state == ProposalState.DELIBERATION
    assert (await put(square, proposal_id, **branch)).outcome is PlanOutcome.OPENED
    other = await square.put(state=ProposalState.DELIBERATION)
    await square.grant("wu", Role.PARTY_MEMBER, "gui")
    assert (await put(square, other, secret=True, **branch)).outcome is PlanOutcome.OPENED


async def test_two_doors_are_too_few_households_for_a_secret(square: Square) -> None:
    here = {"place_id": square.places["b1"].id, "state": ProposalState.DELIBERATION}
    households = {"electorate": Electorate.HOUSEHOLDS, "secret": True}
    for name in ("new", "next", "last"):
        await square.add(name, "b1")
    await door(square, wang="101", li="101", new="102", next="102", last="102室")
    proposal_id = await square.put(**here)
    assert (await put(square, proposal_id, **households)).outcome is PlanOutcome.TOO_FEW
    await door(square, last="103")
    done = await put(square, proposal_id, **households)
    assert (done.outcome, (await row(square, done.vote_id or 0)).eligible) == (
        PlanOutcome.OPENED,
        3,
    )


async def test_a_planned_secret_vote_with_too_few_left_is_called_off(square: Square) -> None:
    for name in ("lan", "wu"):
        await square.grant(name, Role.PARTY_MEMBER, "gui")
    start = square.now + timedelta(days=1)
    vote_id = await opened(square, electorate=Electorate.MEMBERS, secret=True, opens_at=start)
    await square.act("lan", leave)
    await tick(square, days=1)
    assert (await row(square, vote_id)).state == State.OFF
    assert await square.told(Notice.OFF) == ["zhou"]
    proposal = await square.proposal((await row(square, vote_id)).proposal_id)
    assert proposal.state == ProposalState.DELIBERATION

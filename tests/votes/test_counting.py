"""The end of a vote: what it comes to, what follows, who is told; and counting once more."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.database import transaction
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.states import State as ProposalState
from models.proposals.tables import ProposalLineRow
from models.reminders.tables import ReminderRow
from models.votes.actions.counting import recount
from models.votes.queries.detail import vote_view
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import Majority, Notice, Reminder, Result, State, VoteChoice
from models.votes.rules.outcomes import OffOutcome, VoteOutcome
from models.votes.tables import MarkRow, RollRow, VoteRow
from models.votes.views import Recount, VoteView
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep
from tests.proposals.square import Square
from tests.votes.hall import RESIDENTS, all_vote, fire, off, opened, row, tick, vote

YES, NO, ABSTAIN = VoteChoice
FOUR = {"li": YES, "wu": YES, "he": NO, "chen": ABSTAIN}


async def seen(square: Square, name: str, vote_id: int) -> VoteView:
    view = await square.act(name, vote_view, vote_id)
    assert isinstance(view, VoteView)
    return view


async def counted_again(square: Square, vote_id: int) -> Recount:
    async with transaction(square.sessions) as session:
        found = await recount(session, vote_id)
        assert found is not None
        return found


@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.parametrize(
    ("said", "changed", "result", "state"),
    [
        (FOUR, {}, Result.PASSED, ProposalState.ADOPTED),
        (FOUR, {"majority": Majority.TWO_THIRDS}, Result.PASSED, ProposalState.ADOPTED),
        ({**FOUR, "wu": NO}, {}, Result.FAILED, ProposalState.DECLINED),
        (FOUR, {"quorum": 51}, Result.NO_QUORUM, ProposalState.DELIBERATION),
        ({}, {"quorum": 0}, Result.NO_QUORUM, ProposalState.DELIBERATION),
    ],
)
async def test_what_a_vote_comes_to_moves_its_proposal(
    square: Square,
    secret: bool,
    said: dict[str, VoteChoice],
    changed: dict[str, object],
    result: Result,
    state: ProposalState,
) -> None:
    vote_id = await opened(square, secret=secret, **changed)
    await all_vote(square, vote_id, **said)
    await tick(square, days=7)
    found = await row(square, vote_id)
    proposal = await square.proposal(found.proposal_id)
    assert (found.state, found.result, proposal.state) == (State.COUNTED, result, state)
    assert (proposal.decided_at is None) == (result is Result.NO_QUORUM)
    assert proposal.reasons is None
    view = await seen(square, "li", vote_id)
    counts = list(said.values())
    assert view.tally == VoteTally(counts.count(YES), counts.count(NO), counts.count(ABSTAIN))
    again = await counted_again(square, vote_id)
    assert (again.wrong, again.tally, again.result) == ((), view.tally, result)


async def test_the_result_is_told_once_to_the_roll_and_all_whom_it_concerns(
    square: Square,
) -> None:
    vote_id = await opened(square)
    await all_vote(square, vote_id, **FOUR)
    await tick(square, days=7)
    await fire(square, Reminder.END, vote_id)
    assert sorted(await square.told(Notice.RESULT)) == sorted(RESIDENTS)
    assert await square.timeline((await row(square, vote_id)).proposal_id) == [
        ProposalEvent.VOTE,
        ProposalEvent.COUNTED,
    ]


async def test_author_backers_and_secretary_hear_of_a_vote_that_was_not_theirs(
    square: Square,
) -> None:
    vote_id = await opened(square, electorate="members")
    await all_vote(square, vote_id, he=YES)
    await tick(square, days=7)
    told = sorted(await square.told(Notice.RESULT))
    assert told == ["chen", "he", "li", "qian", "wang", "zhou"]


async def test_before_the_end_nobody_sees_any_counts(square: Square) -> None:
    for secret in (False, True):
        vote_id = await opened(square, secret=secret)
        await all_vote(square, vote_id, **FOUR)
        for name in ("li", "zhou", "zhao", "wang"):
            view = await seen(square, name, vote_id)
            assert (view.voted, view.eligible, view.tally, view.names) == (4, 8, None, False)
        again = await counted_again(square, vote_id)
        assert (again.tally, again.result, again.wrong) == (None, None, ())


async def test_the_counts_are_on_the_timeline(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    await all_vote(square, vote_id, **FOUR)
    await tick(square, days=7)
    async with transaction(square.sessions) as session:
        line = await session.get_one(ProposalLineRow, 2)
        assert line.detail == {
            "vote": vote_id,
            "result": "passed",
            "yes": 2,
            "no": 1,
            "abstain": 1,
            "eligible": 8,
        }


@pytest.mark.parametrize("secret", [False, True])
async def test_a_vote_at_the_closing_instant_counts_or_is_told_that_it_came_too_late(
    square: Square, secret: bool
) -> None:
    for lateness in (timedelta(microseconds=-1), timedelta()):
        vote_id = await opened(square, secret=secret, quorum=0)
        ends_at = (await row(square, vote_id)).ends_at
        voters = ["li", "wu", "he", "chen"]
        start = square.now
        square.now = ends_at + lateness

        async def counting() -> None:
            await sweep(square.sessions, EFFECTS, ends_at)  # noqa: B023 - used within the round

        done = await asyncio.gather(
            *(vote(square, name, vote_id, YES) for name in voters), counting()
        )
        outcomes = [one.outcome for one in done if one is not None]
        assert set(outcomes) <= {VoteOutcome.CAST, VoteOutcome.TOO_LATE}
        if not lateness:
            assert set(outcomes) == {VoteOutcome.TOO_LATE}
        found, again = await row(square, vote_id), await counted_again(square, vote_id)
        assert found.state == State.COUNTED
        assert again.wrong == ()
        assert again.published == VoteTally(yes=outcomes.count(VoteOutcome.CAST))
        square.now = start


async def test_counting_and_calling_off_at_once_end_it_once(square: Square) -> None:
    vote_id = await opened(square, quorum=0)
    await all_vote(square, vote_id, li=YES)
    square.later(days=7)
    done = await asyncio.gather(
        off(square, "zhou", vote_id), sweep(square.sessions, EFFECTS, square.now)
    )
    found = await row(square, vote_id)
    proposal = await square.proposal(found.proposal_id)
    assert (done[0], found.state, proposal.state) in {
        (OffOutcome.OFF, State.OFF, ProposalState.DELIBERATION),
        (OffOutcome.TOO_LATE, State.COUNTED, ProposalState.ADOPTED),
    }
    assert len(await square.timeline(found.proposal_id)) == 2


async def test_the_clock_does_not_end_a_vote_before_its_time(square: Square) -> None:
    vote_id = await opened(square)
    await fire(square, Reminder.END, vote_id)
    assert (await row(square, vote_id)).state == State.OPEN


async def test_after_an_outage_that_outlasts_it_a_vote_is_counted_and_nobody_reminded(
    square: Square,
) -> None:
    vote_id = await opened(square, quorum=0)
    await all_vote(square, vote_id, li=YES)
    await tick(square, days=30)
    assert (await row(square, vote_id)).result == Result.PASSED
    assert await square.told(Notice.REMIND) == []


async def test_an_urn_that_does_not_open_is_not_counted_and_says_so(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    await all_vote(square, vote_id, **FOUR)
    async with transaction(square.sessions) as session:
        await session.execute(update(VoteRow).values(urn="0,0,0"))
    await tick(square, days=7)
    assert (await row(square, vote_id)).state == State.OPEN
    async with transaction(square.sessions) as session:
        failed = await session.scalar(
            select(ReminderRow.reason).where(ReminderRow.kind == Reminder.END)
        )
        assert (failed or "").startswith("SealError")


@pytest.mark.parametrize(
    ("secret", "spoil", "said"),
    [
        (False, update(MarkRow).where(MarkRow.choice == YES).values(choice=NO), "counts"),
        (False, update(VoteRow).values(result="failed"), "result"),
        (True, update(VoteRow).values(urn="0,0,0"), "urn"),
        (True, update(VoteRow).values(voted=5), "voices given"),
        (False, update(RollRow).where(RollRow.person_id == 1).values(voice="p:2"), "roll"),
        (True, update(ProposalLineRow).where(ProposalLineRow.id == 2).values(detail={}), "nothing"),
    ],
)
async def test_a_recount_finds_what_does_not_agree(
    square: Square, secret: bool, spoil: object, said: str
) -> None:
    vote_id = await opened(square, secret=secret)
    await all_vote(square, vote_id, **FOUR)
    await tick(square, days=7)
    assert (await counted_again(square, vote_id)).wrong == ()
    async with transaction(square.sessions) as session:
        await session.execute(spoil)  # type: ignore[call-overload]  # an UPDATE of some table
    wrong = (await counted_again(square, vote_id)).wrong
    assert any(said in words for words in wrong), wrong

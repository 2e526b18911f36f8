"""Giving a voice and changing it, in open and in secret votes."""

import asyncio

import pytest
from sqlalchemy import select, update

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction, vault_of
from models.outbox.tables import OutboxRow
from models.proposals.rules.states import State as ProposalState
from models.reminders.tables import ReminderRow
from models.votes.actions.sealing import open_urn
from models.votes.queries.detail import who_voted
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import CARDS, Electorate, Notice, Reminder, VoteChoice
from models.votes.rules.outcomes import PlanOutcome, Refusal, VoteOutcome
from models.votes.views import VoterPage
from tests.proposals.square import Square
from tests.votes.hall import all_vote, door, fire, marks, off, opened, put, row, tick, vote

YES, NO, ABSTAIN = VoteChoice


async def urn(square: Square, vote_id: int) -> VoteTally:
    """Look into the urn."""
    found = await row(square, vote_id)
    async with transaction(square.sessions) as session:
        return open_urn(vault_of(session), vote_id, found.urn)


async def test_an_open_vote_is_written_down_and_changed_until_the_end(square: Square) -> None:
    vote_id = await opened(square)
    first = await vote(square, "li", vote_id, YES)
    assert (first.outcome, first.choice, first.slip) == (VoteOutcome.CAST, YES, "")
    again = await vote(square, "li", vote_id, NO)
    assert (again.outcome, again.choice) == (VoteOutcome.CHANGED, NO)
    assert await marks(square, vote_id) == {"li": NO}
    assert (await row(square, vote_id)).voted == 1


async def test_a_secret_vote_goes_into_the_urn_alone(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    given = await vote(square, "li", vote_id, YES)
    assert (given.outcome, given.choice) == (VoteOutcome.CAST, None)
    assert await marks(square, vote_id) == {"li": None}
    assert await urn(square, vote_id) == VoteTally(yes=1)
    assert (await row(square, vote_id)).urn != "1"


async def test_a_secret_vote_is_changed_by_its_newest_slip_alone(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    first = await vote(square, "li", vote_id, YES)
    second = await vote(square, "li", vote_id, NO, first.slip)
    assert second.outcome is VoteOutcome.CHANGED
    assert await urn(square, vote_id) == VoteTally(no=1)
    for slip in ("", first.slip, "x", second.slip[::-1], f"{second.slip}A"):
        refused = await vote(square, "li", vote_id, ABSTAIN, slip)
        assert (refused.outcome, refused.slip) == (VoteOutcome.ALREADY_VOTED, "")
    third = await vote(square, "li", vote_id, NO, second.slip)
    assert third.outcome is VoteOutcome.CHANGED
    assert await urn(square, vote_id) == VoteTally(no=1)
    assert (await row(square, vote_id)).voted == 1


async def test_nobody_can_use_the_slip_of_somebody_else_or_of_another_vote(
    square: Square,
) -> None:
    vote_id, other = await opened(square, secret=True), await opened(square, secret=True)
    lis, wus = await vote(square, "li", vote_id, YES), await vote(square, "wu", vote_id, NO)
    elsewhere = await vote(square, "li", other, NO)
    for name, slip in (("wu", lis.slip), ("li", wus.slip), ("li", elsewhere.slip)):
        refused = await vote(square, name, vote_id, ABSTAIN, slip)
        assert refused.outcome is VoteOutcome.ALREADY_VOTED
    assert await urn(square, vote_id) == VoteTally(yes=1, no=1)


async def test_the_slip_does_not_show_where_an_outcome_is_printed(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    given = await vote(square, "li", vote_id, YES)
    assert given.slip
    assert given.slip not in repr(given)


@pytest.mark.parametrize("secret", [False, True])
async def test_after_the_last_instant_it_is_too_late(square: Square, secret: bool) -> None:
    vote_id = await opened(square, secret=secret)
    square.later(days=7, seconds=-1)
    assert (await vote(square, "li", vote_id, YES)).outcome is VoteOutcome.CAST
    square.later(seconds=1)
    assert (await vote(square, "wu", vote_id, YES)).outcome is VoteOutcome.TOO_LATE
    await tick(square)
    assert (await vote(square, "wu", vote_id, YES)).outcome is VoteOutcome.TOO_LATE
    assert (await vote(square, "li", 999_999, YES)).outcome is VoteOutcome.MISSING


async def test_whoever_tries_without_a_vote_is_in_the_book_and_their_choice_is_not(
    square: Square,
) -> None:
    vote_id = await opened(square, secret=True)
    assert (await vote(square, "lan", vote_id, YES)).outcome is VoteOutcome.NOT_ON_ROLL
    async with transaction(square.sessions) as session:
        line = (
            await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.DENIED))
        ).one()
        assert (line.subject, line.subject_id, line.detail) == ("votes", vote_id, None)


@pytest.mark.parametrize("secret", [False, True])
async def test_tapping_five_times_at_once_votes_once(square: Square, secret: bool) -> None:
    vote_id = await opened(square, secret=secret)
    given = await asyncio.gather(*(vote(square, "li", vote_id, YES) for _ in range(5)))
    others = VoteOutcome.ALREADY_VOTED if secret else VoteOutcome.CHANGED
    assert sorted(one.outcome for one in given) == sorted([VoteOutcome.CAST] + [others] * 4)
    assert (await row(square, vote_id)).voted == 1


async def test_one_slip_used_twice_at_once_changes_once(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    slip = (await vote(square, "li", vote_id, YES)).slip
    given = await asyncio.gather(*(vote(square, "li", vote_id, one, slip) for one in (NO, ABSTAIN)))
    assert sorted(one.outcome for one in given) == [
        VoteOutcome.ALREADY_VOTED,
        VoteOutcome.CHANGED,
    ]
    assert (await urn(square, vote_id)).voted == 1


@pytest.mark.parametrize("secret", [False, True])
async def test_two_of_one_household_at_once_give_one_voice(square: Square, secret: bool) -> None:
    await door(square, wang="301", li="301室", chen="101", wu="102")
    vote_id = await opened(square, electorate=Electorate.HOUSEHOLDS, secret=secret)
    given = await asyncio.gather(
        vote(square, "wang", vote_id, YES), vote(square, "li", vote_id, NO)
    )
    others = VoteOutcome.ALREADY_VOTED if secret else VoteOutcome.CHANGED
    assert sorted(one.outcome for one in given) == sorted([VoteOutcome.CAST, others])
    assert (await row(square, vote_id)).voted == len(await marks(square, vote_id)) == 1
    assert given[0].household


async def test_many_at_once_all_count(square: Square) -> None:
    names = [f"v{number}" for number in range(30)]
    for name in names:
        await square.add(name, "b1")
    vote_id = await opened(square, secret=True)
    says = [list(VoteChoice)[number % 3] for number in range(30)]
    given = await asyncio.gather(
        *(vote(square, name, vote_id, choice) for name, choice in zip(names, says, strict=True))
    )
    assert {one.outcome for one in given} == {VoteOutcome.CAST}
    assert await urn(square, vote_id) == VoteTally(10, 10, 10)
    assert (await row(square, vote_id)).voted == 30


async def edits(square: Square) -> list[str]:
    """List whose card of a vote is to be changed in place, by name."""
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        found = await session.scalars(
            select(OutboxRow.recipient_id).where(
                OutboxRow.kind.in_(CARDS), OutboxRow.target_id.is_not(None)
            )
        )
        return sorted(names[person_id] for person_id in found if person_id is not None)


async def sent(square: Square) -> None:
    """Let everything that waits have been sent."""
    async with transaction(square.sessions) as session:
        for one in await session.scalars(select(OutboxRow).where(OutboxRow.state == "queued")):
            one.state, one.message_id, one.finished_at = "sent", one.id, square.now


async def test_votes_are_gathered_and_shown_to_who_has_not_voted(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    await sent(square)
    await all_vote(square, vote_id, li=YES, wu=NO, he=YES)
    assert await edits(square) == []
    assert len(await square.pending(Reminder.COUNT)) == 1
    await tick(square, seconds=30)
    assert await edits(square) == ["chen", "qian", "wang", "zhao", "zhou"]
    await tick(square, seconds=30)
    assert len(await edits(square)) == 5, "nobody has voted since"
    assert await square.pending(Reminder.COUNT) == []
    await sent(square)
    await all_vote(square, vote_id, wang=ABSTAIN)
    assert len(await square.pending(Reminder.COUNT)) == 1
    await tick(square, seconds=30)
    assert len(await edits(square)) == 9


async def test_a_count_that_broke_is_set_anew_by_a_later_vote(square: Square) -> None:
    vote_id = await opened(square, secret=True)
    await all_vote(square, vote_id, li=YES)
    async with transaction(square.sessions) as session:
        await session.execute(
            update(ReminderRow).where(ReminderRow.kind == Reminder.COUNT).values(state="failed")
        )
    square.later(minutes=5)
    await all_vote(square, vote_id, wu=YES)
    assert await square.pending(Reminder.COUNT) == []
    square.later(minutes=6)
    await all_vote(square, vote_id, he=YES)
    assert len(await square.pending(Reminder.COUNT)) == 1


async def test_a_turnout_that_is_due_after_the_end_changes_nothing(square: Square) -> None:
    vote_id = await opened(square)
    await sent(square)
    await off(square, "zhou", vote_id)
    before = await edits(square)
    await fire(square, Reminder.COUNT, vote_id)
    assert await edits(square) == before


async def test_who_voted_what_is_shown_after_the_end_to_roll_and_desk(square: Square) -> None:
    vote_id, secret = await opened(square), await opened(square, secret=True)
    await all_vote(square, vote_id, li=YES, wu=NO, he=YES, chen=ABSTAIN)
    assert await square.act("li", who_voted, vote_id, 0) is Refusal.NOT_YET
    await tick(square, days=7)
    page = await square.act("zhao", who_voted, vote_id, 0)
    assert isinstance(page, VoterPage)
    said = {line.who.name: line.choice for line in page.lines if line.who}
    assert said == {"li": YES, "wu": NO, "he": YES, "chen": ABSTAIN}
    assert await square.act("lan", who_voted, vote_id, 0) is Refusal.NOT_ALLOWED
    assert await square.act("zhou", who_voted, secret, 0) is Refusal.SECRET
    assert await square.act("li", who_voted, 999_999, 0) is Refusal.MISSING


async def test_a_long_list_of_names_has_pages(square: Square) -> None:
    names = [f"v{number:02}" for number in range(25)]
    for name in names:
        await square.add(name, "b1")
    vote_id = await opened(square)
    await all_vote(square, vote_id, **dict.fromkeys(names, YES))
    await tick(square, days=7)
    pages = [await square.act("li", who_voted, vote_id, number) for number in (0, 1, 2)]
    assert [(len(p.lines), p.more) for p in pages if isinstance(p, VoterPage)] == [
        (20, True),
        (5, False),
        (0, False),
    ]


async def test_the_reminder_goes_once_to_each_voice_that_was_not_given(square: Square) -> None:
    await door(square, wang="301", li="301", wu="101")
    vote_id = await opened(square, electorate=Electorate.HOUSEHOLDS)
    await all_vote(square, vote_id, wang=YES, wu=NO)
    await tick(square, days=6)
    told = sorted(await square.told(Notice.REMIND))
    assert told == ["chen", "he", "qian", "zhao", "zhou"]
    await fire(square, Reminder.REMIND, vote_id)
    assert sorted(await square.told(Notice.REMIND)) == told


@pytest.mark.parametrize("secret", [False, True])
async def test_who_gives_no_door_is_no_household_until_they_do(
    square: Square, secret: bool
) -> None:
    for name in ("new", "next"):
        await square.add(name, "b1")
    await door(square, wang="101", new="102", next="103")
    vote_id = await opened(square, electorate=Electorate.HOUSEHOLDS, secret=secret)
    assert (await row(square, vote_id)).eligible == 3
    assert (await vote(square, "li", vote_id, YES)).outcome is VoteOutcome.NO_DOOR
    assert (await vote(square, "wu", vote_id, YES)).outcome is VoteOutcome.NO_DOOR
    assert (await row(square, vote_id)).voted == 0
    await door(square, li="101室", wu="5-502")
    assert (await vote(square, "li", vote_id, YES)).outcome is VoteOutcome.CAST
    assert (await row(square, vote_id)).eligible == 3, "wang's household: no more voices"
    assert (await vote(square, "wu", vote_id, YES)).outcome is VoteOutcome.CAST
    assert (await row(square, vote_id)).eligible == 4
    others = VoteOutcome.ALREADY_VOTED if secret else VoteOutcome.CHANGED
    assert (await vote(square, "wang", vote_id, NO)).outcome is others
    await door(square, wu="6-601")
    again = VoteOutcome.ALREADY_VOTED if secret else VoteOutcome.CHANGED
    assert (await vote(square, "wu", vote_id, NO)).outcome is again, "a door given later is late"
    assert (await row(square, vote_id)).eligible == 4


async def test_where_no_door_is_known_households_cannot_vote(square: Square) -> None:
    proposal_id = await square.put(state=ProposalState.DELIBERATION)
    done = await put(square, proposal_id, electorate=Electorate.HOUSEHOLDS)
    assert done.outcome is PlanOutcome.NO_DOORS

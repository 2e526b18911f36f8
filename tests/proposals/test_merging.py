"""Merging: supporters move along, each counts once, and of two mergers at once one holds."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.proposals.actions import reception, seconding, submitting
from models.proposals.rules.changes import Text
from models.proposals.rules.notices import Notice, ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import come_along
from models.proposals.rules.states import State
from models.proposals.views import PassedOn
from tests.proposals.square import Square
from tests.proposals.test_seconding import check_counts

DONE, WRONG_TIME = ProposalOutcome.DONE, ProposalOutcome.WRONG_TIME
BAD_TARGET = ProposalOutcome.BAD_TARGET
PEOPLE = st.integers(1, 9)


@given(st.dictionaries(PEOPLE, st.booleans()), st.sets(PEOPLE), PEOPLE)
def test_nobody_counts_twice_and_no_author_for_themselves(
    backing: dict[int, bool], others: set[int], author: int
) -> None:
    coming = come_along(backing, others, author)
    assert not coming.keys() & (others | {author})
    assert coming.keys() | others | {author} >= backing.keys()
    assert all(backing[person] == fresh for person, fresh in coming.items())


async def test_supporters_move_along_and_each_counts_once(square: Square) -> None:
    one = await square.put("wang", backers=["li", "chen", "wu"], needed=20)
    other = await square.put("wu", backers=["chen", "he"], needed=20)
    moved = await square.act("zhao", reception.merge, one, other)
    assert moved == PassedOn(DONE, 2, other)  # li, and the author
    assert await square.backing(other) == {"chen": 1, "he": 1, "li": 1, "wang": 1}
    assert await square.backing(one) == {}
    row = await square.proposal(one)
    assert (row.state, row.merged_into, row.seconds) == (State.MERGED, other, 0)
    assert sorted(await square.told(Notice.MERGED)) == ["chen", "li", "wang", "wu"]
    assert (await square.timeline(one), await square.timeline(other)) == (
        [ProposalEvent.MERGED],
        [ProposalEvent.TOOK_IN],
    )
    assert await square.act("li", seconding.unsecond, other) is DONE
    await check_counts(square.sessions)


async def test_reaching_the_threshold_by_a_merger_moves_it_on(square: Square) -> None:
    one = await square.put("wang", State.SUBMITTED, needed=0)
    other = await square.put("li", backers=["chen", "wu"])
    assert (await square.act("zhao", reception.merge, one, other)).outcome is DONE
    assert (await square.proposal(other)).state == State.DELIBERATION
    assert "wang" in await square.told(Notice.REACHED)


async def test_who_has_not_confirmed_the_new_text_has_to_confirm_the_other(square: Square) -> None:
    one = await square.put("wang", backers=["chen"], needed=20)
    other = await square.put("li", needed=20)
    text = Text("新标题", "新的问题", "")
    assert await square.act("wang", submitting.edit, one, text) is DONE
    assert await square.act("zhao", reception.merge, one, other) == PassedOn(DONE, 1, other)
    assert (await square.proposal(other)).seconds == 1
    assert await square.act("chen", seconding.second, other) is DONE
    assert (await square.proposal(other)).seconds == 2
    await check_counts(square.sessions)


async def test_an_author_from_elsewhere_comes_not_along(square: Square) -> None:
    one = await square.put("lan", State.SUBMITTED)
    other = await square.put("li", needed=20)
    assert await square.act("zhao", reception.merge, one, other) == PassedOn(DONE, 0, other)
    assert await square.backing(other) == {}
    assert await square.told(Notice.MERGED) == ["lan"]


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.RETURNED, State.MERGED, State.LAPSED, State.DELIVERED]
)
async def test_not_into_what_is_not_open(square: Square, state: State) -> None:
    one, other = await square.put(), await square.put("li", state)
    assert await square.act("zhao", reception.merge, one, other) == PassedOn(BAD_TARGET)


async def test_not_into_itself_nor_elsewhere_nor_after_its_date(square: Square) -> None:
    one, gone = await square.put(), await square.put("li", second_by=square.now)
    lan = square.places["lan"].id
    far = await square.put("lan", community_id=lan, place_id=lan)
    assert await square.act("zhao", reception.merge, one, one) == PassedOn(BAD_TARGET)
    assert await square.act("zhao", reception.merge, one, far) == PassedOn(BAD_TARGET)
    assert await square.act("zhao", reception.merge, one, gone) == PassedOn(
        ProposalOutcome.TOO_LATE
    )
    assert await square.act("zhao", reception.merge, one, 999) == PassedOn(ProposalOutcome.MISSING)
    assert await square.act("zhao", reception.merge, 999, one) == PassedOn(ProposalOutcome.MISSING)


async def test_the_desk_alone_merges_and_not_its_own(square: Square) -> None:
    one, other = await square.put("zhao"), await square.put("li")
    assert (await square.act("zhao", reception.merge, one, other)).outcome is ProposalOutcome.OWN
    for who in ("wang", "li", "lan"):
        found = await square.act(who, reception.merge, one, other)
        assert found.outcome is ProposalOutcome.NOT_ALLOWED
    assert (await square.act("zhou", reception.merge, one, other)).outcome is DONE
    assert (await square.act("zhou", reception.merge, one, other)) == PassedOn(
        ProposalOutcome.ALREADY
    )


async def test_two_into_each_other_at_once(square: Square) -> None:
    one = await square.put("wang", backers=["li", "chen"], needed=20)
    other = await square.put("wu", backers=["chen", "he"], needed=20)
    found = await asyncio.gather(
        square.act("zhao", reception.merge, one, other),
        square.act("zhou", reception.merge, other, one),
    )
    assert sorted(each.outcome for each in found) == sorted([DONE, BAD_TARGET])
    states = [(await square.proposal(each)).state for each in (one, other)]
    assert sorted(states) == [State.MERGED, State.SECONDING]
    left = one if states[0] == State.SECONDING else other
    assert len(await square.backing(left)) == 4
    await check_counts(square.sessions)


async def test_one_into_two_at_once(square: Square) -> None:
    one = await square.put("wang", backers=["li", "chen"], needed=20)
    others = [await square.put("wu", needed=20), await square.put("he", needed=20)]
    found = await asyncio.gather(*(square.act("zhao", reception.merge, one, to) for to in others))
    assert sorted(each.outcome for each in found) == sorted([DONE, WRONG_TIME])
    assert sorted([len(await square.backing(to)) for to in others]) == [0, 3]
    await check_counts(square.sessions)


async def test_the_same_merger_twice_at_once(square: Square) -> None:
    one, other = await square.put(backers=["li"], needed=20), await square.put("wu", needed=20)
    found = await asyncio.gather(
        *(square.act(who, reception.merge, one, other) for who in ("zhao", "zhou"))
    )
    assert sorted(each.outcome for each in found) == sorted([DONE, ProposalOutcome.ALREADY])
    await check_counts(square.sessions)


async def test_a_ring_of_three_at_once(square: Square) -> None:
    ones = [await square.put(who, needed=20) for who in ("wang", "li", "chen")]
    ring = [(ones[0], ones[1]), (ones[1], ones[2]), (ones[2], ones[0])]
    found = await asyncio.gather(
        *(square.act("zhao", reception.merge, one, into) for one, into in ring)
    )
    assert {each.outcome for each in found} <= {DONE, BAD_TARGET}
    open_ = [one for one in ones if (await square.proposal(one)).state == State.SECONDING]
    assert len(open_) == len([each for each in found if each.outcome is not DONE]) == 1
    await check_counts(square.sessions)


async def test_merging_against_accepting(square: Square) -> None:
    one, other = await square.put(state=State.SUBMITTED), await square.put("li", needed=20)
    merged, accepted = await asyncio.gather(
        square.act("zhao", reception.merge, one, other), square.act("zhou", reception.accept, one)
    )
    assert merged.outcome is DONE
    assert accepted in {DONE, WRONG_TIME}
    assert (await square.proposal(one)).state == State.MERGED
    assert await square.pending("proposals.seconding") == []


async def test_merging_into_what_is_being_accepted(square: Square) -> None:
    one, other = await square.put(state=State.SUBMITTED), await square.put("li", State.SUBMITTED)
    merged, accepted = await asyncio.gather(
        square.act("zhao", reception.merge, one, other), square.act("zhou", reception.accept, other)
    )
    assert accepted is DONE
    assert merged.outcome in {DONE, BAD_TARGET}
    await check_counts(square.sessions)


async def test_merging_against_seconds_and_a_second_taken_back(square: Square) -> None:
    one = await square.put("wang", backers=["li", "chen"], needed=20)
    other = await square.put("wu", backers=["li"], needed=20)
    await asyncio.gather(
        square.act("zhao", reception.merge, one, other),
        square.act("he", seconding.second, one),
        square.act("chen", seconding.unsecond, one),
        square.act("chen", seconding.second, other),
        square.act("li", seconding.unsecond, other),
    )
    await check_counts(square.sessions)
